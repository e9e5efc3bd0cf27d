"""What the kinds answered by typing share: one field, nothing to shuffle; "" = not answered."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from quizzes.kinds import lines
from quizzes.kinds.kind import BadChoice, Content, Json, Shown

_KEPT_CONTROLS = "\n\t"


def one_field(content: Content) -> int:
    return 1


def nothing_to_shuffle(content: Content) -> tuple[str, ...]:
    return ()


def typed(sent: Json) -> str:
    """The text of the one field out of an untrusted value. Raises BadChoice."""
    return lines.fields(sent, 1)[0] or ""


def clean_text(raw: Json) -> str:
    """NFC, lines split by "\\n", without other control characters, stripped. Raises BadChoice."""
    if raw is None or raw == []:
        return ""
    if not isinstance(raw, str):
        raise BadChoice("a choice is a text")
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (char for char in text if char in _KEPT_CONTROLS or not _is_control(char))
    return "".join(kept).strip()


def _is_control(char: str) -> bool:
    """Controls, zero-width formats and lone surrogates, which no database takes."""
    return unicodedata.category(char).startswith("C")


def sent_of(content: Content, order: Sequence[str], choice: Json) -> list[Json]:
    return [choice if isinstance(choice, str) and choice else None]


def words(content: Content, order: Sequence[str], choice: Json) -> tuple[str, ...]:
    return (choice,) if isinstance(choice, str) and choice else ()


def shown(choice: Json, limit: int, **more: object) -> Shown:
    value = choice if isinstance(choice, str) else ""
    return replace(Shown(value=value, limit=limit), **more)  # type: ignore[arg-type]
