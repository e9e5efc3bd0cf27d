"""A few words, compared folded: case, marks, spaces and a closing full stop do not matter.

content = {}; key = {"accepted": ["Hành chính công", …]}; choice = what was typed, on one line.
"""

from collections.abc import Sequence
from fractions import Fraction

from core.vietnamese import fold, nfc
from quizzes.kinds import typed
from quizzes.kinds.kind import BadChoice, Content, Json, Key, Problem, Shown, gettext_noop
from quizzes.kinds.lines import decoration_problems, listed, unique

MAX_CHARS = 300
MAX_ACCEPTED = 20


def accepted_texts(key: Key) -> tuple[str, ...]:
    return tuple(text for text in listed(key.get("accepted")) if isinstance(text, str))


def comparable(text: str) -> str:
    return fold(text).strip(" .;,")


def problems(content: Content, key: Key) -> list[str]:
    found = list(decoration_problems(content))
    if {"accepted", "answer", "key"} & content.keys():
        found.append(Problem.KEY_IN_CONTENT)
    accepted = key.get("accepted")
    if accepted is None or accepted == []:
        return [*found, Problem.NO_KEY]
    if not isinstance(accepted, list) or not all(isinstance(text, str) for text in accepted):
        return [*found, Problem.MALFORMED]
    folded = [comparable(text) for text in accepted]
    if not all(folded):
        found.append(Problem.EMPTY_TEXT)
    if len(set(folded)) < len(folded):
        found.append(Problem.DUPLICATE_TEXT)
    if len(accepted) > MAX_ACCEPTED or max(map(len, accepted)) > MAX_CHARS:
        found.append(Problem.TOO_LONG)
    return unique(found)


def clean_choice(content: Content, raw: Json) -> str:
    text = nfc(typed.clean_text(raw))
    if len(text) > MAX_CHARS:
        raise BadChoice(
            "too long", gettext_noop("Câu trả lời dài quá 300 ký tự. Hãy viết gọn lại.")
        )
    return text


def score_share(content: Content, key: Key, choice: Json) -> Fraction:
    said = comparable(choice) if isinstance(choice, str) else ""
    return Fraction(int(bool(said) and said in map(comparable, accepted_texts(key))))


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    return typed.shown(
        choice, MAX_CHARS, answers=accepted_texts(key) if key else (), has_key=key is not None
    )


def key_words(content: Content, order: Sequence[str], key: Key) -> tuple[str, ...]:
    return accepted_texts(key)


KIND = typed.typed_kind(
    code="short_text",
    label=gettext_noop("Trả lời ngắn"),
    rank=9,
    problems=problems,
    clean_choice=clean_choice,
    score_share=score_share,
    show=show,
    key_words=key_words,
)
