import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.anonymous_codes import LIMIT, decode, encode

KEY = b"khoa"
numbers = st.integers(0, LIMIT - 1)


@given(numbers)
def test_a_code_stands_for_one_number(number):
    code = encode(number, key=KEY)
    assert len(code) == 11
    assert decode(code, key=KEY) == number
    assert decode(code.lower().replace("-", ""), key=KEY) == number
    assert decode(code, key=b"khoa khac") != number or number == decode(code, key=KEY)


def test_neighbours_have_nothing_in_common():
    codes = [encode(number, key=KEY) for number in range(1000)]
    assert len(set(codes)) == 1000
    assert sorted(codes) != codes


@pytest.mark.parametrize("code", ["", "abc", "U" * 10, "K7QF2-M9A3", "K7QF2-M9A3B1", "é" * 10])
def test_what_is_no_code_is_none(code):
    assert decode(code, key=KEY) is None


@pytest.mark.parametrize("number", [-1, LIMIT])
def test_there_is_a_limit(number):
    with pytest.raises(ValueError, match="no code"):
        encode(number, key=KEY)
