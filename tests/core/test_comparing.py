import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.comparing import ComparedPart, Part, Piece, compare_parts, compare_words

TEXTS = st.text(alphabet="ab đ,.\n", max_size=40)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("một hai", "một hai", [("same", "một hai")]),
        ("một hai", "một ba", [("same", "một "), ("del", "hai"), ("ins", "ba")]),
        ("", "mới", [("ins", "mới")]),
        ("cũ", "", [("del", "cũ")]),
        ("", "", []),
        ("má", "mã", [("del", "má"), ("ins", "mã")]),
    ],
)
def test_words_that_differ(old, new, pieces):
    assert compare_words(old, new) == tuple(Piece(*piece) for piece in pieces)


@given(TEXTS, TEXTS)
def test_nothing_is_lost(old, new):
    pieces = compare_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.change != "ins") == old
    assert "".join(piece.text for piece in pieces if piece.change != "del") == new
    assert all(piece.text for piece in pieces)


def test_a_long_text_is_compared_whole_instead_of_for_minutes():
    old, new = "a " * 3000, "b " * 3000
    assert compare_words(old, new) == (Piece("del", old), Piece("ins", new))
    assert compare_words(old, old) == (Piece("same", old),)


def test_parts_are_matched_by_name_and_removed_ones_stay_visible():
    old = [Part("stem", "Nội dung", "Một?"), Part("options:a", "A", "x"), Part("note", "N", "y")]
    new = [Part("stem", "Nội dung", "Một?"), Part("options:a", "A", "z"), Part("more", "M", "w")]
    compared = compare_parts(old, new)
    assert [(part.label, part.is_changed) for part in compared] == [
        ("Nội dung", False),
        ("A", True),
        ("M", True),
        ("N", True),
    ]
    assert compared[3] == ComparedPart("N", (Piece("del", "y"),))
