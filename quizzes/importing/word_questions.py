"""From the lines of one Word question to a draft: stem, options, marks, and the named lines after
them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizzes.importing.checking import difficulty_in, letters
from quizzes.importing.emphasis import clean_lines, text_marks
from quizzes.importing.key_marks import has_star, marked_options
from quizzes.importing.option_lines import Splitting, WordOption, split_options
from quizzes.importing.outline import RawQuestion
from quizzes.importing.parsed import (
    LETTERS,
    Draft,
    Field,
    KeyClaim,
    KeySource,
    Kind,
    Severity,
)
from quizzes.importing.plain import clean, letters_in, sameness, truth_in
from quizzes.importing.word_kinds import (
    FREE_KINDS,
    SHAPED_KINDS,
    Statement,
    Written,
    cut_truth,
    joined,
    truth_claim,
)
from quizzes.importing.word_lines import Line, Mark, PlacedPicture, join_lines

_ANSWER = re.compile(
    r"\s*[*=>→\s]*(?:đáp\s*án(?:\s+đúng)?|đ/a|phương án đúng|key|answer|trả lời)"
    r"(?:\s+(?:là|đúng là))?\s*[:.\-–—]?\s*(?P<answer>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ANSWER_CERTAIN = re.compile(
    r"\s*[*=>→\s]*(?:đáp\s*án|đ/a|phương án đúng|key|answer|trả lời)[^:]{0,12}:", re.IGNORECASE
)
_NAMED = (
    (
        "explanation",
        re.compile(
            r"\s*(?:lời giải(?: chi tiết)?|giải thích|hướng dẫn(?: giải| trả lời| chấm)?|gợi "
            r"ý)\s*(?:[:.]|$)\s*",
            re.IGNORECASE,
        ),
    ),
    (
        "legal_basis",
        re.compile(
            r"\s*(?:căn cứ(?: pháp lý)?|cơ sở pháp lý|trích dẫn|nguồn)\s*:\s*", re.IGNORECASE
        ),
    ),
    (
        "valid_until",
        re.compile(
            r"\s*(?:(?:ngày )?hết hiệu lực|(?:có )?(?:giá trị|hiệu lực) đến|(?:đáp án )?đúng đến)"
            r"(?: hết)?(?: ngày)?\s*:\s*",
            re.IGNORECASE,
        ),
    ),
    ("topic", re.compile(r"\s*(?:chuyên đề|chủ đề|lĩnh vực)\s*:\s*", re.IGNORECASE)),
    ("difficulty", re.compile(r"\s*(?:mức độ|độ khó)\s*:\s*", re.IGNORECASE)),
    # As our own export writes them (`word_own`), should its styles be lost.
    ("rule", re.compile(r"\s*cách (?:tính điểm|chấm)\s*:\s*", re.IGNORECASE)),
    ("max_words", re.compile(r"\s*số từ tối đa\s*:\s*", re.IGNORECASE)),
    ("media", re.compile(r"\s*tệp tình huống\s*:\s*", re.IGNORECASE)),
)
_OF_WRITTEN = frozenset({"rule", "max_words", "media"})
_REASON_INSIDE = re.compile(r"(?<=[\w.;])\s+(?=(?:lời giải|giải thích|căn cứ)\s*:)", re.IGNORECASE)
_STRIKE = int(Mark.STRIKE)
_REFUSED_OBJECTS = ("formula", "shape", "embedded_object", "inserted_file")
_LOST_OBJECTS = ("symbol", "footnote")


@dataclass(frozen=True, slots=True)
class WordQuestion:
    """``pictures`` by part, as in ``ParsedQuestion``, not yet decoded."""

    draft: Draft
    pictures: dict[str, tuple[PlacedPicture, ...]]
    written: Written = field(default_factory=Written)


def draft_question(raw: RawQuestion) -> WordQuestion:
    """Everything but the answer key of the file, which comes after the last question."""
    draft = Draft(number=str(raw.number), row=raw.number, topic=raw.topic)
    if raw.side and difficulty_in(raw.side):
        draft.difficulty = raw.side
    refuse_objects(draft, raw.lines)
    written = Written()
    content, answers = _sort_lines(
        draft, written, raw.lines, keeps_answer=raw.declared is Kind.ESSAY
    )
    splitting = split_options(content)
    if raw.declared in FREE_KINDS:
        splitting = _unsplit(draft, raw.declared, content, splitting)
    pictures = {"stem": _pictures_of(splitting.stem)}
    draft.stem = join_lines(splitting.stem)  # as written: `settle` cleans it, and knows old fonts
    _take_marks(draft, "stem", *clean_lines(splitting.stem))
    if splitting.problem is not None:
        code, letter = splitting.problem
        draft.remark(Field.OPTIONS, code, letter=letter)
    question = WordQuestion(draft, pictures, written)
    draft.declared = _declared(raw, splitting.options)
    if draft.declared is Kind.STATEMENTS:
        _take_statements(draft, raw.statements, splitting.options, pictures)
    else:
        _take_options(draft, splitting.options, pictures)
    for answer in answers:
        if draft.declared in SHAPED_KINDS:
            question.written.add(KeySource.LINE, answer)
        else:
            _take_answer(draft, answer)
    return question


def _declared(raw: RawQuestion, options: Sequence[WordOption]) -> Kind | None:
    """The kind that the file names. A part "ĐÚNG/SAI" holds single statements and groups."""
    if raw.statements:
        return Kind.STATEMENTS
    small = bool(options) and "".join(_letters_written(options)).islower()
    judged = len(options) >= 2 and small and all(_truth_of(o) is not None for o in options)
    if judged or (raw.declared is Kind.STATEMENTS and options and not _are_truths(options)):
        return Kind.STATEMENTS
    return None if raw.declared is Kind.STATEMENTS else raw.declared


def _letters_written(options: Sequence[WordOption]) -> list[str]:
    return [char for option in options for char in option.label.text if char.isalpha()]


def _are_truths(options: Sequence[WordOption]) -> bool:
    """ "A. Đúng  B. Sai": a single statement with its two options."""
    return all(truth_in(join_lines(option.pieces)) is not None for option in options)


def _truth_of(option: WordOption) -> bool | None:
    if not option.pieces:
        return None
    at_start, at_end = cut_truth(option.pieces[0]).truth, cut_truth(option.pieces[-1]).truth
    return at_start if at_start is not None else at_end


def _unsplit(
    draft: Draft, kind: Kind | None, content: Sequence[Line], splitting: Splitting
) -> Splitting:
    """A question to be answered in writing has no options: "a) … b) …" is part of it, while
    capital letters on lines of their own contradict its name."""
    letters_written = _letters_written(splitting.options)
    if len(letters_written) >= 2 and "".join(letters_written).isupper():
        draft.remark(Field.KIND, "kind_has_options", kind=str(kind))
    return Splitting([line for line in content if not line.is_blank], [])


def _take_statements(
    draft: Draft,
    table: Sequence[Statement],
    options: Sequence[WordOption],
    pictures: dict[str, tuple[PlacedPicture, ...]],
) -> None:
    statements = list(table)
    for option in options:
        pieces = list(option.pieces) or [Line("", (), 0)]
        place = 0 if cut_truth(pieces[0]).truth is not None else -1
        judged = cut_truth(pieces[place])
        pieces[place] = judged.line
        statements.append(Statement(joined(pieces), judged.truth))
    for index, statement in enumerate(statements):
        part = option_part(index)
        shown, flags = clean_lines([statement.line])
        draft.options.append(statement.line.text)
        _take_marks(draft, part, shown, flags)
        pictures[part] = statement.line.pictures
    truths = [statement.truth for statement in statements]
    source = KeySource.COLUMN if table else KeySource.LINE
    truth_claim(draft, truths, source, count=len(statements))
    draft.claims += marked_options(options).claims


def refuse_objects(draft: Draft, lines: Sequence[Line]) -> None:
    held = set().union(*(line.objects for line in lines)) if lines else set()
    for code in _REFUSED_OBJECTS:
        if code in held:
            draft.remark(Field.QUESTION, code)
    for code in _LOST_OBJECTS:
        if code in held:
            draft.remark(Field.QUESTION, code, severity=Severity.WARNING)
    if any(marks & _STRIKE for line in lines for marks in line.marks):
        draft.remark(Field.QUESTION, "struck_text", severity=Severity.WARNING)


def _sort_lines(
    draft: Draft, written: Written, lines: Sequence[Line], *, keeps_answer: bool = False
) -> tuple[list[Line], list[str]]:
    """Lines of stem and options, and the texts of "Đáp án: …" lines; others fill ``draft`` and
    ``written``.
    ``keeps_answer``: an answer goes on until another named line."""
    content: list[Line] = []
    answers: list[str] = []
    mode = ""
    for line in _apart(lines):
        named = next(((n, m) for n, p in _NAMED if (m := p.match(line.text))), None)
        if named is not None and (content or named[0] != "explanation"):
            mode = named[0]
            holder = written if mode in _OF_WRITTEN else draft
            _append(holder, mode, line.text[named[1].end() :])
        elif content and (answer := _answer_in(line.text)) is not None:
            mode = "answer" if not answer or keeps_answer else ""
            if answer:
                answers.append(answer)
        elif mode == "answer":
            answers.append(line.text)
            mode = "answer" if keeps_answer else ""
        elif mode in {"explanation", "legal_basis"}:
            _append(draft, mode, line.text)
        else:
            content.append(line)
            continue
        if line.pictures:
            draft.remark(Field.EXPLANATION, "picture_in_reason", severity=Severity.WARNING)
    return content, answers


def _apart(lines: Sequence[Line]) -> list[Line]:
    """ "Đáp án: C. Giải thích: …" on one line is two lines."""
    apart: list[Line] = []
    for line in lines:
        match = _REASON_INSIDE.search(line.text) if _answer_in(line.text) is not None else None
        if match:
            apart += [line.cut(0, match.start()), line.cut(match.end())]
        else:
            apart.append(line)
    return apart


def _answer_in(text: str) -> str | None:
    """What an answer line says; a sentence that only begins with "Đáp án" is none."""
    match = _ANSWER.fullmatch(text)
    if match is None:
        return None
    answer = match["answer"].strip()
    if (
        _ANSWER_CERTAIN.match(text)
        or letters_in(answer) is not None
        or truth_in(answer) is not None
    ):
        return answer
    return None


def _append(holder: Draft | Written, name: str, text: str) -> None:
    setattr(holder, name, f"{getattr(holder, name)}\n{text}".strip())


def _pictures_of(lines: Sequence[Line]) -> tuple[PlacedPicture, ...]:
    return tuple(picture for line in lines for picture in line.pictures)


def _take_options(
    draft: Draft,
    options: Sequence[WordOption],
    pictures: dict[str, tuple[PlacedPicture, ...]],
) -> None:
    marked = marked_options(options)
    draft.claims += marked.claims
    draft.partly_marked = marked.partly
    starred = any(claim.source is KeySource.STAR for claim in marked.claims)
    for index, option in enumerate(options):
        part = option_part(index)
        text = join_lines(option.pieces).strip()
        shown, flags = clean_lines(option.pieces)
        if starred and has_star(option):
            text, kept = text.strip("* "), shown.strip("* ")
            first = shown.find(kept)
            shown, flags = kept, flags[first : first + len(kept)]
        draft.options.append(text)
        _take_marks(draft, part, shown, flags)
        pictures[part] = _pictures_of(option.pieces)
        if not text and pictures[part]:
            draft.remark(Field.OPTIONS, "option_picture_only", letter=option.letter)
    if options:
        _check_end(draft, options[-1])


def _take_marks(draft: Draft, part: str, text: str, flags: Sequence[int]) -> None:
    marks = text_marks(text, flags, is_stem=part == "stem")
    if marks:
        draft.marks[part] = marks


def option_part(index: int) -> str:
    return LETTERS[index].lower() if index < len(LETTERS) else str(index + 1)


def _check_end(draft: Draft, last: WordOption) -> None:
    """Lines after the last option may belong to it, or to nothing of this question."""
    later = last.pieces[1:]
    if any(not piece.text.strip() for piece in later) and draft.options[-1]:
        draft.remark(Field.OPTIONS, "picture_misplaced")
    texts = [piece for piece in later if piece.text.strip()]
    if texts:
        text = clean(texts[-1].text)[:80]
        draft.remark(Field.OPTIONS, "option_continues", severity=Severity.WARNING, text=text)


_LETTER_AND_TEXT = re.compile(r"(?P<letter>[A-H])\s*[.):/–-]\s*(?P<text>\S.*)", re.DOTALL)


def _take_answer(draft: Draft, answer: str) -> None:
    """ "C", "A, C", "C. the option's own text", or the text alone; anything else is an error."""
    indices = letters_in(answer)
    if indices is not None:
        draft.claims.append(KeyClaim(KeySource.LINE, indices))
        return
    if not draft.options and (truth := truth_in(answer)) is not None:
        take_truth(draft, truth, KeySource.LINE)
        return
    with_text = _LETTER_AND_TEXT.fullmatch(answer)
    same = [i for i, option in enumerate(draft.options) if sameness(option) == sameness(answer)]
    if not same and (truth := truth_in(answer)) is not None:
        same = [i for i, option in enumerate(draft.options) if truth_in(option) is truth]
    if len(same) == 1:
        draft.claims.append(KeyClaim(KeySource.LINE, (same[0],)))
    elif not draft.options:
        draft.remark(Field.KIND, "kind_unsaid", value=clean(answer)[:60])
    elif with_text is None:
        draft.remark(Field.KEY, "key_unreadable", value=clean(answer)[:60])
    else:
        index = ord(with_text["letter"]) - ord("A")
        option = draft.options[index] if index < len(draft.options) else None
        if option is not None and sameness(option) == sameness(with_text["text"]):
            draft.claims.append(KeyClaim(KeySource.LINE, (index,)))
        elif option is None:
            draft.claims.append(KeyClaim(KeySource.LINE, (index,)))  # settled as outside
        else:
            draft.remark(Field.KEY, "key_text_differs", letter=letters((index,)))


def take_truth(draft: Draft, truth: bool, source: KeySource) -> None:
    """A statement to be judged: it has no options of its own."""
    draft.options = ["Đúng", "Sai"]
    draft.declared = Kind.TRUE_FALSE
    draft.claims.append(KeyClaim(source, (0 if truth else 1,)))
