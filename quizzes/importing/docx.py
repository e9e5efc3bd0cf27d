"""Question files in Word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from core.uploads import Package
from quizzes.importing.answer_key import KeyEntry
from quizzes.importing.checking import Settled, letters, refuse_legacy_file
from quizzes.importing.columns import Header, find_header
from quizzes.importing.limits import open_package, refusing
from quizzes.importing.outline import Outline, Section, flatten, read_outline
from quizzes.importing.parsed import (
    Draft,
    Field,
    Format,
    KeyClaim,
    KeySource,
    Kind,
    ParseResult,
    Remark,
    Severity,
    UnreadableFile,
)
from quizzes.importing.plain import truth_in
from quizzes.importing.tabular import read_table
from quizzes.importing.word_blocks import read_blocks
from quizzes.importing.word_kinds import FREE_KINDS, settle_kind, take_situation, truth_claim
from quizzes.importing.word_lines import (
    Block,
    Line,
    PlacedPicture,
    Table,
    WordCell,
    cell_text,
)
from quizzes.importing.word_own import has_own_styles, read_own_file
from quizzes.importing.word_pictures import PictureShelf
from quizzes.importing.word_questions import (
    WordQuestion,
    draft_question,
    option_part,
    refuse_objects,
    take_truth,
)


def read_docx(data: bytes) -> ParseResult:
    """Raises UnreadableFile. Embedded files and links are never opened; a file with macros is
    refused, since nobody who sends questions needs them."""
    package = open_package(data)
    refuse_macros(package)
    return settle_blocks(read_blocks(package), PictureShelf(package)).result(Format.DOCX)


def settle_blocks(blocks: Sequence[Block], shelf: PictureShelf | None = None) -> Settled:
    """The questions in lines and tables, from Word or pasted. ``shelf`` None: no pictures. Raises
    UnreadableFile for text of old fonts in which nothing is found."""
    settled = Settled()
    if has_own_styles(blocks):
        for draft in read_own_file(blocks, shelf):
            settled.add(draft)
        return settled
    outline = read_outline(blocks, is_question_table=_is_question_table)
    for section in outline.sections:
        for draft in _drafts(section, shelf, settled.remarks):
            settled.add(draft)
    for draft in _table_drafts(outline, shelf, settled.remarks):
        settled.add(draft)
    settled.remarks += outline.remarks
    if not settled.questions and not settled.broken:
        refuse_legacy_file("\n".join(_all_text(blocks)))
    return settled


def refuse_macros(package: Package) -> None:
    """Told by the parts and by the declared type: the name may say .docx."""
    has_parts = any(name.lower().startswith("word/vba") for name in package.names)
    types = ""
    if "[Content_Types].xml" in package.names:
        with refusing():
            types = package.read("[Content_Types].xml").decode("utf-8", "replace")
    if has_parts or "macroenabled" in types.lower():
        raise UnreadableFile("macros")


def _drafts(section: Section, shelf: PictureShelf | None, remarks: list[Remark]) -> Iterable[Draft]:
    entries: dict[int, list[KeyEntry]] = defaultdict(list)
    for entry in section.key:
        entries[entry.number].append(entry)
    times = Counter(question.number for question in section.questions)
    in_part = Counter((question.part, question.number) for question in section.questions)
    parted = {(entry.part, entry.number) for entry in section.key if entry.part}
    previous = 0
    for raw in section.questions:
        question = draft_question(raw)
        draft = question.draft
        found = entries.get(raw.number, [])
        if times[raw.number] > 1 and found:
            place = (raw.part, raw.number)
            is_clear = in_part[place] == 1 and all(entry.part for entry in found)
            found = [entry for entry in found if entry.part == raw.part]
            if not is_clear or place not in parted:
                draft.remark(Field.NUMBER, "number_repeated", number=raw.number)
        if not draft.is_refused:
            _take_entries(question, found)
        if raw.number > previous + 1 and previous:
            draft.remark(
                Field.NUMBER, "number_skipped", number=previous + 1, severity=Severity.NOTE
            )
        previous = raw.number
        if shelf is not None:
            shelf.take(draft, question.pictures)
        settle_kind(draft, question.written)
        take_situation(draft, raw.side, question.written)
        yield draft
    for number in sorted(entries.keys() - times.keys()):
        params = {"number": number}
        remarks.append(
            Remark(number, Field.KEY, "key_without_question", params, Severity.WARNING, str(number))
        )


def _take_entries(question: WordQuestion, entries: Iterable[KeyEntry]) -> None:
    draft = question.draft
    for entry in entries:
        if entry.explanation and not draft.explanation:
            draft.explanation = entry.explanation
        if draft.declared in FREE_KINDS | {Kind.ORDERING}:
            question.written.add(KeySource.TABLE, entry.written or letters(entry.indices))
        elif draft.declared is Kind.STATEMENTS and entry.truths:
            truth_claim(draft, entry.truths, KeySource.TABLE, count=len(draft.options))
        elif entry.truth is not None:
            _take_truth_entry(draft, entry.truth)
        elif entry.indices and draft.declared is not Kind.STATEMENTS:
            draft.claims.append(KeyClaim(KeySource.TABLE, entry.indices))
        else:
            draft.remark(Field.KEY, "key_unreadable", value=_said(entry)[:60])


def _said(entry: KeyEntry) -> str:
    if entry.truths:
        return ", ".join("Đ" if truth else "S" for truth in entry.truths)
    return entry.written or letters(entry.indices)


def _take_truth_entry(draft: Draft, truth: bool) -> None:
    matching = [i for i, option in enumerate(draft.options) if truth_in(option) is truth]
    if len(matching) == 1:
        draft.claims.append(KeyClaim(KeySource.TABLE, (matching[0],)))
    elif not draft.options:
        take_truth(draft, truth, KeySource.TABLE)
    else:
        draft.remark(Field.KEY, "key_unreadable", value="Đúng" if truth else "Sai")


def _all_text(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (line.text for line in flatten(block))


def _is_question_table(table: Table) -> bool:
    return find_header(_texts(table)) is not None


def _texts(table: Table) -> list[list[str]]:
    return [[cell_text(cell) for cell in row] for row in table.rows]


def _table_drafts(
    outline: Outline, shelf: PictureShelf | None, remarks: list[Remark]
) -> Iterable[Draft]:
    """Tables laid out like a sheet: a heading row, then one question a row."""
    for table in outline.tables:
        rows = _texts(table)
        header = find_header(rows)
        if header is None:
            continue
        for draft in read_table(rows, header, remarks=remarks):
            row = table.rows[draft.row - 1]
            refuse_objects(draft, [line for cell in row for line in cell])
            if shelf is not None:
                shelf.take(draft, _cell_pictures(draft, row, header))
            yield draft


def _cell_pictures(
    draft: Draft, row: Sequence[WordCell], header: Header
) -> dict[str, tuple[PlacedPicture, ...]]:
    parts = {header.columns["stem"]: "stem"}
    parts |= {column: option_part(index) for index, column in enumerate(header.options)}
    found: dict[str, tuple[PlacedPicture, ...]] = {}
    for column, cell in enumerate(row):
        pictures = tuple(picture for line in cell for picture in line.pictures)
        if pictures and column in parts:
            found[parts[column]] = pictures
        elif pictures:
            draft.remark(Field.EXPLANATION, "picture_in_reason", severity=Severity.WARNING)
    return found
