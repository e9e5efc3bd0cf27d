"""The questions of a file as rows of its upload, with what applying them would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

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
from quizzes.importing.storing import question_as_json, remark_as_json, remark_from_json
from quizzes.models import ImportedQuestion


def rows_from(
    result: ParseResult, plan: Sequence[PlannedQuestion]
) -> tuple[list[ImportedQuestion], list[Remark]]:
    """The questions of a file in its order, refused ones among the others, and the remarks that
    are about none of them."""
    said: dict[tuple[int, str], list[Remark]] = defaultdict(list)
    for remark in result.remarks:
        said[remark.row, remark.label].append(remark)
    twins = near_repeats(result.questions)
    found: list[tuple[int, ImportedQuestion]] = []
    for index, planned in enumerate(plan):
        row = _row(planned.question, said)
        describe_plan(row, planned)
        found.append((index, row))
    found += [(-1, _row(broken, said)) for broken in result.broken]
    found.sort(key=lambda item: item[1].draft["row"])
    positions = {index: position for position, (index, _row) in enumerate(found) if index >= 0}
    for index, row in found:
        if index in twins:
            row.twin_position = positions[twins[index]]
    taken = {(row.draft["row"], row.draft["number"]) for _index, row in found}
    about_file = [remark for remark in result.remarks if (remark.row, remark.label) not in taken]
    return [row for _index, row in found], about_file


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
    row.known = planned.known.question if planned.known else None
    if row.decision != ImportDecision.UPDATE:  # else the twin is the one to be updated
        row.twin = planned.twin.question if planned.twin else None
    row.bank_remarks = [remark_as_json(remark) for remark in planned.remarks]
    of_file = [remark_from_json(remark) for remark in row.remarks]
    row.has_problem = has_problem([*of_file, *planned.remarks])


def has_problem(remarks: Sequence[Remark]) -> bool:
    return any(remark.severity is not Severity.NOTE for remark in remarks)
