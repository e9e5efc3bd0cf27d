import io
from datetime import date

import openpyxl
import pytest

from quizzes.importing.columns import FieldName
from quizzes.importing.parsed import Difficulty, Kind, Severity, UnreadableFile
from quizzes.importing.reading import read_questions
from quizzes.importing.row_kinds import kind_named
from quizzes.importing.xlsx import read_xlsx
from quizzes.kinds import KINDS

HEAD = [
    "STT",
    "Chuyên đề",
    "Mức độ",
    "Câu hỏi",
    "A",
    "B",
    "C",
    "D",
    "Đáp án",
    "Giải thích",
    "Căn cứ",
]
ROW = [
    1,
    "Địa lý",
    "Dễ",
    "Thủ đô ở đâu?",
    "Huế",
    "Vinh",
    "Hà Nội",
    "Cần Thơ",
    "C",
    "Vì thế",
    "Điều 13",
]


def workbook(*rows, merge=(), title="Sheet", more=()):
    book = openpyxl.Workbook()
    for name, content in [(title, rows), *more]:
        sheet = book.active if name == title else book.create_sheet(name)
        sheet.title = name
        for row in content:
            sheet.append(row)
    for cells in merge:
        book.worksheets[0].merge_cells(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(*rows, **options):
    return read_xlsx(workbook(*rows, **options))


def only(*rows, **options):
    result = read(*rows, **options)
    assert not result.rejected, result.rejected
    [question] = result.questions
    return question


def test_a_row_is_a_question():
    question = only(HEAD, ROW)
    assert (question.number, question.row, question.stem) == ("1", 2, "Thủ đô ở đâu?")
    assert question.options == ("Huế", "Vinh", "Hà Nội", "Cần Thơ")
    assert (question.correct, question.kind) == ((2,), Kind.SINGLE)
    assert (question.topic, question.difficulty) == ("Địa lý", Difficulty.EASY)
    assert (question.explanation, question.legal_basis) == ("Vì thế", "Điều 13")


def test_the_heading_row_may_stand_anywhere():
    question = only(["UBND PHƯỜNG"], [], [None, "NGÂN HÀNG CÂU HỎI"], HEAD, ROW)
    assert question.row == 5


@pytest.mark.parametrize(
    "head",
    [
        [
            "Câu số",
            "Chủ đề",
            "Độ khó",
            "Nội dung câu hỏi",
            "Phương án A",
            "Phương án B",
            "Phương án C",
            "Phương án D",
            "Đáp án đúng",
            "Lời giải",
            "Căn cứ pháp lý",
        ],
        [
            "TT",
            "Lĩnh vực",
            "MỨC ĐỘ",
            "NỘI DUNG",
            "Đáp án A",
            "Đáp án B",
            "Đáp án C",
            "Đáp án D",
            "Key",
            "Giải thích",
            "Cơ sở pháp lý",
        ],
        [
            "No.",
            "Topic",
            "Level",
            "Question",
            "Option A",
            "Option B",
            "Option C",
            "Option D",
            "Answer",
            "Explanation",
            "Nguồn",
        ],
        [
            "STT",
            "Chuyên đề",
            "Mức độ (Dễ/TB/Khó)",
            "Câu hỏi:",
            "A.",
            "B.",
            "C.",
            "D.",
            "Đáp án (A, B, C, D)",
            "Giải thích",
            "Căn cứ",
        ],
        [
            "Số TT",
            "Chuyên đề",
            "Mức độ nhận thức",
            "Câu hỏi trắc nghiệm",
            "PA A",
            "PA B",
            "PA C",
            "PA D",
            "Đáp án đúng",
            "Giải thích",
            "Văn bản",
        ],
    ],
)
def test_columns_go_by_their_usual_names(head):
    assert only(head, ROW) == only(HEAD, ROW)


def test_option_columns_may_be_numbered_and_then_the_key_is_a_number():
    head = ["STT", "Câu hỏi", "Đáp án 1", "Đáp án 2", "Đáp án 3", "Đáp án đúng"]
    assert only(head, [1, "Hỏi?", "Một", "Hai", "Ba", 2]).correct == (1,)


def test_a_number_as_key_is_not_guessed_when_options_have_letters():
    [remark] = read(HEAD, [*ROW[:8], 3]).rejected
    assert (remark.code, remark.row) == ("key_unreadable", 2)


def test_headings_on_two_lines():
    first = [
        "STT",
        "Chuyên đề",
        "Mức độ",
        "Câu hỏi",
        "Phương án",
        "",
        "",
        "",
        "Đáp án",
        "Giải thích",
        "Căn cứ",
    ]
    second = ["", "", "", "", "A", "B", "C", "D", "", "", ""]
    question = only(first, second, ROW)
    assert (question.options, question.correct, question.topic) == (tuple(ROW[4:8]), (2,), "Địa lý")


def test_columns_may_be_given_by_hand():
    columns = {
        0: FieldName.STEM,
        1: FieldName.OPTION_A,
        2: FieldName.OPTION_B,
        3: FieldName.KEY,
    }
    result = read_xlsx(workbook(["Hỏi?", "Có", "Không", "B"]), columns=columns)
    assert [q.correct for q in result.questions] == [(1,)]


@pytest.mark.parametrize("key", ["A,C", "A, C", "A;C", "A và C", "AC", "C, A", "a,c"])
def test_several_letters_are_several_keys(key):
    question = only(HEAD, [*ROW[:8], key])
    assert (question.kind, question.correct) == (Kind.MULTIPLE, (0, 2))


@pytest.mark.parametrize("key", ["C", "c", " C. ", "(C)", "Hà Nội", "hà nội", "Phương án C"])
def test_one_letter_or_the_options_own_text_is_one_key(key):
    question = only(HEAD, [*ROW[:8], key])
    assert (question.kind, question.correct) == (Kind.SINGLE, (2,))


@pytest.mark.parametrize(
    ("options", "kind", "key", "correct"),
    [
        (("", ""), "", "Đúng", 0),
        (("", ""), "", "Sai", 1),
        (("", ""), "", "Đ", 0),
        (("", ""), "", True, 0),
        (("", ""), "", "FALSE", 1),
        (("", ""), "Đúng/Sai", "S", 1),
        (("Đúng", "Sai"), "Đúng/Sai", "Sai", 1),
        (("Đúng", "Sai"), "Đúng/Sai", "A", 0),
        (("Sai", "Đúng"), "Đúng/Sai", "A", 1),
    ],
)
def test_true_or_false(options, kind, key, correct):
    head = ["STT", "Loại câu hỏi", "Câu hỏi", "A", "B", "Đáp án"]
    question = only(head, [1, kind, "Hà Nội là thủ đô.", *options, key])
    assert question.kind is Kind.TRUE_FALSE
    assert (question.options, question.correct) == (("Đúng", "Sai"), (correct,))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([1, "", "", "", "Huế", "Vinh", "", "", "A"], "stem_missing"),
        ([1, "", "", "Hỏi?", "", "", "", "", "A"], "options_missing"),
        ([1, "", "", "Hỏi?", "Huế", "", "", "", "A"], "options_too_few"),
        ([1, "", "", "Hỏi?", "Huế", "", "Vinh", "", "A"], "option_empty"),
        ([1, "", "", "Hỏi?", "Huế", "HUẾ", "", "", "A"], "options_same"),
        ([1, "", "", "Hỏi?", "Huế", "Vinh", "", "", ""], "key_missing"),
        ([1, "", "", "Hỏi?", "Huế", "Vinh", "", "", "E"], "key_outside"),
        ([1, "", "", "Hỏi?", "Huế", "Vinh", "", "", "xem sau"], "key_unreadable"),
        ([1, "", "", "x" * 4_001, "Huế", "Vinh", "", "", "A"], "too_long"),
    ],
)
def test_a_broken_row_is_refused_with_its_reason(row, code):
    result = read(HEAD, ROW, row)
    assert [(r.code, r.row, r.label) for r in result.rejected] == [(code, 3, "1")]
    assert len(result.questions) == 1


def test_declared_kinds_are_kept_to():
    head = [*HEAD, "Loại câu hỏi"]
    assert read(head, [*ROW[:8], "A,C", "", "", "Một đáp án"]).rejected[0].code == "key_twice"
    assert only(head, [*ROW[:8], "A", "", "", "Nhiều đáp án"]).kind is Kind.MULTIPLE
    [remark] = read(head, [*ROW[:8], "A", "", "", "Ô chữ"]).rejected
    assert (remark.code, remark.params["kind"]) == ("kind_unknown", "Ô chữ")


def test_merged_topics_are_filled_down():
    rows = [HEAD, ROW, [2, None, "Dễ", "Câu khác?", "Có", "Không", None, None, "A"]]
    result = read(*rows, merge=["B2:B3"])
    assert [q.topic for q in result.questions] == ["Địa lý", "Địa lý"]
    assert [q.topic for q in read(*rows).questions] == ["Địa lý", ""]


def test_titles_of_parts_and_signatures_are_noted_not_refused():
    result = read(
        HEAD, ["I. KIẾN THỨC CHUNG"], ROW, [], ["Tổng số: 1 câu"], ["", "", "", "Người lập biểu"]
    )
    assert not result.rejected
    assert [(r.code, r.row, r.severity) for r in result.remarks] == [
        ("row_left_out", 2, Severity.NOTE),
        ("row_left_out", 5, Severity.NOTE),
        ("row_left_out", 6, Severity.NOTE),
    ]


def test_what_excel_rewrote_is_told():
    result = read(HEAD, [*ROW[:4], date(2025, 7, 1), 1.5, 126, "07", "C"])
    assert result.questions[0].options == ("01/07/2025", "1,5", "126", "07")
    assert [r.code for r in result.remarks] == ["cell_rewritten", "cell_rewritten"]


@pytest.mark.parametrize(
    "heading", ["Hết hiệu lực", "Có giá trị đến", "Ngày hết hiệu lực", "Đúng đến hết ngày"]
)
@pytest.mark.parametrize(
    "cell", [date(2027, 12, 31), "31/12/2027", "hết ngày 31-12-2027", "2027-12-31"]
)
def test_until_when_a_key_is_right_is_read(heading, cell):
    result = read([*HEAD, heading], [*ROW, cell])
    assert result.questions[0].valid_until == date(2027, 12, 31)
    assert not result.remarks, "a date in the column of dates is what its author sees"


@pytest.mark.parametrize("cell", ["từ 01/7/2025", "31/02/2027", "2027", "31/12/1027", "sắp tới"])
def test_a_day_that_is_not_understood_is_told(cell):
    result = read([*HEAD, "Hết hiệu lực"], [*ROW, cell])
    assert result.questions[0].valid_until is None
    assert [(r.code, r.severity) for r in result.remarks] == [
        ("valid_until_unknown", Severity.WARNING)
    ]


def test_an_unknown_difficulty_is_told():
    result = read(HEAD, [1, "", "Siêu khó", *ROW[3:]])
    assert result.questions[0].difficulty is None
    assert [(r.code, r.severity) for r in result.remarks] == [
        ("difficulty_unknown", Severity.WARNING)
    ]


def test_unknown_columns_and_sheets_are_noted():
    result = read([*HEAD, "Người ra đề"], [*ROW, "An"], more=[("Hướng dẫn", [["Xin đọc kỹ"]])])
    assert {r.code for r in result.remarks} == {"columns_unused", "sheet_left_out"}
    assert not result.rejected


def test_several_sheets_are_read():
    other = [1, "Lịch", "Khó", "Một năm mấy tháng?", "10", "12", "", "", "B"]
    assert len(read(HEAD, ROW, more=[("Hai", [HEAD, other])]).questions) == 2


def test_no_heading_row():
    with pytest.raises(UnreadableFile) as caught:
        read(["Xin chào"], ["Thủ đô?", "Huế"])
    assert caught.value.code == "no_header"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv(delimiter, encoding):
    lines = [delimiter.join(HEAD), delimiter.join(map(str, ROW))]
    question = read_xlsx("\r\n".join(lines).encode(encoding)).questions[0]
    assert (question.stem, question.correct) == ("Thủ đô ở đâu?", (2,))


def test_csv_in_another_encoding_is_refused():
    with pytest.raises(UnreadableFile) as caught:
        read_xlsx("Câu hỏi;A;B\nHuế;a;b".encode("cp1258", errors="replace"))
    assert caught.value.code == "not_utf8"


def only_of_kind(kind, options, key, **more):
    head = ["STT", "Loại câu hỏi", "Câu hỏi", *"ABCDEF", "Đáp án", *more]
    options = [*options, *[""] * (6 - len(options))]
    return only(head, [1, kind, "Hỏi gì?", *options, key, *more.values()])


@pytest.mark.parametrize(
    "key",
    [
        "Đ, S, Đ",
        "ĐSĐ",
        "Đ S Đ",
        "đúng; sai; đúng",
        "a-Đ b-S c-Đ",
        "A. Đúng, B. Sai, C. Đúng",
        "A, C",
    ],
)
def test_statements(key):
    question = only_of_kind("Nhóm đúng sai", ["Một", "Hai", "Ba"], key)
    assert question.kind is Kind.STATEMENTS
    assert [line["text"] for line in question.content["statements"]] == ["Một", "Hai", "Ba"]
    assert question.key == {"true": ["a", "c"]}


def test_statements_by_their_scoring():
    row = {"Cách tính điểm": "Lũy tiến"}
    question = only_of_kind("Nhóm đúng/sai", ["Một", "Hai", "Ba", "Bốn"], "ĐSSS", **row)
    assert question.key == {"true": ["a"], "rule": "progressive"}


@pytest.mark.parametrize("key", ["B-C-A", "b, c, a", "BCA", "B → C → A", "2-3-1"])
def test_ordering(key):
    question = only_of_kind("Sắp xếp", ["Ba", "Một", "Hai"], key)
    texts = {line["id"]: line["text"] for line in question.content["items"]}
    assert question.kind is Kind.ORDERING
    assert [texts[i] for i in question.key["order"]] == ["Một", "Hai", "Ba"]


def test_ids_of_an_ordering_do_not_tell_the_order():
    one = only_of_kind("Sắp xếp", ["Ba", "Một", "Hai"], "BCA")
    other = only_of_kind("Sắp xếp", ["Một", "Hai", "Ba"], "ABC")
    assert one.content == other.content
    assert one.key == other.key == {"order": ["c", "b", "a"]}


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (["Bắc = Hà Nội", "Trung → Huế", "→ Vinh"], ""),
        (["1. Bắc", "2. Trung", "a. Huế", "b. Hà Nội", "c. Vinh"], "1-b, 2-a"),
        (["1. Bắc", "2. Trung", "a. Huế", "b. Hà Nội", "c. Vinh"], "1b 2a"),
    ],
)
def test_matching(options, key):
    question = only_of_kind("Ghép đôi", options, key)
    assert question.kind is Kind.MATCHING
    assert [line["text"] for line in question.content["left"]] == ["Bắc", "Trung"]
    assert [line["text"] for line in question.content["right"]] == ["Hà Nội", "Huế", "Vinh"]
    assert question.key == {"pairs": {"a": "1", "b": "2"}}


@pytest.mark.parametrize(
    ("key", "value", "tolerance", "unit"),
    [
        (15, "15", "0", ""),
        ("15,5", "15.5", "0", ""),
        ("15 ngày", "15", "0", "ngày"),
        ("15 ± 0,5 ngày", "15", "0.5", "ngày"),
        ("1.234,5", "1234.5", "0", ""),
        ("từ 14 đến 16", "15", "1", ""),
        ("-3", "-3", "0", ""),
    ],
)
def test_numbers(key, value, tolerance, unit):
    question = only_of_kind("Điền số", [], key)
    assert question.kind is Kind.NUMBER
    assert question.key == {"value": value, "tolerance": tolerance}
    assert question.content == ({"unit": unit} if unit else {})


def test_the_tolerance_may_have_its_own_column():
    question = only_of_kind("Điền số", [], 15, **{"Sai số": "0,5"})
    assert question.key == {"value": "15", "tolerance": "0.5"}


def test_short_texts_and_essays():
    question = only_of_kind("Trả lời ngắn", [], "Một cửa; bộ phận một cửa")
    assert question.key == {"accepted": ["Một cửa", "bộ phận một cửa"]}
    assert only_of_kind("Tự luận", [], "Nêu ba ý").key == {"guide": "Nêu ba ý"}


def test_partial_scoring_may_be_asked_for():
    row = {"Cách tính điểm": "Từng phần"}
    question = only_of_kind("Nhiều đáp án", ["Một", "Hai", "Ba"], "A, B", **row)
    assert (question.kind, question.rule) == (Kind.MULTIPLE, "partial")


@pytest.mark.parametrize(
    ("kind", "options", "key", "code"),
    [
        ("Nhóm đúng sai", ["Một", "Hai"], "Đ, S, Đ", "truths_unreadable"),
        ("Nhóm đúng sai", ["Một", "Hai"], "", "key_missing"),
        ("Nhóm đúng sai", ["Một"], "Đ", "items_too_few"),
        ("Sắp xếp", ["Một", "Hai"], "A-C", "order_unreadable"),
        ("Sắp xếp", ["Một", "một"], "A-B", "items_same"),
        ("Ghép đôi", ["Một", "Hai"], "", "pairs_unreadable"),
        ("Ghép đôi", ["1. Một", "2. Hai", "a. x", "b. y"], "1-a", "pairs_unreadable"),
        ("Điền số", [], "mười lăm", "number_unreadable"),
        ("Điền số", [], "", "number_missing"),
        ("Trả lời ngắn", [], "", "accepted_missing"),
        ("Tự luận", [], "", "guide_missing"),
        ("Tình huống", ["Một", "Hai"], "A", "situation_without_media"),
    ],
)
def test_a_broken_row_of_a_kind_is_refused_with_its_reason(kind, options, key, code):
    head = ["STT", "Loại câu hỏi", "Câu hỏi", *"ABCDE", "Đáp án"]
    result = read(head, [1, kind, "Hỏi gì?", *options, *[""] * (5 - len(options)), key])
    assert [r.code for r in result.rejected] == [code]


def test_csv_in_the_old_vietnamese_code_page():
    text = "Câu hỏi;A;B;Đáp án\nThủ đô ở đâu?;Huế;Hà Nội;B\n"
    for letter, pair in {
        "ỏ": "o\u0309",
        "ủ": "u\u0309",
        "ế": "ê\u0301",
        "ộ": "ô\u0323",
        "ở": "ơ\u0309",
    }.items():
        text = text.replace(letter, pair)
    data = text.replace("á", "a\u0301").encode("cp1258")
    result = read_questions(data)
    assert result.questions[0].options == ("Huế", "Hà Nội")
    assert [r.code for r in result.remarks] == ["old_code_page"]


def test_csv_for_old_fonts_is_refused_with_a_sample():
    data = "C©u hái;A;B\nThñ ®« n­íc ViÖt Nam ë ®©u?;HuÕ;Hµ Néi\n".encode("cp1252")
    with pytest.raises(UnreadableFile) as caught:
        read_questions(data)
    assert caught.value.code == "legacy_font"
    assert "Thủ đô" in caught.value.params["after"]


def test_every_kind_goes_by_the_name_the_product_gives_it():
    assert {code: kind_named(kind.label) for code, kind in KINDS.items()} == {k: k for k in KINDS}


def test_a_list_of_people_is_no_list_of_questions():
    with pytest.raises(UnreadableFile) as caught:
        read(["STT", "Họ và tên", "Đơn vị"], [1, "Nguyễn Văn An", "Văn phòng"])
    assert caught.value.code == "no_header"
