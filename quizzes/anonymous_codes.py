"""Codes that stand for a sheet without saying whose it is: "K7QF2-M9A3B".

A keyed permutation of 50-bit numbers (a Feistel network of four rounds, HMAC-SHA256 as its round
function; Luby and Rackoff 1988), so that nothing has to be stored, no two sheets share a code, and
the order of codes says nothing about the order of sheets.
"""

import hmac

_HALF_BITS = 25
_HALF = (1 << _HALF_BITS) - 1
_ROUNDS = 4
# Crockford's base 32: no I, L, O, U to be misread.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10
LIMIT = 1 << (2 * _HALF_BITS)


def encode(number: int, *, key: bytes) -> str:
    """Raises ValueError for a number that is negative or not below LIMIT."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"no code for {number}")
    left, right = number >> _HALF_BITS, number & _HALF
    for turn in range(_ROUNDS):
        left, right = right, left ^ _mix(right, turn, key)
    mixed = (left << _HALF_BITS) | right
    digits = "".join(_DIGITS[(mixed >> (5 * place)) & 31] for place in reversed(range(_LENGTH)))
    return f"{digits[:5]}-{digits[5:]}"


def decode(code: str, *, key: bytes) -> int | None:
    """The number, None for what is no code at all; any code in form is a number of something."""
    digits = code.upper().replace("-", "")
    if len(digits) != _LENGTH or any(digit not in _DIGITS for digit in digits):
        return None
    mixed = 0
    for digit in digits:
        mixed = mixed << 5 | _DIGITS.index(digit)
    left, right = mixed >> _HALF_BITS, mixed & _HALF
    for turn in reversed(range(_ROUNDS)):
        left, right = right ^ _mix(left, turn, key), left
    return (left << _HALF_BITS) | right


def _mix(half: int, turn: int, key: bytes) -> int:
    digest = hmac.digest(key, b"%d:%d" % (turn, half), "sha256")
    return int.from_bytes(digest[:4]) & _HALF
