"""Question files in Word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from quizzes.importing.answer_key import KeyEntry
from quizzes.importing.checking import Settled, refuse_legacy_file
from quizzes.importing.columns import Header, find_header
from quizzes.importing.limits import open_package
from quizzes.importing.outline import Outline, Section, flatten, read_outline
from quizzes.importing.parsed import (
    Draft,
    Field,
    Format,
    KeyClaim,
    KeySource,
    ParseResult,
    Remark,
    Severity,
)
from quizzes.importing.plain import truth_in
from quizzes.importing.tabular import read_table
from quizzes.importing.word_blocks import read_blocks
from quizzes.importing.word_lines import (
    Block,
    Line,
    PlacedPicture,
    Table,
    WordCell,
    cell_text,
)
from quizzes.importing.word_pictures import PictureShelf
from quizzes.importing.word_questions import (
    draft_question,
    option_part,
    refuse_objects,
    take_truth,
)


def read_docx(data: bytes) -> ParseResult:
    """Raises UnreadableFile. Macros, embedded files and links are never opened."""
    package = open_package(data)
    shelf = PictureShelf(package)
    blocks = read_blocks(package)
    outline = read_outline(blocks, is_question_table=_is_question_table)
    settled = Settled()
    for section in outline.sections:
        for draft in _drafts(section, shelf, settled.remarks):
            settled.add(draft)
    for draft in _table_drafts(outline, shelf, settled.remarks):
        settled.add(draft)
    settled.remarks += outline.remarks
    if not settled.questions and not settled.broken:
        refuse_legacy_file("\n".join(_all_text(blocks)))
    return settled.result(Format.DOCX)


def _drafts(section: Section, shelf: PictureShelf, remarks: list[Remark]) -> Iterable[Draft]:
    entries: dict[int, list[KeyEntry]] = defaultdict(list)
    for entry in section.key:
        entries[entry.number].append(entry)
    times = Counter(question.number for question in section.questions)
    previous = 0
    for raw in section.questions:
        question = draft_question(raw)
        draft = question.draft
        shelf.take(draft, question.pictures)
        found = entries.get(raw.number, [])
        if found and times[raw.number] > 1:
            draft.remark(Field.NUMBER, "number_repeated", number=raw.number)
        else:
            _take_entries(draft, found)
        if raw.number > previous + 1 and previous:
            draft.remark(
                Field.NUMBER, "number_skipped", number=previous + 1, severity=Severity.NOTE
            )
        previous = raw.number
        yield draft
    for number in sorted(entries.keys() - times.keys()):
        params = {"number": number}
        remarks.append(
            Remark(number, Field.KEY, "key_without_question", params, Severity.WARNING, str(number))
        )


def _take_entries(draft: Draft, entries: Iterable[KeyEntry]) -> None:
    for entry in entries:
        if entry.explanation and not draft.explanation:
            draft.explanation = entry.explanation
        if entry.truth is None:
            draft.claims.append(KeyClaim(KeySource.TABLE, entry.indices))
            continue
        matching = [i for i, option in enumerate(draft.options) if truth_in(option) is entry.truth]
        if len(matching) == 1:
            draft.claims.append(KeyClaim(KeySource.TABLE, (matching[0],)))
        elif not draft.options:
            take_truth(draft, entry.truth, KeySource.TABLE)
        else:
            draft.remark(Field.KEY, "key_unreadable", value="Đúng" if entry.truth else "Sai")


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


def _table_drafts(outline: Outline, shelf: PictureShelf, remarks: list[Remark]) -> Iterable[Draft]:
    """Tables laid out like a sheet: a heading row, then one question a row."""
    for table in outline.tables:
        rows = _texts(table)
        header = find_header(rows)
        if header is None:
            continue
        for draft in read_table(rows, header, remarks=remarks):
            row = table.rows[draft.row - 1]
            refuse_objects(draft, [line for cell in row for line in cell])
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
