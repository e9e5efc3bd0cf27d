"""Codes of short links: read from a wall, typed with a thumb. Pure."""

import secrets
from typing import Final

# no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: 23 signs, 6.4 million codes of five
ALPHABET: Final = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH: Final = 5
CODE_MAX_LENGTH: Final = 6


def new_code(length: int = CODE_LENGTH) -> str:
    return "".join(secrets.choice(ALPHABET) for _position in range(length))


def typed_code(text: str) -> str:
    """The code as stored, from what a person typed; "" when it cannot be one."""
    code = text.upper()
    if not 4 <= len(code) <= CODE_MAX_LENGTH or any(sign not in ALPHABET for sign in code):
        return ""
    return code
