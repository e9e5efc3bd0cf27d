from datetime import date

import pytest

from quizzes.importing.docx import read_docx
from quizzes.importing.parsed import Difficulty, Kind, Severity, UnreadableFile
from tests.quizzes.importing.word_files import PICTURE, numbered_word_file, word_file

STEM = "Thủ đô của nước ta là thành phố nào?"
OPTIONS = ("Huế", "Đà Nẵng", "Hà Nội", "Cần Thơ")
PLAIN = ["A. Huế", "B. Đà Nẵng", "C. Hà Nội", "D. Cần Thơ"]
MARKED = ["A. Huế", "B. Đà Nẵng", "__C. Hà Nội__", "D. Cần Thơ"]
ASK = f"Câu 1: {STEM}"


def read(*lines):
    return read_docx(word_file(*lines))


def only(*lines):
    """The one question of a file without errors."""
    result = read(*lines)
    assert not result.rejected, result.rejected
    [question] = result.questions
    return question


def refused(*lines):
    """Codes of the errors of a file, in order."""
    return [remark.code for remark in read(*lines).rejected]


def is_the_capital(question):
    assert question.stem == STEM
    assert question.options == OPTIONS
    assert question.correct == (2,)
    assert question.kind is Kind.SINGLE


@pytest.mark.parametrize(
    "lead",
    [
        "Câu 1: ",
        "Câu 1. ",
        "Câu 1) ",
        "Bài 1: ",
        "Bài 1) ",
        "1. ",
        "1) ",
        "1/ ",
        "CÂU 1: ",
        "**Câu 1:** ",
        "Câu 1 ",
        "Câu hỏi 1: ",
        "Câu 1 (0,25 điểm): ",
        "Câu 1 – ",
        "Câu  01: ",
        "Câu số 1: ",
        "*Câu 1. ",
    ],
)
def test_a_question_begins_in_any_usual_way(lead):
    is_the_capital(only(lead + STEM, *MARKED))


def test_the_stem_may_stand_on_the_lines_after_the_number():
    question = only("Câu 1:", "Theo quy định hiện hành,", "nước ta có thủ đô nào?", *MARKED)
    assert question.stem == "Theo quy định hiện hành,\nnước ta có thủ đô nào?"


@pytest.mark.parametrize(
    "options",
    [
        MARKED,
        ["A) Huế", "B) Đà Nẵng", "__C) Hà Nội__", "D) Cần Thơ"],
        ["A/ Huế", "B/ Đà Nẵng", "__C/ Hà Nội__", "D/ Cần Thơ"],
        ["a. Huế", "b. Đà Nẵng", "__c. Hà Nội__", "d. Cần Thơ"],
        ["a) Huế", "b) Đà Nẵng", "__c) Hà Nội__", "d) Cần Thơ"],
        ["(A) Huế", "(B) Đà Nẵng", "__(C) Hà Nội__", "(D) Cần Thơ"],
        ["A.Huế", "B.Đà Nẵng", "__C.Hà Nội__", "D.Cần Thơ"],
        ["A. Huế\tB. Đà Nẵng\t__C. Hà Nội__\tD. Cần Thơ"],
        ["A. Huế\tB. Đà Nẵng", "__C. Hà Nội__\tD. Cần Thơ"],
        ["A. Huế     B. Đà Nẵng     __C. Hà Nội__     D. Cần Thơ"],
        ["A. Huế B. Đà Nẵng __C. Hà Nội__ D. Cần Thơ"],
        ["A. Huế  B. Đà Nẵng __C. Hà Nội__  D. Cần Thơ"],
        ["A. Huế\nB. Đà Nẵng\n__C. Hà Nội__\nD. Cần Thơ"],
        [[["A. Huế", "B. Đà Nẵng"], ["__C. Hà Nội__", "D. Cần Thơ"]]][0:1][0:1][0],
    ],
)
def test_options_stand_in_any_usual_way(options):
    if isinstance(options[0], list):
        options = [options]
    is_the_capital(only(ASK, *options))


def test_options_in_a_table_with_the_letters_in_their_own_column():
    is_the_capital(
        only(ASK, [["A", "Huế"], ["B", "Đà Nẵng"], ["__C__", "__Hà Nội__"], ["D", "Cần Thơ"]])
    )


def test_stem_and_options_on_one_line():
    is_the_capital(only(f"{ASK} A. Huế B. Đà Nẵng __C. Hà Nội__ D. Cần Thơ"))


@pytest.mark.parametrize(
    "marked",
    [
        "__C. Hà Nội__",
        "__C__. Hà Nội",
        "C. __Hà Nội__",
        "**C. Hà Nội**",
        "C. **Hà Nội**",
        "{red:C. Hà Nội}",
        "C. {red:Hà Nội}",
        "{blue:C. Hà Nội}",
        "{high:C. Hà Nội}",
        "*C. Hà Nội",
        "C. Hà Nội*",
        "C. *Hà Nội",
        "*C. Hà Nội*",
        "{bu:C. Hà Nội}",
        "__C. Hà__ __Nội__",
    ],
)
def test_the_key_is_marked_in_any_usual_way(marked):
    is_the_capital(only(ASK, "A. Huế", "B. Đà Nẵng", marked, "D. Cần Thơ"))


def test_what_all_options_share_is_no_mark():
    is_the_capital(only(ASK, "**A.** Huế", "**B.** Đà Nẵng", "{bu:C.} Hà Nội", "**D.** Cần Thơ"))
    is_the_capital(
        only(ASK, "{blue:A. Huế}", "{blue:B. Đà Nẵng}", "{red:C. Hà Nội}", "{blue:D. Cần Thơ}")
    )
    assert refused(ASK, *[f"**{option}**" for option in PLAIN]) == ["key_missing"]


def test_emphasis_inside_an_option_is_no_mark():
    assert refused(ASK, "A. Huế", "B. **Đà** Nẵng", "C. Hà Nội", "D. Cần Thơ") == [
        "key_partly_marked"
    ]
    is_the_capital(only(ASK, "A. Huế", "B. **Đà** Nẵng", "__C. Hà Nội__", "D. Cần Thơ"))


@pytest.mark.parametrize(
    "line",
    [
        "Đáp án: C",
        "Đáp án C",
        "Đáp án đúng: C",
        "ĐÁP ÁN: C",
        "Đáp án là C.",
        "Key: C",
        "Đáp án: C. Hà Nội",
        "Đáp án: Hà Nội",
        "Đ/A: c",
        "**Đáp án:** C",
        "=> Đáp án C",
    ],
)
def test_the_key_is_said_on_a_line(line):
    is_the_capital(only(ASK, *PLAIN, line))


def test_the_key_may_stand_on_the_line_after_its_name():
    is_the_capital(only(ASK, *PLAIN, "Đáp án:", "C"))


SECOND = ["Câu 2: Một năm có bao nhiêu tháng?", "A. 10", "B. 12"]


@pytest.mark.parametrize(
    "key",
    [
        ["BẢNG ĐÁP ÁN", "1-C  2-B"],
        ["ĐÁP ÁN", "1.C 2.B"],
        ["ĐÁP ÁN", "1C", "2B"],
        ["ĐÁP ÁN:", "1: C; 2: B"],
        ["Đáp án tham khảo", "1) C, 2) B"],
        ["HẾT", "ĐÁP ÁN ĐỀ SỐ 1", "Câu 1: C", "Câu 2: B"],
        ["-------- HẾT --------", "ĐÁP ÁN: 1-C, 2-B"],
        ["ĐÁP ÁN", "1-2: CB"],
        ["Câu 1: C", "Câu 2: B"],
        ["PHẦN II. ĐÁP ÁN", "1 C", "2 B"],
        ["ĐÁP ÁN", [["Câu", "1", "2"], ["Đáp án", "C", "B"]]],
        ["ĐÁP ÁN", [["1", "2"], ["C", "B"]]],
        ["ĐÁP ÁN", [["Câu", "Đáp án"], ["1", "C"], ["2", "B"]]],
        ["ĐÁP ÁN", [["Câu", "Đáp án", "Câu", "Đáp án"], ["1", "C", "2", "B"]]],
        ["ĐÁP ÁN", [["1-C", "2-B"]]],
        ["ĐÁP ÁN", [["1.C"], ["2.B"]]],
        ["ĐÁP ÁN", [["Câu 1", "Câu 2"], ["C", "B"]]],
        [[["Câu", "1", "2"], ["Đáp án", "C", "B"]]],
        ["ĐÁP ÁN", [["Câu", "1", ""], ["Đáp án", "C", ""], ["Câu", "2", ""], ["Đáp án", "B", ""]]],
    ],
)
def test_the_key_stands_after_the_questions_in_any_usual_shape(key):
    result = read(ASK, *PLAIN, *SECOND, *key)
    assert not result.rejected
    assert [question.correct for question in result.questions] == [(2,), (1,)]
    assert result.questions[1].options == ("10", "12")


def test_a_key_table_may_explain():
    first, second = read(
        ASK,
        *PLAIN,
        *SECOND,
        "ĐÁP ÁN",
        [["Câu", "Đáp án", "Giải thích"], ["1", "C", "Theo Hiến pháp"], ["2", "B", ""]],
    ).questions
    assert (first.explanation, second.explanation) == ("Theo Hiến pháp", "")


def test_a_key_may_explain_line_by_line():
    result = read(
        ASK,
        *PLAIN,
        *SECOND,
        "ĐÁP ÁN CHI TIẾT",
        "Câu 1: C. Theo Điều 13 Hiến pháp",
        "Câu 2: B",
        "Giải thích: Dương lịch",
    )
    assert [q.explanation for q in result.questions] == ["Theo Điều 13 Hiến pháp", "Dương lịch"]


def test_several_papers_with_a_key_after_each():
    result = read(
        ASK,
        *PLAIN,
        "ĐÁP ÁN",
        "1-C",
        "ĐỀ SỐ 2",
        "Câu 1: Một tuần có mấy ngày?",
        "A. 6",
        "B. 7",
        "ĐÁP ÁN",
        "1-B",
    )
    assert not result.rejected
    assert [q.correct for q in result.questions] == [(2,), (1,)]


def test_a_number_used_twice_cannot_be_told_apart_in_the_key():
    assert refused(
        ASK, *PLAIN, "Câu 1: Một tuần có mấy ngày?", "A. 6", "B. 7", "ĐÁP ÁN", "1-C"
    ) == [
        "number_repeated",
        "number_repeated",
    ]


def test_what_the_key_says_of_no_question_is_told():
    result = read(ASK, *PLAIN, "ĐÁP ÁN", "1-C 7-A")
    assert [(r.code, r.row, r.severity) for r in result.remarks] == [
        ("key_without_question", 7, Severity.WARNING)
    ]
    [remark] = read(ASK, *PLAIN, "ĐÁP ÁN", "1-C", "xem trang sau").remarks
    assert (remark.code, remark.params["text"]) == ("key_line_unread", "xem trang sau")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([ASK], "options_missing"),
        ([ASK, "A. Huế"], "options_too_few"),
        ([ASK, "A. Huế", "__C. Hà Nội__", "D. Cần Thơ"], "option_skipped"),
        ([ASK, "A. Huế", "B. Vinh", "__B. Hà Nội__"], "option_repeated"),
        ([ASK, "A. Huế", "B.", "__C. Hà Nội__"], "option_empty"),
        ([ASK, "A. Hà  nội", "B. Huế", "__C. Hà Nội__"], "options_same"),
        ([ASK, *PLAIN], "key_missing"),
        ([ASK, "__A. Huế__", "B. Vinh", "__C. Hà Nội__"], "key_twice"),
        ([ASK, "**A. Huế**", "B. Vinh", "__C. Hà Nội__"], "key_conflict"),
        ([ASK, *MARKED, "Đáp án: B"], "key_conflict"),
        ([ASK, *MARKED, "ĐÁP ÁN", "1-B"], "key_conflict"),
        ([ASK, *PLAIN, "ĐÁP ÁN", "1-B 1-C"], "key_conflict"),
        ([ASK, *PLAIN, "Đáp án: E"], "key_outside"),
        ([ASK, *PLAIN, "Đáp án: không rõ"], "key_unreadable"),
        ([ASK, *PLAIN, "Đáp án: C. Huế"], "key_text_differs"),
        (["Câu 1:", *MARKED], "stem_missing"),
        ([ASK, "A. Huế", "B. Vinh C. Hà Nội"], "options_run_together"),
        ([ASK, *MARKED, PICTURE], "picture_misplaced"),
    ],
)
def test_a_broken_question_is_refused_with_its_reason(lines, code):
    result = read(*lines)
    assert [(r.code, r.row, r.label) for r in result.rejected] == [(code, 1, "1")]
    assert not result.questions
    assert len(result.broken) == 1


def test_a_broken_question_does_not_harm_its_neighbours():
    result = read("Câu 1: Hỏng?", "Câu 2: Cũng hỏng", "A. Một", ASK.replace("1", "3"), *MARKED)
    assert [r.row for r in result.rejected] == [1, 2]
    is_the_capital(*result.questions)


def test_a_conflict_names_both_places():
    [remark] = read(ASK, *MARKED, "ĐÁP ÁN", "1-B").rejected
    assert dict(remark.params) == {
        "one": "C",
        "one_source": "underline",
        "other": "B",
        "other_source": "table",
    }


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Câu 1: Thành phố nào ở miền Trung? (chọn nhiều đáp án)",
            "__A. Huế__",
            "__B. Vinh__",
            "C. Hà Nội",
        ],
        ["Câu 1: Chọn hai phương án ở miền Trung:", "**A. Huế**", "**B. Vinh**", "C. Hà Nội"],
        ["Câu 1: Thành phố nào ở miền Trung?", "A. Huế", "B. Vinh", "C. Hà Nội", "Đáp án: A, B"],
        ["Câu 1: Thành phố nào ở miền Trung?", "A. Huế", "B. Vinh", "C. Hà Nội", "Đáp án: A và B"],
        ["Câu 1: Thành phố nào ở miền Trung?", "A. Huế", "B. Vinh", "C. Hà Nội", "ĐÁP ÁN", "1-A,B"],
        ["Câu 1: Thành phố nào ở miền Trung?", "A. Huế", "B. Vinh", "C. Hà Nội", "ĐÁP ÁN", "1-AB"],
    ],
)
def test_several_keys_when_the_file_says_so(lines):
    question = only(*lines)
    assert (question.kind, question.correct) == (Kind.MULTIPLE, (0, 1))


@pytest.mark.parametrize("word", ["Đúng", "Đ", "đúng"])
def test_a_statement_without_options_is_true_or_false(word):
    question = only("Câu 1: Nước ta có 34 đơn vị hành chính cấp tỉnh.", f"Đáp án: {word}")
    assert (question.kind, question.options, question.correct) == (
        Kind.TRUE_FALSE,
        ("Đúng", "Sai"),
        (0,),
    )


def test_a_statement_with_its_two_options_takes_the_short_answer():
    question = only("Câu 1: Nước ta có 34 tỉnh, thành phố.", "A. Sai", "B. Đúng", "Đáp án: Đ")
    assert (question.options, question.correct) == (("Sai", "Đúng"), (1,))


@pytest.mark.parametrize(
    "name", ["Lời giải:", "Giải thích:", "Hướng dẫn giải:", "Lời giải chi tiết.", "**Giải thích:**"]
)
def test_a_reason_after_the_options(name):
    question = only(ASK, *MARKED, f"{name} Theo Điều 13", "của Hiến pháp")
    assert question.explanation == "Theo Điều 13\ncủa Hiến pháp"
    assert question.options == OPTIONS


def test_topic_difficulty_and_law_on_lines_of_their_own():
    question = only(
        ASK, *MARKED, "Căn cứ: Điều 13 Hiến pháp 2013", "Mức độ: Nhận biết", "Chuyên đề: Địa lý"
    )
    assert question.legal_basis == "Điều 13 Hiến pháp 2013"
    assert question.difficulty is Difficulty.EASY
    assert question.topic == "Địa lý"


@pytest.mark.parametrize(
    "line",
    [
        "Hết hiệu lực: 31/12/2027",
        "Có giá trị đến: 31/12/2027.",
        "Có hiệu lực đến hết ngày: 31-12-2027",
        "Đáp án đúng đến hết ngày: ngày 31 tháng 12 năm 2027",
    ],
)
def test_until_when_the_key_is_right_on_a_line_of_its_own(line):
    question = only(ASK, *MARKED, "Căn cứ: Điều 13", line, "Mức độ: Dễ")
    assert question.valid_until == date(2027, 12, 31)
    assert (question.legal_basis, question.options) == ("Điều 13", OPTIONS)


def test_difficulty_in_brackets_after_the_number():
    assert only(f"Câu 1 (Vận dụng): {STEM}", *MARKED).difficulty is Difficulty.HARD


def test_topics_as_headings():
    result = read(
        "CHUYÊN ĐỀ 1: ĐỊA LÝ",
        ASK,
        *MARKED,
        "CHUYÊN ĐỀ 2: LỊCH",
        *SECOND,
        "Đáp án: B",
    )
    assert [q.topic for q in result.questions] == ["ĐỊA LÝ", "LỊCH"]
    assert result.questions[0].options == OPTIONS


def test_titles_and_parts_are_no_questions():
    result = read(
        "ỦY BAN NHÂN DÂN PHƯỜNG",
        "BỘ CÂU HỎI",
        "(Thời gian: 40 phút)",
        "PHẦN I. TRẮC NGHIỆM (6 điểm)",
        ASK,
        *MARKED,
        "PHẦN II. KIẾN THỨC KHÁC",
        *SECOND,
        "Đáp án: B",
        "--- HẾT ---",
        "Người ra đề",
        "Nguyễn Văn A",
    )
    assert not result.rejected
    assert result.questions[0].options == OPTIONS
    assert [q.number for q in result.questions] == ["1", "2"]


def test_lines_after_the_last_option_are_told():
    result = read(ASK, "A. Huế", "__B. Hà Nội__", "thủ đô ngàn năm văn hiến")
    assert [r.code for r in result.remarks] == ["option_continues"]


def test_numbered_statements_inside_a_stem_stay_in_it():
    question = only("Câu 1: Cho các ý:", "1. Một", "2. Hai", "Ý nào đúng?", "A. Ý 1", "__B. Ý 2__")
    assert question.stem == "Cho các ý:\n1. Một\n2. Hai\nÝ nào đúng?"


def test_small_letters_in_the_stem_are_not_options_when_options_have_capitals():
    question = only("Câu 1: Cho các ý:", "a) Một", "b) Hai", "A. Ý a", "__B. Ý b__")
    assert question.stem == "Cho các ý:\na) Một\nb) Hai"
    assert question.options == ("Ý a", "Ý b")


def test_dates_and_decimals_are_no_labels():
    question = only(
        "1. Luật có hiệu lực từ ngày nào?", "A. 01/7/2025", "__B. 1.5 tháng sau__", "C. 24/6/2025"
    )
    assert question.options == ("01/7/2025", "1.5 tháng sau", "24/6/2025")


@pytest.mark.parametrize("count", [2, 3, 8])
def test_two_to_eight_options(count):
    lines = [f"{'ABCDEFGH'[i]}. Phương án số {i}" for i in range(count)]
    assert len(only(ASK, *lines[:-1], f"__{lines[-1]}__").options) == count


def test_words_automatic_numbers_and_letters():
    result = read_docx(
        numbered_word_file(
            [
                (STEM, ["Huế", "Đà Nẵng", "__Hà Nội__", "Cần Thơ"]),
                ("Câu khác?", ["Có", "__Không__"]),
            ]
        )
    )
    assert not result.rejected
    is_the_capital(result.questions[0])
    assert result.questions[1].options == ("Có", "Không")


@pytest.mark.parametrize(
    ("text", "letters"),
    [("%1.", "upperLetter"), ("%1)", "lowerLetter"), ("Bài %1.", "upperLetter")],
)
def test_words_automatic_numbers_in_other_styles(text, letters):
    options = ["Huế", "Đà Nẵng", "{red:Hà Nội}", "Cần Thơ"]
    data = numbered_word_file([(STEM, options)], question_text=text, option_format=letters)
    is_the_capital(*read_docx(data).questions)


def test_a_table_with_headings_is_read_like_a_sheet():
    result = read(
        "NGÂN HÀNG CÂU HỎI",
        [
            ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"],
            ["1", STEM, *OPTIONS, "C"],
            ["2", "Hỏng?", "Một", "", "", "", "A"],
        ],
    )
    is_the_capital(*result.questions)
    assert [r.code for r in result.rejected] == ["options_too_few"]


def test_questions_laid_out_in_a_table():
    is_the_capital(only([["Câu 1", STEM + "\n" + "\n".join(MARKED)]]))


def test_heights_carry_meaning():
    import docx

    from tests.quizzes.importing.word_files import saved

    document = docx.Document()
    document.add_paragraph("Câu 1: Diện tích tính bằng gì?")
    option = document.add_paragraph("A. m")
    option.add_run("2").font.superscript = True
    document.add_paragraph("B. kg")
    document.add_paragraph("Đáp án: A")
    [question] = read_docx(saved(document)).questions
    assert question.options[0] == "m²"


def test_struck_text_is_told():
    result = read(ASK, "A. Huế", "__B. Hà Nội__", "C. {strike:Vinh}")
    assert [(r.code, r.severity) for r in result.remarks] == [("struck_text", Severity.WARNING)]


def test_a_repeated_question_is_refused():
    again = [line.replace("Câu 1", "Câu 2") for line in (ASK, *MARKED)]
    assert refused(ASK, *MARKED, *again) == ["repeated_question"]
    assert refused(ASK, *MARKED, *again[:3], "__C. Vinh__") == ["repeated_stem"]


def test_a_file_without_questions_is_refused():
    with pytest.raises(UnreadableFile) as caught:
        read("Kính gửi các đồng chí", "Trân trọng.")
    assert caught.value.code == "no_questions"


def test_text_of_old_fonts_is_shown_and_refused():
    old = ["C©u 1: Thñ ®« cña n\xadíc ta lµ thµnh phè nµo?", "A. HuÕ", "__B. Hµ Néi__"]
    with pytest.raises(UnreadableFile) as caught:
        read(*old)
    assert caught.value.code == "legacy_font"
    assert caught.value.params["after"].startswith("Câu 1: Thủ đô của nước ta")
    [remark] = read(ASK, *MARKED, old[0].replace("C©u 1", "Câu 2"), *old[1:]).rejected
    assert (remark.code, remark.row) == ("legacy_font", 2)
    assert remark.params["after"].startswith("Thủ đô của nước ta")
