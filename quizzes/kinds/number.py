"""A number, right within a tolerance.

content = {"unit": "ngày"} or {}; key = {"value": "15.5", "tolerance": "0.5"}; choice = "15.5".
Numbers are decimal strings with a point, exact as written; people type and read a comma.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from core.vietnamese import parse_decimal
from quizzes.kinds import typed
from quizzes.kinds.kind import BadChoice, Content, Json, Key, Problem, Shown, gettext_noop
from quizzes.kinds.lines import decoration_problems, unique

MAX_CHARS = 24
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_HINT = gettext_noop("Hãy nhập một số, ví dụ 15 hoặc 15,5.")


def number_in(value: Json) -> Decimal | None:
    """The number of a decimal string, None for anything else."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return None


def problems(content: Content, key: Key) -> list[str]:
    found = list(decoration_problems(content))
    if {"value", "tolerance", "answer", "key"} & content.keys():
        found.append(Problem.KEY_IN_CONTENT)
    if not isinstance(content.get("unit", ""), str):
        found.append(Problem.MALFORMED)
    tolerance = number_in(key.get("tolerance", "0"))
    if key.get("value") is None:
        found.append(Problem.NO_KEY)
    elif number_in(key.get("value")) is None or tolerance is None or tolerance < 0:
        found.append(Problem.BAD_NUMBER)
    return unique(found)


def clean_choice(content: Content, raw: Json) -> str:
    text = typed.clean_text(raw)
    if not text:
        return ""
    number = number_in(text)
    if number is None:
        raise BadChoice("not a number", _HINT)
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def score_share(content: Content, key: Key, choice: Json) -> Fraction:
    value, said = number_in(key.get("value")), number_in(choice)
    tolerance = number_in(key.get("tolerance", "0"))
    if value is None or said is None or tolerance is None:
        return Fraction(0)
    return Fraction(int(abs(said - value) <= tolerance))


def choice_at(content: Content, order: Sequence[str], sent: Json) -> str:
    """What a person typed: "15,5", "15.5" and "1.200" (= 1200) as Vietnamese offices write them."""
    text = typed.typed(sent).strip()
    if not text:
        return ""
    try:
        return clean_choice(content, _plain(parse_decimal(text[: MAX_CHARS + 1])))
    except ValueError:
        raise BadChoice("not a number", _HINT) from None


def sent_of(content: Content, order: Sequence[str], choice: Json) -> list[Json]:
    return [in_vietnamese(choice) or None]


def in_vietnamese(value: Json) -> str:
    """ "15.5" → "15,5"."""
    return value.replace(".", ",") if isinstance(value, str) else ""


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    return typed.shown(
        in_vietnamese(choice),
        MAX_CHARS,
        unit=_unit(content),
        answers=key_words(content, order, key) if key else (),
        has_key=key is not None,
    )


def _unit(content: Content) -> str:
    unit = content.get("unit")
    return unit if isinstance(unit, str) else ""


def words(content: Content, order: Sequence[str], choice: Json) -> tuple[str, ...]:
    return (f"{in_vietnamese(choice)} {_unit(content)}".strip(),) if choice else ()


def key_words(content: Content, order: Sequence[str], key: Key) -> tuple[str, ...]:
    tolerance = number_in(key.get("tolerance", "0"))
    within = f" ± {in_vietnamese(_plain(tolerance))}" if tolerance else ""
    value = in_vietnamese(key.get("value"))
    return (f"{value}{within} {_unit(content)}".strip(),) if value else ()


KIND = replace(
    typed.typed_kind(
        code="number",
        label=gettext_noop("Điền số"),
        rank=8,
        problems=problems,
        clean_choice=clean_choice,
        score_share=score_share,
        show=show,
        key_words=key_words,
    ),
    note=gettext_noop("nhập một số, ví dụ 15 hoặc 15,5"),
    choice_at=choice_at,
    sent_of=sent_of,
    words=words,
)
