"""Numbers of legal documents: their parts, their address, and how people type them. Pure.

People write "118/2025", "nđ 118", "nghi dinh 118", "ND118", "118/2025/nd-cp", "nghị định số 118
năm 2025": all of them mean 118/2025/NĐ-CP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.vietnamese import fold
from legal.kinds import NAMES, SYMBOLS, Kind

_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)(?:/(\d{4}))?[/\-](.+)")
_TOKEN = re.compile(r"[a-z]+\d*|\d+(?:\.\d+)?", re.ASCII)
_GLUED = re.compile(r"([a-z]+)(\d{1,5})", re.ASCII)
_ASSEMBLY = re.compile(r"(?:qh|ubtvqh)\d{1,2}", re.ASCII)
# "Điều 8 Nghị định 118": the place within the document is not a part of its number
_PLACE = re.compile(r"\b(?:diem [a-z]|khoan \d+[a-z]?|dieu \d+[a-z]?)\b,?", re.ASCII)
_NOISE = frozenset({"so", "nam", "ngay"})
# who issued it, where it is written without a stroke: "nd cp 118", "qd ttg 468"
_ISSUERS = frozenset({"cp", "ttg", "tw", "vpcp", "ubnd", "hdnd", "ubtvqh"})
_FIRST_YEAR, _LAST_YEAR = 1945, 2100


@dataclass(frozen=True, slots=True)
class NumberParts:
    """``118/2025/NĐ-CP`` → "118", 2025, "nd-cp". ``number`` without leading zeros; "" and None for
    what the number does not have; ``symbol`` folded, its strokes as "-"."""

    number: str
    year: int | None
    symbol: str


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """What somebody typed, as far as it speaks of a number. ``words`` (folded) are the rest.

    ``year`` None and ``number`` that could be a year ("nghị định 2025"): either may be meant.
    """

    number: str
    year: int | None = None
    kind: Kind | None = None
    symbols: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def may_be_year(self) -> bool:
        return self.year is None and _is_year(self.number)


def split_number(number: str) -> NumberParts:
    found = _NUMBER.fullmatch(fold(number).replace(" ", ""))
    if not found:
        return NumberParts("", None, _symbol(fold(number)))
    year = int(found[2]) if found[2] else None
    return NumberParts(_bare(found[1]), year, _symbol(found[3]))


def slug_of(number: str) -> str:
    """``118/2025/NĐ-CP`` → ``118-2025-nd-cp``. "" when nothing of it can stand in an address."""
    return re.sub(r"[^a-z0-9]+", "-", fold(number)).strip("-")


def number_key(number: str) -> str:
    """The number without case, marks and spaces: ``118/2025/NĐ – CP`` → ``118/2025/nd-cp``."""
    return re.sub("[‐-―−]", "-", "".join(fold(number).split()))


def article_anchor(number: str) -> str:
    """``8a`` → ``dieu-8a``."""
    return f"dieu-{slug_of(number)}"


def read_query(text: str) -> NumberQuery | None:
    """None when the text names no number: it is words to look for."""
    folded = _PLACE.sub(" ", re.sub("[‐-―−]", "-", fold(text)))
    for name, kind in NAMES:
        folded = re.sub(rf"\b{name}\b", _SHORT[kind], folded)
    reader = _Reader()
    before = 0
    for found in _TOKEN.finditer(folded):
        reader.take(found[0], joint=folded[before : found.start()].strip())
        before = found.end()
    return reader.query()


class _Reader:
    """Takes the tokens from left to right, each with what stands between it and the one before."""

    def __init__(self) -> None:
        self.number = ""
        self.year: int | None = None
        self.kind: Kind | None = None
        self.symbols: list[str] = []
        self.words: list[str] = []
        # the number stands alone so far: it counts only if something says that it is one
        self.is_certain = False
        self.last = ""

    def take(self, token: str, *, joint: str) -> None:
        glued = _GLUED.fullmatch(token)
        if glued and glued[1] in _KINDS and not self.number:
            self._take_kind(glued[1])
            self.last = glued[1]
            self._take_number(glued[2], joint="")
        elif token[0].isdigit():
            self._take_number(token, joint=joint)
        elif token in _KINDS and self.kind in {None, _KINDS[token]}:
            self._take_kind(token)
        elif _ASSEMBLY.fullmatch(token) or self._is_symbol(token, joint):
            self.symbols.append(token)
            self.is_certain = self.is_certain or bool(self.number)
        elif token not in _NOISE:
            self.words.append(token)
        self.last = token

    def query(self) -> NumberQuery | None:
        is_alone = not self.words and not _is_year(self.number)
        if not self.number or not (self.is_certain or is_alone):
            return None
        return NumberQuery(
            self.number, self.year, self.kind, tuple(self.symbols), tuple(self.words)
        )

    def _take_kind(self, token: str) -> None:
        self.kind = _KINDS[token]
        self.is_certain = self.is_certain or bool(self.number)

    def _take_number(self, token: str, *, joint: str) -> None:
        whole, _, rest = token.partition(".")
        is_joined = joint in {"", "/", "-"} or self.last == "nam"
        if not self.number:
            if _is_year(rest):  # "118.2025"
                self.number, self.year, self.is_certain = _bare(whole), int(rest), True
                return
            self.number = _bare(token)
            self.is_certain = self.last == "so" or self.last in _KINDS
        elif self.year is None and _is_year(token) and (is_joined or self.is_certain):
            self.year, self.is_certain = int(token), True
        else:
            self.words.append(token)

    def _is_symbol(self, token: str, joint: str) -> bool:
        follows = self.last in _KINDS or self.last in self.symbols
        return (follows and joint in {"-", "/"}) or (
            token in _ISSUERS and (follows or bool(self.number))
        )


_SHORT = {kind: symbol for symbol, kind in SYMBOLS.items()} | {Kind.LAW: "luat"}
_KINDS = SYMBOLS | {"luat": Kind.LAW}


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _bare(number: str) -> str:
    return number.lstrip("0") or "0"


def _symbol(text: str) -> str:
    return slug_of(text)
