"""Text typed for fonts from before Unicode: which cells, and what they would read as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.sheets import Cell
from core.vietnamese import LegacyEncoding, convert_legacy, detect_legacy_encoding
from people.importing.problems import Field

_TEXT_FIELDS = (
    Field.FULL_NAME,
    Field.FAMILY_NAMES,
    Field.GIVEN_NAME,
    Field.JOB_TITLE,
    Field.UNIT,
    Field.NOTE,
)


@dataclass(frozen=True, slots=True)
class OldFonts:
    """What the whole sheet says: a short cell alone ("Hoàng") can be right in Unicode and in VNI.

    `mixed` is true when other cells have letters that only Unicode has.
    """

    encoding: LegacyEncoding | None
    mixed: bool

    def encoding_of(self, text: str) -> LegacyEncoding | None:
        if text.isascii() or _only_unicode(text):
            return None
        if self.encoding and not self.mixed:
            return self.encoding if convert_legacy(text, self.encoding) != text else None
        return detect_legacy_encoding(text)


def survey(rows: Iterable[Mapping[Field, Cell]]) -> OldFonts:
    suspects: list[str] = []
    mixed = False
    for cells in rows:
        for key in _TEXT_FIELDS:
            text = cells.get(key)
            if isinstance(text, str) and not text.isascii():
                if _only_unicode(text):
                    mixed = True
                else:
                    suspects.append(text)
    encoding = detect_legacy_encoding(" ".join(suspects)) if suspects else None
    return OldFonts(encoding, mixed)


def converted_cells(
    fonts: OldFonts, cells: Mapping[Field, Cell]
) -> dict[Field, tuple[LegacyEncoding, str]]:
    """The cells in an old font, each with its encoding and how it would read."""
    found: dict[Field, tuple[LegacyEncoding, str]] = {}
    for key in _TEXT_FIELDS:
        text = cells.get(key)
        if isinstance(text, str) and text and (encoding := fonts.encoding_of(text)):
            found[key] = encoding, convert_legacy(text, encoding)
    return found


def _only_unicode(text: str) -> bool:
    return any(char > "\xff" and char.isalpha() for char in text)
