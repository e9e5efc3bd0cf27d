"""Which procedure a person means. Pure: folded texts in, keys out, best first.

A procedure must have at least half of the words that say something ("tôi muốn … thì cần gì" says
nothing), one of them in its names: what only its text mentions is not what it is about. Words that
many procedures share ("đăng ký", "giấy") weigh little, words that few share
weigh much (inverse document frequency), two words that stand together in a name weigh more than
apart, and a word that no name has is read as the nearest one, a slip of a finger away.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from core.vietnamese import fold

EXACT_NAME, PREFIX_NAME, MISTYPED_NAME, BODY = 3.0, 2.0, 1.5, 0.6
PAIR, PHRASE = 2.0, 6.0
# Of the best score: what is below has only common words with the question.
WORTH_SHOWING: Final = 0.4
MIN_CODE_DIGITS: Final = 4
MIN_MISTYPED_LENGTH: Final = 4
MAX_WORDS: Final = 20
NEEDED_SHARE: Final = 0.5
# Words of a sentence around the thing that is wanted.
_AROUND: Final = (
    "toi minh em anh chi ong ba muon can thi gi cho cua la va o dau nhu the nao xin hoi duoc khong "
    "co de di phai lam ve voi khi ra bi nguoi mot cac nhung thu tuc"
)
_CODE: Final = re.compile(r"[0-9.]+(?:\.h[0-9]+)?", re.ASCII)
SAYING_NOTHING: Final = frozenset(_AROUND.split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """`name_key`: folded names and everyday words, one a line; `body_key`: folded everything."""

    pk: int
    code: str
    name_key: str
    body_key: str


def rank(text: str, candidates: Sequence[Candidate]) -> list[int]:
    """Keys of the procedures that `text` may mean. A text that is nothing but a code, or a part of
    one, means that one."""
    typed = re.sub(r"\s", "", text).casefold()
    if _CODE.fullmatch(typed) and len(re.sub(r"\D", "", typed)) >= MIN_CODE_DIGITS:
        by_code = [c.pk for c in candidates if _is_code_of(typed, c.code.casefold())]
        if by_code:
            return by_code
    words = words_of(text)[:MAX_WORDS]
    if not words:
        return []
    names = {c.pk: set(words_of(c.name_key)) for c in candidates}
    known = set().union(*names.values()) if names else set()
    weights = _weights(names.values())
    asked = [_spelled(word, known) for word in words]
    scored = [(_score(asked, c, names[c.pk], weights), c.pk) for c in candidates]
    best = max((score for score, _pk in scored), default=0)
    worth = [(score, pk) for score, pk in scored if score > 0 and score >= WORTH_SHOWING * best]
    return [pk for _score, pk in sorted(worth, key=lambda item: -item[0])]


def _is_code_of(typed: str, code: str) -> bool:
    """`typed` may be a part of the code, or the code with the province's tail behind it. Digits of
    two groups count together only in the whole code: "1000" is not in "1.000689"."""
    if not code:
        return False
    if "." in typed:
        return typed in code or typed.startswith(f"{code}.")
    return any(typed in group for group in code.split(".")) or typed == code.replace(".", "")


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _weights(names: Iterable[set[str]]) -> dict[str, float]:
    listed = list(names)
    held = Counter(word for words in listed for word in words)
    return {word: log(1 + len(listed) / count) for word, count in held.items()}


def _spelled(word: str, known: set[str]) -> tuple[str, float]:
    """The word as names have it, and what a hit of it is worth."""
    if word in known:
        return word, EXACT_NAME
    if len(word) >= 2:
        longer = sorted(other for other in known if other.startswith(word))
        if longer:
            return min(longer, key=len), PREFIX_NAME
    if len(word) >= MIN_MISTYPED_LENGTH and word.isalpha():
        near = sorted(other for other in known if is_one_slip(word, other))
        if near:
            return near[0], MISTYPED_NAME
    return word, 0.0


def _score(
    asked: list[tuple[str, float]], candidate: Candidate, name: set[str], weights: dict[str, float]
) -> float:
    score = 0.0
    body = (
        set(words_of(candidate.body_key)) if any(word not in name for word, _w in asked) else name
    )
    hits: set[str] = set()
    body_hits: set[str] = set()
    for word, worth in asked:
        if worth and word in name:
            score += worth * weights[word]
            hits.add(word)
        elif word in body:
            score += BODY
            hits.add(word)
            body_hits.add(word)
    wanted = {word for word, _worth in asked}
    telling = wanted - SAYING_NOTHING or wanted
    named = (hits - body_hits) & telling
    # Without marks half of two words is chance: "sổ đỏ" has a word of "sơ yếu lý lịch".
    needed = NEEDED_SHARE * len(telling)
    if len(telling) == 2:
        needed = max(needed, len({word for word, worth in asked if worth} & telling))
    if not named or len(hits & telling) < needed:
        return 0.0
    lines = [f" {line} " for line in candidate.name_key.split("\n")]
    spelled = [word for word, _worth in asked]
    for first, second in pairwise(spelled):
        if any(f" {first} {second} " in line for line in lines):
            score += PAIR * (weights.get(first, 1) + weights.get(second, 1)) / 2
    whole = " ".join(spelled)
    if any(f" {whole} " in line for line in lines):
        score += PHRASE
    if any(line.strip() == whole for line in lines):
        score += PHRASE
    return score


def is_one_slip(word: str, other: str) -> bool:
    """Whether one letter more, less, other, or two letters swapped makes the words the same."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    rest, others = word[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (len(rest) > 1 and rest[:2] == others[1::-1] and rest[2:] == others[2:])
    )
