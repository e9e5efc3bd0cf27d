"""Codes that are read from a wall and typed with a thumb."""

import pytest

from posters.codes import ALPHABET, new_code, typed_code


def test_no_sign_looks_like_another():
    assert not set("0O1IL2Z5S8BUV") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_a_code_is_typed_in_either_case():
    code = new_code()
    assert typed_code(code.lower()) == typed_code(code) == code


@pytest.mark.parametrize("typed", ["", "ABC", "ACDEFGH", "ACD0E", "ACD E", "ACD\0E", "ạCDE"])
def test_what_cannot_be_a_code_is_none(typed):
    assert typed_code(typed) == ""
