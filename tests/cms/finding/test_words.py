"""Words, marks, excerpts and slips, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.finding.words import corrections, dressed, excerpt, marked, query_words, words_of

VOCABULARY = {"giay": 40, "khai": 30, "sinh": 25, "dat": 50, "dai": 45, "thuc": 9, "chung": 20}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Đất  đai", ["dat", "dai"]),
        ("Đất đai", ["dat", "dai"]),  # NFD
        ("Nghị định 118/2025/NĐ-CP", ["nghi", "dinh", "118", "2025", "nd", "cp"]),
        ("* OR NEAR(", ["or", "near"]),
        ("\x00—“”", []),
    ],
)
def test_words_are_letters_and_digits_without_marks(text, words):
    assert words_of(text) == words


def test_a_search_has_each_word_once_and_twelve_at_most():
    assert query_words("đất Đất dat") == ["dat"]
    assert len(query_words(" ".join(f"a{n}" for n in range(40)))) == 12


@given(st.text(max_size=200), st.lists(st.sampled_from(["dat", "a", "1"]), max_size=3))
def test_marked_pieces_are_the_text(text, words):
    import unicodedata

    joined = "".join(piece for piece, _ in marked(text, words))
    assert joined == unicodedata.normalize("NFC", text)


def test_marks_the_words_whatever_their_tones():
    assert marked("Luật Đất đai.", ["dat", "dai"]) == [
        ("Luật ", False),
        ("Đất", True),
        (" ", False),
        ("đai", True),
        (".", False),
    ]


def test_the_excerpt_is_where_the_words_are():
    text = "Mở đầu. " * 60 + "Thủ tục cấp giấy khai sinh cho trẻ em. " + "Kết thúc. " * 60
    shown = excerpt(text, ["khai", "sinh"], length=120)
    assert "giấy khai sinh" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 130


def test_without_a_hit_the_excerpt_is_the_beginning():
    assert excerpt("Một hai ba", ["bon"]) == "Một hai ba"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("giay kai sinh", "giay khai sinh"), ("dta dai", "dat dai"), ("chunng thuc", "chung thuc")],
)
def test_a_slip_is_put_right(typed, meant):
    assert corrections(typed.split(), VOCABULARY)[0] == meant.split()


def test_a_number_is_never_corrected():
    assert corrections(["119"], {"118": 9}) == []


def test_the_words_themselves_are_no_correction():
    assert ["dat"] not in corrections(["dat"], VOCABULARY)


def test_suggestions_are_written_as_the_text_writes_them():
    assert dressed(["dat", "dai"], ["Mới", "Luật Đất đai 2024"]) == "đất đai"
    assert dressed(["khong", "co"], ["Luật"]) is None
