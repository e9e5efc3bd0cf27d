"""The constraints of a round's papers, from the organisers' choices to versions, and what is wrong
with them in words an organiser can act on. Questions are named by number: who reads the words here
may not be one who may read the bank."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from quizzes.drawing import (
    NO_CONSTRAINTS,
    Cell,
    Clash,
    Conflict,
    Constraints,
    Shortage,
    cell_shortages,
    required_conflicts,
)
from quizzes.models import Round


@dataclass(frozen=True, slots=True)
class RoundConstraints:
    """``constraints`` on current versions; ``question_ids`` tells whose they are."""

    constraints: Constraints = NO_CONSTRAINTS
    question_ids: Mapping[int, int] = field(default_factory=dict)

    def group_of(self, version_id: int) -> int | None:
        """The number of the group in which the version is kept apart from others."""
        for number, group in enumerate(self.constraints.apart, start=1):
            if version_id in group:
                return number
        return None


def read_constraints(quiz_round: Round) -> RoundConstraints:
    """What the organisers chose, on the current versions of the questions. Two statements."""
    question_ids: dict[int, int] = {}
    required: set[int] = set()
    for question_id, version_id in _versions(quiz_round.must_includes):
        question_ids[version_id] = question_id
        required.add(version_id)
    groups: dict[str, set[int]] = {}
    for question_id, version_id, group in _versions(quiz_round.separated_questions, "group"):
        question_ids[version_id] = question_id
        groups.setdefault(group, set()).add(version_id)
    apart = tuple(frozenset(groups[name]) for name in sorted(groups))
    return RoundConstraints(Constraints(frozenset(required), apart), question_ids)


def _versions(chosen: Any, *more: str) -> Iterable[Any]:
    """(question id, id of its current version, *more) of each row."""
    return chosen.filter(question__current_version__isnull=False).values_list(
        "question_id", "question__current_version_id", *more
    )


def problems(
    cells: Sequence[Cell], names: Mapping[int, str], chosen: RoundConstraints
) -> list[str]:
    """Why no paper can be drawn, one sentence each, with the remedy; empty when one can.
    ``names``: cell id → its name."""
    constraints = chosen.constraints
    sentences = [
        _conflict_sentence(item, names, chosen.question_ids)
        for item in required_conflicts(cells, constraints)
    ]
    return [
        *(_shortage_sentence(item, names) for item in cell_shortages(cells, constraints)),
        *sentences,
    ]


def _shortage_sentence(shortage: Shortage, names: Mapping[int, str]) -> str:
    words = {
        "cell": names[shortage.cell_id],
        "needed": shortage.needed,
        "available": shortage.available,
        "missing": shortage.needed - shortage.available,
    }
    if shortage.by_apart:
        return (
            _(
                "Ô “%(cell)s” cần %(needed)d câu, chỉ xếp được %(available)d câu vì có câu không "
                "được ra cùng một đề. Hãy giảm số câu của ô hoặc bớt câu trong nhóm."
            )
            % words
        )
    return (
        _(
            "Ô “%(cell)s” cần %(needed)d câu, mới có %(available)d câu đã duyệt: "
            "còn thiếu %(missing)d câu."
        )
        % words
    )


def _conflict_sentence(
    conflict: Conflict, names: Mapping[int, str], question_ids: Mapping[int, int]
) -> str:
    numbers = sorted(question_ids[version_id] for version_id in conflict.version_ids)
    words = {
        "questions": ", ".join(f"#{number}" for number in numbers),
        "cells": ", ".join(f"“{names[cell_id]}”" for cell_id in conflict.cell_ids),
        "room": conflict.room,
    }
    match conflict.clash:
        case Clash.NO_CELL:
            return (
                _(
                    "Câu %(questions)s bắt buộc có nhưng chưa được duyệt hoặc không thuộc ô nào "
                    "của ma trận. Hãy duyệt câu, thêm ô cho câu, hoặc bỏ bắt buộc."
                )
                % words
            )
        case Clash.KEPT_APART:
            return (
                _(
                    "Các câu %(questions)s đều bắt buộc có nhưng lại không được ra cùng một đề. "
                    "Hãy bỏ một trong hai ràng buộc."
                )
                % words
            )
        case _no_room:
            return (
                _(
                    "Các câu %(questions)s đều bắt buộc có nhưng ô %(cells)s chỉ lấy %(room)d câu. "
                    "Hãy tăng số câu của ô hoặc bớt câu bắt buộc."
                )
                % words
            )
