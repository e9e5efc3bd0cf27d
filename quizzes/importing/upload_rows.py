"""The questions of a file as rows of its upload, with what applying them would do."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quizzes.enums import ImportDecision, ImportOutcome
from quizzes.importing.parsed import (
    BrokenQuestion,
    ParsedQuestion,
    ParseResult,
    Remark,
    Severity,
)
from quizzes.importing.plain import stem_key
from quizzes.importing.planning import PlannedQuestion, near_repeats
from quizzes.importing.spool import Spool
from quizzes.importing.storing import question_as_json, remark_as_json, remark_from_json
from quizzes.models import ImportedQuestion

_KEPT = [
    field.attname
    for field in ImportedQuestion._meta.concrete_fields
    if field.attname not in {"id", "upload_id"}
]


def rows_from(
    result: ParseResult, plan: Iterable[PlannedQuestion]
) -> tuple[Spool[dict[str, Any]], list[Remark]]:
    """The questions of a file as values of `ImportedQuestion`, refused ones among the others by
    their ``position``, and the remarks that are about none of them. One by one: neither the
    questions nor the rows are in memory together."""
    said: dict[tuple[int, str], list[Remark]] = defaultdict(list)
    for remark in result.remarks:
        said[remark.row, remark.label].append(remark)
    lines = array("L", (question.row for question in result.questions))
    lines.extend(broken.row for broken in result.broken)
    positions = array("L", bytes(len(lines) * lines.itemsize))
    for position, index in enumerate(sorted(range(len(lines)), key=lines.__getitem__)):
        positions[index] = position
    twins = near_repeats(result.questions)
    rows: Spool[dict[str, Any]] = Spool()

    def keep(index: int, row: ImportedQuestion) -> None:
        row.position = positions[index]
        if index in twins:
            row.twin_position = positions[twins[index]]
        taken.update({(row.draft["row"], row.draft["number"])} & said.keys())
        rows.append({name: getattr(row, name) for name in _KEPT})

    taken: set[tuple[int, str]] = set()
    for index, planned in enumerate(plan):
        row = _row(planned.question, said)
        describe_plan(row, planned)
        keep(index, row)
    for index, broken in enumerate(result.broken, len(result.questions)):
        keep(index, _row(broken, said))
    about_file = [remark for remark in result.remarks if (remark.row, remark.label) not in taken]
    return rows, about_file


def _row(
    question: ParsedQuestion | BrokenQuestion, said: Mapping[tuple[int, str], list[Remark]]
) -> ImportedQuestion:
    remarks = said.get((question.row, question.number), [])
    is_refused = isinstance(question, BrokenQuestion)
    data = question_as_json(question)
    return ImportedQuestion(
        draft={**data, "remarks": [remark_as_json(remark) for remark in remarks]},
        parsed=None if is_refused else data,
        outcome=ImportOutcome.REFUSED if is_refused else ImportOutcome.CREATED,
        stem_key=stem_key(question.stem),
        remarks=[remark_as_json(remark) for remark in remarks],
        has_problem=is_refused or has_problem(remarks),
    )


def describe_plan(row: ImportedQuestion, planned: PlannedQuestion) -> None:
    """Put on the row what applying it would do to the bank."""
    row.outcome = ImportOutcome(planned.outcome.value)
    if row.outcome == ImportOutcome.REFUSED:
        row.parsed = None  # it cannot be taken into this bank, however it is edited
    row.known = planned.known.question if planned.known else None
    if row.decision != ImportDecision.UPDATE:  # else the twin is the one to be updated
        row.twin = planned.twin.question if planned.twin else None
    row.bank_remarks = [remark_as_json(remark) for remark in planned.remarks]
    of_file = [remark_from_json(remark) for remark in row.remarks]
    row.has_problem = has_problem([*of_file, *planned.remarks])


def has_problem(remarks: Sequence[Remark]) -> bool:
    return any(remark.severity is not Severity.NOTE for remark in remarks)
