"""Finding the options in the lines of one Word question: on lines of their own, or several in one
line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizzes.importing.parsed import LETTERS
from quizzes.importing.word_lines import Line

_LABEL = r"(?P<open>[*(]{0,2}\s*)(?P<letter>[A-Ha-h])\s*\*?\s*[.)/:](?!\d{2,}/)\s*"
_AT_START = re.compile(r"^\s*" + _LABEL)
# A tab or two blanks is a column; one blank may be ordinary text ("khoản B. của").
_AFTER_COLUMN = re.compile(r"(?:\t\s*|\s{2,})" + _LABEL)
_AFTER_BLANK = re.compile(r"\s" + _LABEL.replace("A-Ha-h", "A-H"))


@dataclass(frozen=True, slots=True)
class Token:
    """One "B." in the text: from ``start`` the label, from ``text_start`` what follows it."""

    line: int
    start: int
    letter_at: int
    text_start: int
    letter: str
    at_line_start: bool
    is_certain: bool


@dataclass(slots=True)
class WordOption:
    """``label`` is the written letter with its formatting, ``pieces`` the option's lines."""

    letter: str
    label: Line
    pieces: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Splitting:
    """``problem`` is a remark code with the letter it is about, or None."""

    stem: list[Line]
    options: list[WordOption]
    problem: tuple[str, str] | None = None


def split_options(lines: Sequence[Line]) -> Splitting:
    """Columns first; single blanks only where that gives a gapless A, B, C … and columns do not."""
    strong = _choose(_tokens(lines, _AFTER_COLUMN, certain=True))
    if len(strong.accepted) >= 2 and strong.problem is None:
        hidden = _hidden_letter(lines, strong.accepted)
        problem = ("options_run_together", hidden) if hidden else None
        return _cut(lines, strong.accepted, problem)
    weak = _choose(_tokens(lines, _AFTER_BLANK, certain=False))
    if len(weak.accepted) >= 2 and weak.problem is None:
        return _cut(lines, weak.accepted, None)
    return _cut(lines, strong.accepted, strong.problem)


@dataclass(slots=True)
class _Choice:
    accepted: list[Token]
    problem: tuple[str, str] | None = None


def _tokens(lines: Sequence[Line], between: re.Pattern[str], *, certain: bool) -> list[Token]:
    """Labels in reading order, in one case only: capitals where there is a capital A."""
    found: list[Token] = []
    for index, line in enumerate(lines):
        matches = {m.start("letter"): (m, False) for m in between.finditer(line.text)}
        start = _AT_START.match(line.text)
        if start:
            matches[start.start("letter")] = (start, True)
        for letter_at, (match, at_start) in sorted(matches.items()):
            begin = match.start("open")
            found.append(
                Token(
                    index,
                    begin,
                    letter_at,
                    match.end(),
                    match["letter"],
                    at_start,
                    at_start or certain,
                )
            )
    capitals = any(token.letter == "A" for token in found)
    return [token for token in found if token.letter.isupper() == capitals]


def _choose(tokens: list[Token]) -> _Choice:
    choice = _Choice([])
    for token in tokens:
        index = LETTERS.index(token.letter.upper())
        expected = len(choice.accepted)
        if index == expected:
            choice.accepted.append(token)
        elif choice.accepted and choice.problem is None and _breaks_order(token, index - expected):
            code = "option_repeated" if index < expected else "option_skipped"
            letter = token.letter.upper() if index < expected else LETTERS[expected]
            choice.problem = (code, letter)
    return choice


def _breaks_order(token: Token, distance: int) -> bool:
    """A letter used again inside a line is text; a later one in a column means one was missed."""
    return token.at_line_start or (token.is_certain and distance > 0)


def _hidden_letter(lines: Sequence[Line], accepted: list[Token]) -> str:
    """The next letter, when the last option's line seems to hold one option more."""
    last = accepted[-1]
    if len(accepted) >= len(LETTERS):
        return ""
    following = LETTERS[len(accepted)]
    rest = lines[last.line].text[last.text_start :]
    found = any(m["letter"] == following for m in _AFTER_BLANK.finditer(rest))
    return following if found and last.letter.isupper() else ""


def _cut(lines: Sequence[Line], tokens: list[Token], problem: tuple[str, str] | None) -> Splitting:
    if not tokens:
        return Splitting([line for line in lines if not line.is_blank], [], problem)
    first = tokens[0]
    stem = [*lines[: first.line], lines[first.line].cut(0, first.start)]
    options = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        label = lines[token.line].cut(token.start, token.text_start)
        option = WordOption(token.letter.upper(), label)
        here = lines[token.line]
        if following is not None and following.line == token.line:
            option.pieces.append(here.cut(token.text_start, following.start, reach=token.start))
        else:
            option.pieces.append(here.cut(token.text_start, reach=token.start))
            end = len(lines) if following is None else following.line
            option.pieces += lines[token.line + 1 : end]
            if following is not None and following.start:
                option.pieces.append(lines[following.line].cut(0, following.start))
        option.pieces = [p for p in option.pieces if p.text.strip() or p.pictures]
        options.append(option)
    return Splitting([line for line in stem if not line.is_blank], options, problem)
