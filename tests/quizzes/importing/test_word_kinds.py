"""Kinds of question in Word that are more than a choice of one."""

import pytest

from quizzes.importing.docx import read_docx
from quizzes.importing.parsed import Kind
from tests.quizzes.importing.word_files import word_file

GROUP = [
    "Câu 1: Về thủ tục hành chính, mỗi phát biểu sau đúng hay sai?",
    "a) Một cửa là nơi tiếp nhận hồ sơ (Đ)",
    "b) Công chức được thu thêm phí (S)",
    "c) Người dân được đánh giá công chức (Đ)",
    "d) Hồ sơ chỉ nộp được bằng giấy (S)",
]
PLAIN_GROUP = [line.removesuffix(" (Đ)").removesuffix(" (S)") for line in GROUP]
PART = "PHẦN II. TRẮC NGHIỆM ĐÚNG SAI"
TEXTS = [line[3:] for line in PLAIN_GROUP[1:]]


def read(*lines):
    return read_docx(word_file(*lines))


def only(*lines):
    result = read(*lines)
    assert not result.rejected, result.rejected
    [question] = result.questions
    return question


def refused(*lines):
    return [remark.code for remark in read(*lines).rejected]


def is_the_group(question):
    assert question.kind is Kind.STATEMENTS
    assert [line["text"] for line in question.content["statements"]] == TEXTS
    assert question.key["true"] == ["a", "c"]
    assert question.options == ()


@pytest.mark.parametrize(
    "ends",
    [
        ("(Đ)", "(S)"),
        ("[Đ]", "[S]"),
        ("– Đúng", "– Sai"),
        ("(Đúng)", "(Sai)"),
        (": Đ", ": S"),
        ("\tĐ", "\tS"),
        ("(Ð)", "(S)"),
        ("(đúng).", "(sai)."),
    ],
)
def test_statements_are_judged_at_their_ends(ends):
    true, false = ends
    is_the_group(only(*[line.replace("(Đ)", true).replace("(S)", false) for line in GROUP]))


def test_statements_are_judged_at_their_beginning():
    lines = [
        f"{line[:3]}({'Đ' if line.endswith('(Đ)') else 'S'}) {text}"
        for line, text in zip(GROUP[1:], TEXTS, strict=True)
    ]
    is_the_group(only(GROUP[0], *lines))


@pytest.mark.parametrize(
    "key",
    [
        ["Đáp án: a) Đ, b) S, c) Đ, d) S"],
        ["Đáp án: ĐSĐS"],
        ["Đáp án: Đúng, Sai, Đúng, Sai"],
        ["Đáp án: Đ - S - Đ - S"],
        ["ĐÁP ÁN", "Câu 1: a) Đ b) S c) Đ d) S"],
        ["ĐÁP ÁN", "1. ĐSĐS"],
        ["ĐÁP ÁN", [["Câu", "a", "b", "c", "d"], ["1", "Đ", "S", "Đ", "S"]]],
        ["ĐÁP ÁN", [["Câu", "1"], ["a", "Đ"], ["b", "S"], ["c", "Đ"], ["d", "S"]]],
        ["ĐÁP ÁN", [["Câu", "1"], ["Đáp án", "a) Đ\nb) S\nc) Đ\nd) S"]]],
        ["ĐÁP ÁN", [["Câu", "Đáp án"], ["1", "ĐSĐS"]]],
        [
            "ĐÁP ÁN",
            [
                ["Câu", "Ý", "Đáp án"],
                ["1", "a", "Đ"],
                ["", "b", "S"],
                ["", "c", "Đúng"],
                ["", "d", "Sai"],
            ],
        ],
    ],
)
def test_statements_are_judged_in_the_key(key):
    is_the_group(only(PART, *PLAIN_GROUP, *key))


def test_underlined_statements_are_true_where_the_part_says_so():
    lines = [f"__{line}__" if line[0] in "ac" else line for line in PLAIN_GROUP[1:]]
    is_the_group(only(PART, PLAIN_GROUP[0], *lines))
    assert refused(PLAIN_GROUP[0].replace("đúng hay sai", "thế nào"), *lines) == ["key_twice"]


@pytest.mark.parametrize("cross", ["x", "X", "✓"])
def test_statements_in_a_table_with_crosses(cross):
    is_the_group(
        only(
            GROUP[0],
            [
                ["Phát biểu", "Đúng", "Sai"],
                ["a) " + TEXTS[0], cross, ""],
                ["b) " + TEXTS[1], "", cross],
                ["c) " + TEXTS[2], cross, ""],
                ["d) " + TEXTS[3], "", cross],
            ],
        )
    )


def test_statements_in_a_table_with_one_column():
    rows = [["Ý", "Nội dung", "Đúng/Sai"]]
    rows += [[c, t, m] for c, t, m in zip("abcd", TEXTS, "ĐSĐS", strict=True)]
    is_the_group(only(GROUP[0], rows))


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([PART, *PLAIN_GROUP], "truths_missing"),
        ([PART, *GROUP[:3], *PLAIN_GROUP[3:]], "truths_incomplete"),
        ([*GROUP, "Đáp án: ĐĐĐS"], "truths_conflict"),
        ([*GROUP, "Đáp án: ĐS"], "truths_incomplete"),
        ([*GROUP, "Đáp án: B"], "truths_unreadable"),
        ([*GROUP, "ĐÁP ÁN", "1-B"], "key_unreadable"),
        ([*GROUP[:2], GROUP[1].replace("a)", "b)")], "items_same"),
    ],
)
def test_unclear_statements_are_refused(lines, code):
    assert refused(*lines) == [code]


def test_emphasis_in_true_statements_alone_is_not_shown():
    question = only(*[line.replace("cửa", "**cửa**") for line in GROUP])
    assert not question.marks
    question = only(*[line.replace("cửa", "**cửa**").replace("phí", "**phí**") for line in GROUP])
    assert question.marks == {"a": ((4, 7, "b"),), "b": ((24, 27, "b"),)}


NUMBER = "Câu 1 (Trả lời ngắn): Thời hạn giải quyết là bao nhiêu ngày?"


@pytest.mark.parametrize(
    ("answer", "value", "tolerance", "unit"),
    [
        ("15", "15", "0", None),
        ("15 ngày", "15", "0", "ngày"),
        ("15,5", "15.5", "0", None),
        ("15.5", "15.5", "0", None),
        ("1.500", "1500", "0", None),
        ("1.500.000 đồng", "1500000", "0", "đồng"),
        ("1.234,5 m²", "1234.5", "0", "m²"),
        ("15 ± 0,5", "15", "0.5", None),
        ("15 ngày (sai số: 2)", "15", "2", "ngày"),
        ("-3", "-3", "0", None),
        ("70%", "70", "0", "%"),
    ],
)
def test_a_number_answers(answer, value, tolerance, unit):
    question = only(NUMBER, f"Đáp án: {answer}")
    assert question.kind is Kind.NUMBER
    assert question.key == {"value": value, "tolerance": tolerance}
    assert question.content == ({"unit": unit} if unit else {})


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("Bộ Nội vụ", ["Bộ Nội vụ"]),
        ("Bộ Nội vụ; BNV", ["Bộ Nội vụ", "BNV"]),
        ("Hà Nội hoặc Thủ đô", ["Hà Nội", "Thủ đô"]),
        ("01/7/2025", ["01/7/2025"]),
        ("0236", ["0236"]),
    ],
)
def test_words_answer(answer, accepted):
    question = only(NUMBER, f"Đáp án: {answer}")
    assert (question.kind, question.content) == (Kind.SHORT_TEXT, {})
    assert question.key == {"accepted": accepted}


def test_a_part_names_the_kind_of_its_questions():
    result = read(
        "PHẦN I. TRẮC NGHIỆM NHIỀU PHƯƠNG ÁN LỰA CHỌN",
        "Câu 1: Thủ đô ở đâu?",
        "A. Huế",
        "B. Hà Nội",
        PART,
        *PLAIN_GROUP,
        "PHẦN III. TRẢ LỜI NGẮN",
        "Câu 1: Một năm có bao nhiêu tháng?",
        "Câu 2: Cơ quan nào ban hành nghị định?",
        "B. TỰ LUẬN (4 điểm)",
        "Câu 1: Hãy nêu giải pháp nâng cao chất lượng phục vụ, không quá 300 từ.",
        "a) Ở phường",
        "b) Ở xã",
        "ĐÁP ÁN",
        "PHẦN I",
        "Câu 1: B",
        "PHẦN II",
        "Câu 1: ĐSĐS",
        "PHẦN III",
        [["Câu", "1", "2"], ["Đáp án", "12 tháng", "Chính phủ"]],
        "B. TỰ LUẬN",
        "Câu 1: Nêu được ba giải pháp",
        "Mỗi giải pháp một điểm",
    )
    assert not result.remarks, result.remarks
    choice, group, number, words, essay = result.questions
    assert (choice.kind, choice.correct) == (Kind.SINGLE, (1,))
    is_the_group(group)
    assert number.key == {"value": "12", "tolerance": "0"}
    assert words.key == {"accepted": ["Chính phủ"]}
    assert essay.content == {"max_words": 300}
    assert essay.key == {"guide": "Nêu được ba giải pháp\nMỗi giải pháp một điểm"}
    assert essay.stem.endswith("a) Ở phường\nb) Ở xã")


def test_an_essay_keeps_its_guide_together():
    question = only(
        "Câu 1 (Tự luận): Trình bày nguyên tắc một cửa.",
        "Đáp án:",
        "- Lấy người dân làm trung tâm",
        "- Công khai, minh bạch",
    )
    assert question.kind is Kind.ESSAY
    assert question.key == {"guide": "- Lấy người dân làm trung tâm\n- Công khai, minh bạch"}


def test_items_to_be_ordered():
    question = only(
        "Câu 1 (Sắp xếp): Sắp xếp các bước giải quyết hồ sơ.",
        "a) Trả kết quả",
        "b) Tiếp nhận",
        "c) Giải quyết",
        "Đáp án: b - c - a",
    )
    assert question.kind is Kind.ORDERING
    texts = {item["id"]: item["text"] for item in question.content["items"]}
    assert [texts[i] for i in question.key["order"]] == ["Tiếp nhận", "Giải quyết", "Trả kết quả"]


def test_pairs_to_be_matched():
    question = only(
        "Câu 1 (Ghép đôi): Ghép văn bản với nội dung.", "a) Luật A = Đất đai", "b) Luật B → Nhà ở"
    )
    assert question.kind is Kind.MATCHING
    left = {item["text"]: item["id"] for item in question.content["left"]}
    right = {item["text"]: item["id"] for item in question.content["right"]}
    assert question.key["pairs"] == {
        left["Luật A"]: right["Đất đai"],
        left["Luật B"]: right["Nhà ở"],
    }


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["Câu 1: Thời hạn là bao lâu?", "Đáp án: 15 ngày"], "kind_unsaid"),
        ([NUMBER], "written_missing"),
        ([NUMBER, "Đáp án: 15", "ĐÁP ÁN", "1: 16"], "key_conflict"),
        ([NUMBER, "A. 15 ngày", "B. 20 ngày", "Đáp án: 15"], "kind_has_options"),
        (["Câu 1 (Ghép đôi): Nối cột A với cột B.", "a) x", "b) y"], "matching_in_word"),
        (["Câu 1 (Sắp xếp): Sắp xếp.", "a) x", "b) y", "Đáp án: a, a"], "order_unreadable"),
        (["Câu 1 (Sắp xếp): Sắp xếp.", "a) x", "b) y"], "order_missing"),
        (["Câu 1 (Điền số): Bao nhiêu?", "Đáp án: nhiều"], "number_unreadable"),
    ],
)
def test_what_the_file_does_not_say_is_refused_by_name(lines, code):
    assert refused(*lines) == [code]
