"""The outline of a Word file: where questions begin, which lines are theirs, where the answer key
is.

A section is a run of questions up to and including its key, so that a file of several papers, each
with a key after it, is read paper by paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from quizzes.importing.answer_key import (
    KeyEntry,
    inline_key,
    is_key_heading,
    read_key_line,
    read_key_table,
    read_key_with_reason,
    read_truths_line,
    read_written_line,
)
from quizzes.importing.parsed import Field, Kind, Remark, Severity
from quizzes.importing.plain import clean, folded, letters_in, truth_in
from quizzes.importing.word_kinds import FREE_KINDS, Statement, kind_in, read_statement_rows
from quizzes.importing.word_lines import Block, Line, Table, cell_text

_SIDE = r"(?:\s*(?P<side>\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\]))?"
_NAMED_LEAD = re.compile(
    r"\s*[*#]*\s*(?:câu(?:\s+hỏi)?|bài(?:\s+tập)?)\s*(?:số\s*)?(?P<number>\d{1,4})"
    + _SIDE
    + r"\s*(?P<mark>[:.)/]|[-–—](?=\s)|$)?\s*",
    re.IGNORECASE,
)
_BARE_LEAD = re.compile(r"\s*(?P<number>\d{1,4})\s*[.)/](?!\d)" + _SIDE + r"\s*[:.]?\s+(?=\S)")
_BARE_ALONE = re.compile(r"\s*(?P<number>\d{1,4})\s*[.)/](?!\d)\s*$")
_OWN_ANSWER = re.compile(r"\s*đáp\s*án\s*:\s*\S", re.IGNORECASE)
_THE_END = re.compile(r"[\W_]*(?:hết|the end)[\W_]*", re.IGNORECASE)
_PART = re.compile(
    r"\s*(?:phần|chương|mục)\s+(?:thứ\s+\w+|\d{1,3}|[IVXLC]{1,6})\s*(?:[:.()–—-].*|$)",
    re.IGNORECASE | re.DOTALL,
)
_ROMAN_PART = re.compile(r"\s*[IVX]{1,5}\s*[.)–-]\s*\S.*", re.DOTALL)
_TOPIC = re.compile(
    r"\s*(?:chuyên đề|chủ đề|lĩnh "
    r"vực)\s*(?:(?:số\s*)?(?:\d{1,3}|[IVX]{1,5})\s*[:.)–—-]|:)\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_KIND_PART = re.compile(
    r"(?:[a-d]\s*[.)–-]\s*)?(?:(?:phan|cau hoi|cac cau|cau)\s+)*"
    r"(?:trac nghiem|tu luan|tra loi ngan|dung sai|dung/sai|ly thuyet|dien so|sap xep)"
    r"(?:\s+(?:dung sai|khach quan|tra loi ngan|nhieu lua chon|nhieu phuong an lua chon))?\s*[:.]?"
)
_PART_NAME = re.compile(
    r"\s*(?:(?:phần|chương|mục)\s+(?:thứ\s+)?)?(?P<name>\w{1,6})\b", re.IGNORECASE
)
_REASON = re.compile(r"\s*(?:lời giải(?: chi tiết)?|giải thích|hướng dẫn)\s*[:.]", re.IGNORECASE)


@dataclass(slots=True)
class RawQuestion:
    """``lines[0]`` begins after the lead; ``side`` is what stood in brackets in it. ``declared`` is
    the kind named there or by the heading of the ``part``."""

    number: int
    lines: list[Line] = field(default_factory=list)
    side: str = ""
    topic: str = ""
    declared: Kind | None = None
    part: str = ""
    statements: list[Statement] = field(default_factory=list)  # of a table "Đúng | Sai"


@dataclass(slots=True)
class Section:
    questions: list[RawQuestion] = field(default_factory=list)
    key: list[KeyEntry] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    sections: list[Section] = field(default_factory=lambda: [Section()])
    remarks: list[Remark] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)  # whole tables of questions


def read_outline(blocks: Iterable[Block], *, is_question_table: Callable[[Table], bool]) -> Outline:
    items = [b for b in blocks if not (isinstance(b, Line) and b.is_blank)]
    builder = _Builder(named=_uses_named_leads(items), is_question_table=is_question_table)
    for index, block in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        if isinstance(block, Table):
            builder.table(block)
        else:
            builder.line(block, following.text if isinstance(following, Line) else "")
    return builder.outline


def has_lead(text: str) -> bool:
    """Whether a line numbers a question: "Câu 1:", "Bài 1)", "1."."""
    return any(lead.match(text) for lead in (_NAMED_LEAD, _BARE_LEAD, _BARE_ALONE))


def _uses_named_leads(items: Sequence[Block]) -> bool:
    """ "Câu 1" somewhere: then a bare "1." is part of a question, not the start of one."""
    for item in items:
        lines = [item] if isinstance(item, Line) else flatten(item)
        for line in lines:
            match = _NAMED_LEAD.match(line.text)
            rest = line.text[match.end() :] if match else ""
            marked = match is not None and (match["mark"] is not None or rest[:1].isupper())
            if marked and not read_key_line(line.text):
                return True
    return False


def flatten(table: Table) -> list[Line]:
    """Cells in reading order; a cell that is only a letter or a question's number joins the next
    one."""
    lines: list[Line] = []
    for row in table.rows:
        pending: Line | None = None
        for cell in row:
            for line in cell:
                if pending is not None:
                    line = _joined(pending, line)
                    pending = None
                if line is cell[-1] and _BARE_LABEL.fullmatch(line.text):
                    pending = line
                else:
                    lines.append(line)
        if pending is not None:
            lines.append(pending)
    return lines


_BARE_LABEL = re.compile(r"\s*(?:[A-Ha-h]\s*[.)/:]?|(?:câu\s*)?\d{1,4}\s*[.):]?)\s*", re.IGNORECASE)


def _joined(label: Line, line: Line) -> Line:
    text = label.text.strip()
    if not text.endswith((".", ")", "/", ":")):
        text += "."
    marks = label.marks[:1] * len(text)
    shift = len(text) + 1
    pictures = (
        *label.pictures,
        *(replace(picture, at=picture.at + shift) for picture in line.pictures),
    )
    held = label.objects | line.objects
    return Line(f"{text} {line.text}", (*marks, 0, *line.marks), line.place, held, pictures)


def _is_part(text: str) -> bool:
    if _PART.fullmatch(text):
        return True
    outside = re.sub(r"\([^()]*\)", "", text).strip()
    is_named = _ROMAN_PART.fullmatch(text) or _KIND_PART.fullmatch(folded(outside))
    return bool(is_named) and outside.isupper()


def _part_of(text: str) -> str:
    """What tells one part from another: "ii" of "PHẦN II. …"; "" where nothing is counted."""
    match = _PART_NAME.match(text)
    return folded(match["name"]) if match else ""


def _shown(line: Line) -> str:
    return clean(line.text)[:80] or "[…]"


@dataclass(slots=True)
class _Builder:
    named: bool
    is_question_table: Callable[[Table], bool]
    outline: Outline = field(default_factory=Outline)
    state: str = "before"  # before | question | key | aside
    topic: str = ""
    declared: Kind | None = None
    part: str = ""
    sections_name_topics: bool | None = None
    last_key: int | None = None

    @property
    def section(self) -> Section:
        return self.outline.sections[-1]

    def table(self, table: Table) -> None:
        rows = [[cell_text(cell) for cell in row] for row in table.rows]
        statements = read_statement_rows(table.rows) if self.state == "question" else None
        if statements:
            self.section.questions[-1].statements += statements
            return
        reading = read_key_table(rows, expected=self.state == "key")
        if reading is not None:
            self.state = "key"
            self.take_key(reading.entries)
            for piece in reading.unread:
                self.unread_key(piece)
        elif self.is_question_table(table):
            self.outline.tables.append(table)
            self.state = "aside"
        else:
            for line in flatten(table):
                self.line(line, "")

    def line(self, line: Line, following: str) -> None:
        text = line.text
        if _THE_END.fullmatch(text):
            self.state = "aside"
        elif self.answers_matching(text):
            self.section.questions[-1].lines.append(line)
        elif self.starts_key(text, following):
            self.state = "key"
            self.part = ""
            self.take_key(read_key_line(inline_key(text) or ""))
        elif self.is_key_content(text):
            self.state = "key"
            self.take_key(self.key_entries(text))
        elif self.state == "key" and (self.takes_reason(text) or self.names_part(text)):
            pass
        elif self.starts_question(line):
            self.state = "question"
        elif self.state in {"question", "before", "aside"} and self.starts_part(text):
            self.state = "aside" if self.state == "question" else self.state
        elif self.state == "question":
            self.section.questions[-1].lines.append(line)
        elif self.state == "key":
            self.unread_key(_shown(line))
        elif self.state == "aside" and self.outline.sections[0].questions:
            self.remark("line_left_out", text=_shown(line), severity=Severity.NOTE)

    def answers_matching(self, text: str) -> bool:
        """ "Đáp án: 1-b, 2-a" under a question of pairs is its own, not that of questions 1 and
        2."""
        if self.state != "question" or not _OWN_ANSWER.match(text):
            return False
        return self.section.questions[-1].declared is Kind.MATCHING

    def starts_key(self, text: str, following: str) -> bool:
        if inline_key(text) is not None:
            return True
        if not is_key_heading(text):
            return False
        if text.strip().isupper() or self.state != "question":
            return True
        asked = self.section.questions[-1]
        if asked.declared in FREE_KINDS and read_written_line(following) is None:
            return False
        # "Đáp án:" with the letter on the next line belongs to the question.
        return letters_in(following) is None and truth_in(following) is None

    def take_key(self, entries: Sequence[KeyEntry]) -> None:
        self.section.key += [replace(entry, part=self.part) for entry in entries]
        self.last_key = len(self.section.key) - 1 if self.section.key else None

    def names_part(self, text: str) -> bool:
        """ "PHẦN III" inside the key: whose answers follow."""
        if not (_is_part(text) or _ROMAN_PART.fullmatch(text)):
            return False
        self.part = _part_of(text)
        return True

    def key_entries(self, text: str) -> tuple[KeyEntry, ...]:
        """Answers of questions that are not a choice count only where the question is known to be
        one: "Câu 3: 15 ngày" may also begin a question."""
        entries = read_key_line(text)
        if entries:
            return entries
        found = read_truths_line(text) or read_written_line(text)
        question = self.asked(found.number) if found else None
        if found is None or question is None:
            return ()
        if found.truths:
            return (found,)
        return (found,) if self.state == "key" and question.declared in FREE_KINDS else ()

    def asked(self, number: int) -> RawQuestion | None:
        """The question of this number, of the part that is named when there are several."""
        found = [question for question in self.section.questions if question.number == number]
        if len(found) > 1:
            found = [question for question in found if question.part == self.part]
        return found[0] if len(found) == 1 else None

    def is_key_content(self, text: str) -> bool:
        entries = self.key_entries(text)
        if not entries:
            return False
        if self.state == "key" or len(entries) >= 3:
            return True
        lead = self.lead(text)
        known = {question.number for question in self.section.questions}
        return lead is not None and all(entry.number in known for entry in entries)

    def takes_reason(self, text: str) -> bool:
        """A reason in the key: on the line of its answer, or on the lines after it."""
        entry = read_key_with_reason(text)
        if entry is not None:
            self.take_key([entry])
            return True
        reason = _REASON.match(text)
        if self.last_key is None:
            return False
        old = self.section.key[self.last_key]
        question = self.asked(old.number)
        if reason is not None:
            explanation = f"{old.explanation}\n{text[reason.end() :]}".strip()
            self.section.key[self.last_key] = replace(old, explanation=explanation)
        elif question is not None and question.declared is Kind.ESSAY and not self.lead(text):
            self.section.key[self.last_key] = replace(old, written=f"{old.written}\n{text}")
        else:
            return False
        return True

    def lead(self, text: str) -> re.Match[str] | None:
        if not self.named:
            return _BARE_LEAD.match(text) or _BARE_ALONE.match(text)
        match = _NAMED_LEAD.match(text)
        if match is None or match["mark"] is not None:
            return match
        # "Câu 3 Nghị định nào": no mark after the number, so it must be the next question.
        rest = text[match.end() :]
        previous = self.section.questions[-1].number if self.section.questions else 0
        return match if int(match["number"]) == previous + 1 and rest[:1].isupper() else None

    def starts_question(self, line: Line) -> bool:
        match = self.lead(line.text)
        if match is None:
            return False
        number = int(match["number"])
        questions = self.section.questions
        is_inner_list = (
            # A short list "1. … 2. …" inside a stem counts from 1 again before any option.
            not self.named
            and self.state == "question"
            and number <= questions[-1].number
            and not any(re.match(r"\s*\*?[Aa]\s*[.)/]", ln.text) for ln in questions[-1].lines)
        )
        if is_inner_list:
            return False
        if self.section.key:
            self.outline.sections.append(Section())
            self.last_key = None
            if self.state == "key":
                self.declared, self.part = None, ""
        side = (match.groupdict().get("side") or "").strip("()[] ")
        question = RawQuestion(
            number,
            [line.cut(match.end(), reach=0)],
            side,
            self.topic,
            kind_in(side) or self.declared,
            self.part,
        )
        self.section.questions.append(question)
        return True

    def starts_part(self, text: str) -> bool:
        """A heading between questions. "Chuyên đề: …" names the topic of what follows only when the
        file begins that way; otherwise it is a line of the question above it."""
        match = _TOPIC.fullmatch(text)
        if match is None:
            return self.starts_kind(text)
        if self.sections_name_topics is None:
            self.sections_name_topics = self.state != "question"
        if not self.sections_name_topics:
            return False
        self.topic = clean(match["title"])
        return True

    def starts_kind(self, text: str) -> bool:
        """ "PHẦN II. TỰ LUẬN", "B. TỰ LUẬN (4 điểm)": a part, and the kind of its questions."""
        if not _is_part(text):
            return False
        self.declared, self.part = kind_in(text), _part_of(text)
        return True

    def unread_key(self, text: str) -> None:
        self.remark("key_line_unread", text=clean(text)[:80], severity=Severity.WARNING)

    def remark(self, code: str, *, severity: Severity, **params: str | int) -> None:
        on = Field.KEY if code.startswith("key") else Field.FILE
        self.outline.remarks.append(Remark(0, on, code, params, severity))
