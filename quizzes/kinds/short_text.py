"""A few words, compared folded: case, marks, spaces and a closing full stop do not matter.

content = {}; key = {"accepted": ["Hành chính công", …]}; choice = what was typed, on one line.
"""

from collections.abc import Sequence
from fractions import Fraction

from core.vietnamese import fold, nfc
from quizzes.kinds import typed
from quizzes.kinds.kind import BadChoice, Content, Json, Key, Kind, Problem, Shown, gettext_noop
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


def choice_at(content: Content, order: Sequence[str], sent: Json) -> str:
    return clean_choice(content, typed.typed(sent))


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    return typed.shown(
        choice, MAX_CHARS, answers=accepted_texts(key) if key else (), has_key=key is not None
    )


def key_words(content: Content, order: Sequence[str], key: Key) -> tuple[str, ...]:
    return accepted_texts(key)


KIND = Kind(
    code="short_text",
    label=gettext_noop("Trả lời ngắn"),
    rank=9,
    look="typed",
    problems=problems,
    clean_choice=clean_choice,
    score_share=score_share,
    option_ids=typed.nothing_to_shuffle,
    option_texts=typed.nothing_to_shuffle,
    field_count=typed.one_field,
    choice_at=choice_at,
    sent_of=typed.sent_of,
    show=show,
    words=typed.words,
    key_words=key_words,
)
