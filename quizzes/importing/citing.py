"""What the words of a legal basis point at."""

from __future__ import annotations

import re
from collections.abc import Mapping

from legal.loading import find_cited
from legal.models import Instrument

_ARTICLE = re.compile(
    r"(?:điểm\s+\w{1,2},?\s+)?(?:khoản\s+\d{1,3}[a-zđ]?,?\s+)?điều\s+\d{1,4}[a-zđ]?", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,5}/\d{4}/[\w-]+|\d{1,5}/[A-ZĐ]{2,}-[\w-]+")


def known_instruments() -> dict[str, Instrument]:
    """Every instrument by number, one statement."""
    return {instrument.number: instrument for instrument in Instrument.objects.all()}


def cite(legal_basis: str, known: Mapping[str, Instrument]) -> tuple[Instrument | None, str]:
    """The instrument whose number stands in the text, and the article as written ("" when none)."""
    article = _ARTICLE.search(legal_basis)
    return find_cited(legal_basis, dict(known)), article[0] if article else ""


def names_an_instrument(legal_basis: str) -> bool:
    return bool(_NUMBER.search(legal_basis))
