import pytest

from quizzes.importing.gift import read_gift
from quizzes.importing.parsed import Kind, Severity, UnreadableFile


def read(text):
    return read_gift(text.encode())


def only(text):
    result = read(text)
    assert not result.rejected, result.rejected
    [question] = result.questions
    return question


def test_one_right_answer():
    question = only("::Câu 1:: Thủ đô ở đâu? {\n  ~Huế\n  =Hà Nội\n  ~Vinh\n}")
    assert (question.number, question.row, question.stem) == ("Câu 1", 1, "Thủ đô ở đâu?")
    assert question.options == ("Huế", "Hà Nội", "Vinh")
    assert (question.kind, question.correct) == (Kind.SINGLE, (1,))


def test_a_question_without_a_name_has_its_number():
    result = read("Một? {=a ~b}\n\nHai? {=a ~b}")
    assert [(q.number, q.row) for q in result.questions] == [("1", 1), ("2", 3)]


def test_shares_make_several_right_answers():
    question = only("Hỏi? {~%50%Xanh ~%50%Xanh đậm ~%-100%Đỏ}")
    assert (question.kind, question.correct) == (Kind.MULTIPLE, (0, 1))
    assert only("Hỏi? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~d}").correct == (0, 1, 2)


@pytest.mark.parametrize("answers", ["~%70%a ~%30%b ~c", "~%50%a ~b ~c", "~%60%a ~%60%b ~c"])
def test_shares_that_cannot_be_kept_are_told(answers):
    result = read(f"Hỏi? {{{answers}}}")
    assert len(result.questions) == 1
    assert [(r.code, r.severity) for r in result.remarks if r.field == "key"][0] == (
        "weights_uneven",
        Severity.WARNING,
    )


def test_a_share_beside_a_right_answer_is_told():
    result = read("Hỏi? {=a ~%50%b ~c}")
    assert result.questions[0].correct == (0,)
    assert [r.code for r in result.remarks] == ["weights_dropped"]


@pytest.mark.parametrize(
    ("answer", "correct"),
    [
        ("T", 0),
        ("TRUE", 0),
        ("true", 0),
        ("F", 1),
        ("FALSE", 1),
        (" FALSE ", 1),
        ("TRUE#sai rồi#đúng rồi", 0),
    ],
)
def test_true_or_false(answer, correct):
    question = only(f"Hà Nội là thủ đô. {{{answer}}}")
    assert question.kind is Kind.TRUE_FALSE
    assert (question.options, question.correct) == (("Đúng", "Sai"), (correct,))


def test_escapes_are_text():
    question = only(r"Tính 2\+2 \= ? \{gợi ý\: \#4\} \~ {=A\: b\nc ~\\n ~x\=1}")
    assert question.stem == r"Tính 2\+2 = ? {gợi ý: #4} ~"
    assert question.options == ("A: b\nc", r"\n", "x=1")


def test_comments_are_left_out_and_do_not_end_a_question():
    question = only("// đầu tệp\nThủ đô?\n// ghi chú\n{=Hà Nội ~Huế}\n// cuối")
    assert question.stem == "Thủ đô?"


def test_a_category_is_the_topic_of_what_follows():
    text = "Một? {=a ~b}\n\n$CATEGORY: $course$/top/CCHC/Văn thư\n\nHai? {=a ~b}\n\n"
    text += "$CATEGORY: A//B\nBa? {=a ~b}"
    assert [q.topic for q in read(text).questions] == ["", "Văn thư", "A/B"]


def test_feedback_joins_the_explanation_by_the_answers_text():
    result = read("Hỏi? {=Có#Tốt ~Không#Xem lại ####Theo Điều 5}")
    assert result.questions[0].explanation == "Theo Điều 5\n“Có”: Tốt\n“Không”: Xem lại"
    assert [r.code for r in result.remarks] == ["feedback_joined"]


def test_html_becomes_text_and_is_told():
    text = "[html]<p>Diện tích là <b>m<sup>2</sup></b> &amp; gì?</p><script>alert(1)</script> "
    text += "{=Đúng<br>thế ~[html]<i>Sai</i>}"
    result = read(text.replace("=1", r"\=1"))
    assert result.questions[0].stem == "Diện tích là m² & gì?"
    assert result.questions[0].options == ("Đúng\nthế", "Sai")
    assert [r.code for r in result.remarks] == ["html_converted", "emphasis_left_out"]


def test_plain_text_keeps_what_looks_like_html():
    assert only("[plain]Thẻ <b> là gì? {=a ~b}").stem == "Thẻ <b> là gì?"


def test_markdown_is_kept_and_told():
    result = read("[markdown]**Hỏi**? {=a ~b}")
    assert result.questions[0].stem == "**Hỏi**?"
    assert [r.code for r in result.remarks] == ["markdown_kept"]


def test_a_picture_refuses_the_question():
    [remark] = read(r'[html]<p>Hình <img src\="x.png"> là gì?</p> {=a ~b}').rejected
    assert remark.code == "picture_absent"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Năm nào? {#khoảng 1945}", "number_unreadable"),
        ("Năm nào? {#1945:-1}", "number_unreadable"),
        ("Năm nào? {#1..0}", "number_unreadable"),
        ("Năm nào? {#1e999999999}", "number_unreadable"),
        ("Năm nào? {#=1945:0 =1954:0}", "numbers_several"),
        ("Năm nào? {#=%50%1945:0}", "number_missing"),
        ("Ghép: {=Hà Nội -> Bắc}", "items_too_few"),
        ("Ghép: {=Hà Nội -> Bắc =Huế ->}", "pair_without_right"),
        ("Ghép: {=Hà Nội -> Bắc =Huế Trung}", "gift_pair"),
        ("Ghép: {=Hà Nội -> Bắc =Huế -> bắc}", "pairs_all_alike"),
        ("Ghép: {=Huế -> Bắc =Huế -> Trung}", "items_same"),
        ("Thủ đô? {=Hà*}", "accepted_pattern"),
        ("Thủ đô? {=%50%Hà Nội}", "accepted_missing"),
        ("Viết về thủ đô. {}", "guide_missing"),
        ("Chỉ là giới thiệu.", "not_a_question"),
        ("Thiếu ngoặc? {=a ~b", "gift_braces"),
        ("Thiếu ngoặc? =a ~b}", "gift_braces"),
        ("Hai câu liền {=a ~b}\nCâu sau {=a ~b}", "gift_braces"),
        ("Không đáp án? {~a ~b}", "key_missing"),
        ("Hai đáp án? {=a =b ~c}", "key_twice"),
        ("Một phương án? {~%100%a}", "options_too_few"),
        ("{=a ~b}", "stem_missing"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(text, code):
    result = read("Đầu? {=x ~y}\n\n" + text)
    assert [(r.code, r.row) for r in result.rejected] == [(code, 3)]
    assert len(result.questions) == 1


def test_line_ends_of_every_system():
    for end in ("\n", "\r\n", "\r"):
        assert len(read(end.join(["Một? {=a ~b}", "", "Hai? {", "=a", "~b", "}"])).questions) == 2


def test_an_empty_file_has_no_questions():
    with pytest.raises(UnreadableFile):
        read("// chỉ có ghi chú")


def test_words_beside_the_answers_are_a_gap_in_the_sentence():
    question = only("Thủ đô là {=Hà Nội ~Huế} của nước ta.")
    assert (question.stem, question.correct) == ("Thủ đô là _____ của nước ta.", (0,))
    assert only("Hỏi gì {=a ~b}.").stem == "Hỏi gì."
    assert only("Hỏi gì? {=a ~b}.").stem == "Hỏi gì?"


def test_wrong_answers_that_cost_as_much_as_right_ones_bring_are_partial_scoring():
    assert only("Hỏi? {~%50%a ~%50%b ~%-50%c ~%-50%d}").rule == "partial"
    assert only("Hỏi? {~%50%a ~%50%b ~%-100%c}").rule == ""


def test_shares_without_a_penalty_are_told():
    result = read("Hỏi? {~%50%a ~%50%b ~c}")
    assert [r.code for r in result.remarks] == ["weights_otherwise"]


@pytest.mark.parametrize(
    ("answers", "value", "tolerance"),
    [
        ("#1945", "1945", "0"),
        ("#3.1415:0.0005", "3.1415", "0.0005"),
        ("#3.141..3.142", "3.1415", "0.0005"),
        ("# -5 : 1 #Tốt", "-5", "1"),
        ("#=1822:0#Đúng =%50%1822:2#Gần đúng", "1822", "0"),
        ("#=%100%10:0 ~#Xem lại", "10", "0"),
        ("#1e3", "1000", "0"),
    ],
)
def test_numbers(answers, value, tolerance):
    question = only(f"Bao nhiêu? {{{answers}}}")
    assert (question.kind, question.content, question.options) == (Kind.NUMBER, {}, ())
    assert question.key == {"value": value, "tolerance": tolerance}


def test_pairs():
    question = only("Ghép {=Hà Nội -> Bắc =Huế -> Trung =Vinh -> Trung = -> Nam}")
    assert question.kind is Kind.MATCHING
    assert question.content == {
        "left": [
            {"id": "a", "text": "Hà Nội"},
            {"id": "b", "text": "Huế"},
            {"id": "c", "text": "Vinh"},
        ],
        "right": [
            {"id": "1", "text": "Bắc"},
            {"id": "2", "text": "Nam"},
            {"id": "3", "text": "Trung"},
        ],
    }
    assert question.key == {"pairs": {"a": "1", "b": "3", "c": "3"}}


def test_short_texts():
    question = only("Thủ đô? {=Hà Nội =hà nội =%100%Thăng Long#Tên cũ}")
    assert question.kind is Kind.SHORT_TEXT
    assert question.key == {"accepted": ["Hà Nội", "Thăng Long"]}
    assert only("Thủ đô là {=Hà Nội}").stem == "Thủ đô là"
    result = read("Thủ đô? {=Hà Nội =%75%Ha Noi thoi}")
    assert result.questions[0].key == {"accepted": ["Hà Nội"]}
    assert [r.code for r in result.remarks] == ["weights_dropped"]


def test_essays():
    question = only("Viết về thủ đô. {####Nêu ba ý}")
    assert (question.kind, question.content, question.key) == (
        Kind.ESSAY,
        {},
        {"guide": "Nêu ba ý"},
    )
    assert question.explanation == "Nêu ba ý"


def test_format_becomes_marks():
    question = only(
        "[html]<p>Chọn <b>sai</b>, <em>không</em> đúng: x<sup>th</sup></p>{=<i>a</i> ~<i>b</i>}"
    )
    assert question.stem == "Chọn sai, không đúng: xth"
    assert question.marks == {
        "stem": ((5, 8, "b"), (10, 15, "i"), (23, 25, "sup")),
        "a": ((0, 1, "i"),),
        "b": ((0, 1, "i"),),
    }
