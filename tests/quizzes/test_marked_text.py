import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marked_text import HOWS, Segment, covers, ranges, segments


def render(source, **context):
    return Template("{% load quiz_text %}" + source).render(Context(context))


def marked(text, marks):
    return render("{% marked_text text marks %}", text=text, marks=marks)


def test_marks_cut_the_text():
    assert segments("Ý nào không đúng?", [[6, 11, "b"], [9, 16, "i"]]) == [
        Segment("Ý nào ", ()),
        Segment("khô", ("b",)),
        Segment("ng", ("b", "i")),
        Segment(" đúng", ("i",)),
        Segment("?", ()),
    ]


@given(
    st.text(max_size=30),
    st.lists(
        st.one_of(
            st.tuples(st.integers(-3, 40), st.integers(-3, 40), st.sampled_from([*HOWS, "u"])),
            st.lists(st.none() | st.booleans() | st.integers() | st.text(max_size=2), max_size=4),
            st.text(max_size=3),
        ),
        max_size=6,
    ),
)
def test_no_mark_changes_the_text(text, marks):
    assert "".join(segment.text for segment in segments(text, marks)) == text


@given(st.lists(st.booleans(), max_size=20))
def test_ranges_hold_what_is_true(flags):
    held = {at for start, end, _how in ranges(flags, "b") for at in range(start, end)}
    assert held == {at for at, flag in enumerate(flags) if flag}


def test_covering_means_every_letter_and_digit():
    assert covers("Hà Nội.", [(0, 2, "b"), (3, 6, "b")], "b")
    assert not covers("Hà Nội.", [(0, 2, "b")], "b")


@pytest.mark.parametrize("marks", [None, "", 7, {}, [[0, 1]], [[0, 99, "b"]], [["0", 1, "b"]]])
def test_what_is_no_mark_is_left_out(marks):
    assert marked("Hà Nội", marks) == "Hà Nội"


def test_text_is_escaped_with_and_without_marks():
    text = "<script>alert(1)</script> & x"
    assert marked(text, []) == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; x"
    assert marked(text, [[0, 8, "b"]]) == (
        "<strong>&lt;script&gt;</strong>alert(1)&lt;/script&gt; &amp; x"
    )
    assert marked("m2", [[1, 2, "sup"], [0, 2, "i"]]) == "<em>m</em><sup><em>2</em></sup>"
    assert marked("a\nb", []) == "a<br>b"
    assert marked("a\nb", [[0, 3, "b"]]) == "<strong>a<br>b</strong>"


def test_pictures_have_words_and_keep_their_place():
    pictures = [{"file": 5, "alt": 'Dấu "đỏ"', "width": 40, "height": 20}, {"file": 6, "alt": ""}]
    html = render("{% question_pictures p '/f/' %}", p=pictures)
    assert 'src="/f/5/" alt="Dấu &quot;đỏ&quot;" width="40" height="20"' in html
    assert 'src="/f/6/" alt="Hình của câu hỏi"' in html


@pytest.mark.parametrize("pictures", [None, "x", [1], [{"file": "5"}], [{"file": True}], {}])
def test_what_is_no_picture_is_left_out(pictures):
    assert render("{% question_pictures p '/f/' %}", p=pictures) == ""


def test_without_an_address_nothing_is_shown():
    assert render("{% question_pictures p %}", p=[{"file": 5, "alt": ""}]) == ""


def test_a_situation_shows_its_picture_or_video():
    video = {"file": 7, "alt": "Người dân chờ", "type": "video/mp4"}
    html = render("{% question_media m '/f/' %}", m=video)
    assert "<video controls" in html
    assert 'src="/f/7/" aria-label="Người dân chờ"' in html
    assert "<img" in render("{% question_media m '/f/' %}", m={"file": 7, "alt": "x"})
