"""Every quirk of the text formats, with exactly the questions and remarks it must give."""

import base64
import io

import pytest
from PIL import Image

from quizzes.importing import messages
from quizzes.importing.parsed import UnreadableFile
from quizzes.importing.reading import read_questions
from tests.quizzes.importing.text_corpus import (
    CASES,
    answer,
    choices,
    item,
    moodle,
    moodle_question,
    package,
    response,
    told,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_gives_exactly_this(case):
    result = read_questions(case.data, name="tệp.bin")
    assert result.format is case.format
    assert [told(question) for question in result.questions] == list(case.questions)
    assert [(remark.row, remark.code) for remark in result.remarks] == list(case.remarks)
    assert all(messages.describe_with_place(remark, result.format) for remark in result.remarks)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_format_may_be_said(case):
    result = read_questions(case.data, file_format=case.format)
    assert [told(question) for question in result.questions] == list(case.questions)


def picture():
    target = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(target, "PNG")
    return target.getvalue()


def test_moodle_pictures_come_along():
    encoded = base64.b64encode(picture()).decode()
    stem = '<p>Hình <img src="@@PLUGINFILE@@/h%201.png" alt="Cờ đỏ"> gì?</p>'
    data = moodle(
        moodle_question(
            "multichoice",
            stem,
            "<single>true</single>"
            + answer(100, f'Cờ <img src="data:image/png;base64,{encoded}" alt="Cờ">')
            + answer(0, "Khác"),
        ).replace(
            "</questiontext>",
            f'<file name="h 1.png" encoding="base64">{encoded}</file></questiontext>',
        )
    )
    result = read_questions(data)
    assert not result.remarks
    [question] = result.questions
    assert {part: [(p.alt, p.width) for p in ps] for part, ps in question.pictures.items()} == {
        "stem": [("Cờ đỏ", 4)],
        "a": [("Cờ", 4)],
    }


def test_qti_pictures_come_out_of_the_package_only():
    def read(source):
        body = f'<p>Hình <img src="{source}" alt="Cờ"/> gì?</p>' + choices("a", "b")
        parts = {
            "items/1.xml": item(body, response("single", "identifier", "A")),
            "img/h.png": picture(),
        }
        return read_questions(package(parts, [("imsqti_item_xmlv2p1", "items/1.xml")]))

    assert read("../img/h.png").questions[0].pictures["stem"][0].height == 3
    for source in ["http://x.vn/h.png", "/etc/passwd", "../../h.png", "file:///h.png"]:
        assert [remark.code for remark in read(source).rejected] == ["picture_absent"]


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<img src="http://x.vn/a.png">', "picture_absent"),
        ('<img src="data:image/png;base64,AAAA" alt="a">', "picture_damaged"),
        ('<video src="a.mp4"></video>', "media"),
        ("<math><mi>x</mi></math>", "media"),
    ],
)
def test_what_text_cannot_carry_refuses_the_question(html, code):
    question = moodle_question("shortanswer", f"Tên {html}", answer(100, "x"))
    assert [remark.code for remark in read_questions(moodle(question)).rejected] == [code]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<?xml version="1.0"?><html><p/></html>', "unknown_xml"),
        (b'<?xml version="1.0"?><questestinterop/>', "old_qti"),
        (b'<?xml version="1.0"?><quiz></quiz>', "no_questions"),
        (b'<?xml version="1.0"?><quiz><question', "damaged"),
        (b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz><question/></quiz>', "unsafe_xml"),
        (b'<?xml version="1.0"?><!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', "unsafe_xml"),
        (package({}, []), "no_items"),
        (package({"a.xml": b"<x/>"}, [("imsqti_xmlv1p2", "a.xml")]), "old_qti"),
        (package({"a.xml": b"a" * 300_000_000}, []), "unpacked_too_large"),
        (b"A\x00B", "unknown_format"),
    ],
)
def test_what_is_no_question_file_is_refused_by_name(data, code):
    with pytest.raises(UnreadableFile) as caught:
        read_questions(data)
    assert caught.value.code == code
    assert messages.describe_unreadable(caught.value)


OLD = "Thñ ®« n­íc ViÖt Nam hiÖn nay n»m ë thµnh phè nµo sau ®©y"  # TCVN3


@pytest.mark.parametrize(
    "data",
    [
        f"{OLD} {{=Hà Nội ~Huế}}".encode(),
        f"{OLD}\nA. Hà Nội\nB. Huế\nANSWER: A".encode(),
        f"Câu 1: {OLD}\nA. Hà Nội\nB. Huế\nĐáp án: A".encode(),
        f"Câu hỏi;A;B;Đáp án\n{OLD};Hà Nội;Huế;A".encode(),
        moodle(moodle_question("shortanswer", OLD, answer(100, "x"))),
        item(choices("Hà Nội", "Huế", prompt=OLD), response("single", "identifier", "A")),
    ],
    ids=["gift", "aiken", "text", "csv", "moodle", "qti"],
)
def test_text_of_old_fonts_is_shown_before_and_after(data):
    [remark] = read_questions(data).rejected
    assert remark.code == "legacy_font"
    assert "Thủ đô nước Việt Nam" in remark.params["after"]
