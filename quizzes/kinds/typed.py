"""What the kinds answered by typing share: one field, nothing to shuffle; "" = not answered."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from quizzes.kinds import lines
from quizzes.kinds.kind import BadChoice, Content, Json, Key, Kind, Shown

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


def typed_kind(
    *,
    code: str,
    label: str,
    rank: int,
    problems: Callable[[Content, Key], list[str]],
    clean_choice: Callable[[Content, Json], Json],
    score_share: Callable[[Content, Key, Json], Fraction],
    show: Callable[[Content, Sequence[str], Json, Key | None], Shown],
    key_words: Callable[[Content, Sequence[str], Key], tuple[str, ...]],
    look: str = "typed",
) -> Kind:
    """A kind whose choice is the text as typed; `dataclasses.replace` says what is different."""

    def choice_at(content: Content, order: Sequence[str], sent: Json) -> Json:
        return clean_choice(content, typed(sent))

    return Kind(
        code=code,
        label=label,
        rank=rank,
        look=look,
        problems=problems,
        clean_choice=clean_choice,
        score_share=score_share,
        option_ids=nothing_to_shuffle,
        option_texts=nothing_to_shuffle,
        field_count=one_field,
        choice_at=choice_at,
        sent_of=sent_of,
        show=show,
        words=words,
        key_words=key_words,
    )


def sent_of(content: Content, order: Sequence[str], choice: Json) -> list[Json]:
    return [choice if isinstance(choice, str) and choice else None]


def words(content: Content, order: Sequence[str], choice: Json) -> tuple[str, ...]:
    return (choice,) if isinstance(choice, str) and choice else ()


def shown(choice: Json, limit: int, **more: object) -> Shown:
    value = choice if isinstance(choice, str) else ""
    return replace(Shown(value=value, limit=limit), **more)  # type: ignore[arg-type]
