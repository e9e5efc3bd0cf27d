"""Kinds of legal documents, and which one a number and a title speak of. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from core.vietnamese import fold


class Kind(StrEnum):
    LAW = "law"
    ORDINANCE = "ordinance"
    RESOLUTION = "resolution"
    DECREE = "decree"
    DECISION = "decision"
    CIRCULAR = "circular"
    JOINT_CIRCULAR = "joint_circular"
    DIRECTIVE = "directive"
    CONSOLIDATED = "consolidated"
    PLAN = "plan"
    OTHER = "other"


# The letters of a number ("118/2025/NĐ-CP"), folded.
SYMBOLS: dict[str, Kind] = {
    "pl": Kind.ORDINANCE,
    "nq": Kind.RESOLUTION,
    "nd": Kind.DECREE,
    "qd": Kind.DECISION,
    "tt": Kind.CIRCULAR,
    "ttlt": Kind.JOINT_CIRCULAR,
    "ct": Kind.DIRECTIVE,
    "vbhn": Kind.CONSOLIDATED,
    "kh": Kind.PLAN,
}
# The words people say for them, folded, the longer first.
NAMES: tuple[tuple[str, Kind], ...] = (
    ("van ban hop nhat", Kind.CONSOLIDATED),
    ("thong tu lien tich", Kind.JOINT_CIRCULAR),
    ("nghi quyet", Kind.RESOLUTION),
    ("nghi dinh", Kind.DECREE),
    ("quyet dinh", Kind.DECISION),
    ("thong tu", Kind.CIRCULAR),
    ("phap lenh", Kind.ORDINANCE),
    ("chi thi", Kind.DIRECTIVE),
    ("ke hoach", Kind.PLAN),
    ("bo luat", Kind.LAW),
    ("luat", Kind.LAW),
)
_OF_THE_ASSEMBLY = re.compile(r"(?:qh|ubtvqh)\d{1,2}")


def derive_kind(number: str, title: str) -> Kind:
    """The kind that the number's letters name; for the Assembly's numbers ("72/2025/QH15"), which
    say who and not what, the title decides."""
    letters = re.split(r"[^a-z0-9.]+", fold(number))
    for part in letters:
        if part in SYMBOLS:
            return SYMBOLS[part]
    if named := kind_named(title):
        return named
    return Kind.LAW if any(map(_OF_THE_ASSEMBLY.fullmatch, letters)) else Kind.OTHER


def kind_named(text: str) -> Kind | None:
    """The kind whose name the text begins with ("Luật Đất đai")."""
    folded = fold(text)
    return next(
        (kind for name, kind in NAMES if folded == name or folded.startswith(f"{name} ")), None
    )
