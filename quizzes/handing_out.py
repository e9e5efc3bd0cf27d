"""Which paper an attempt is given: one drawn for it, or one of the round's paper codes (mã đề).

The papers with a code are drawn and frozen when the round is made ready, from seeds on record; an
attempt gets the code that was given least, but none that the person has had while others are left.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from core.errors import Conflict
from quizzes.drawing import Cell, Slot, draw_paper
from quizzes.enums import PaperSource
from quizzes.models import Paper, Round
from quizzes.pools import Pool, pool_of

FIRST_CODE = 101


def prepare_paper(round: Round) -> Paper | None:
    """An unsaved paper drawn for one attempt; None when the round gives out paper codes. Draws
    before the start takes any lock; no statement while the pool is in memory."""
    if round.paper_source != PaperSource.PER_ATTEMPT:
        return None
    return _draw(round, pool_of(round))


def paper_for_attempt(round: Round, prepared: Paper | None, *, had: Sequence[int]) -> int:
    """The id of the paper for a new attempt, by one statement inside the transaction that starts
    it. ``had`` are the papers of the person's attempts so far. Raises Conflict."""
    if prepared is not None:
        prepared.save(force_insert=True)
        return prepared.pk
    statement, parameters = taking_a_code(round.pk, had)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    if row is None:
        raise Conflict(_("Vòng thi chưa có mã đề nào. Hãy báo Ban Tổ chức."))
    return int(row[0])


def taking_a_code(
    round_id: int, had: Sequence[int], *, while_in: str = ""
) -> tuple[str, list[Any]]:
    """The statement that takes the paper with the code given least and returns its id, and its
    parameters; only while the table ``while_in`` has a row.

    Counting and taking are one. On PostgreSQL, starts at the same moment take different codes
    instead of waiting for each other, as long as there is a free one.
    """
    marks = ", ".join(["%s"] * len(had))
    order = f"CASE WHEN id IN ({marks}) THEN 1 ELSE 0 END, " if had else ""
    chosen = (
        "SELECT id FROM quizzes_paper WHERE round_id = %s AND code <> ''"  # noqa: S608 - marks
        f" ORDER BY {order}given_count, code LIMIT 1"
    )
    parameters = [round_id, *had]
    if connection.vendor == "postgresql":
        chosen = f"COALESCE(({chosen} FOR UPDATE SKIP LOCKED), ({chosen}))"
        parameters *= 2
    guard = f" AND EXISTS (SELECT 1 FROM {while_in})" if while_in else ""  # noqa: S608 - constant
    statement = (
        "UPDATE quizzes_paper SET given_count = given_count + 1"  # noqa: S608 - constants
        f" WHERE id = ({chosen}){guard} RETURNING id"
    )
    return statement, parameters


def freeze_papers(round: Round) -> list[Paper]:
    """Draw the papers with codes "101", "102" … of a round that is being made ready; none when
    each attempt is to have a paper of its own. The caller holds the round's row."""
    if round.paper_source == PaperSource.PER_ATTEMPT:
        return []
    pool = pool_of(round)
    papers: list[Paper] = []
    for code in range(FIRST_CODE, FIRST_CODE + round.paper_code_count):
        papers.append(_draw(round, pool, code=str(code)))
        if round.paper_source == PaperSource.FIXED_SAME and len(papers) == 1:
            pool = replace(pool, cells=_cells_of_paper(pool.cells, papers[0]))
    return Paper.objects.bulk_create(papers)


def fixed_papers(round: Round) -> list[Paper]:
    """The round's papers with a code, by code."""
    return list(round.papers.exclude(code="").order_by("code"))


def _draw(round: Round, pool: Pool, *, code: str = "") -> Paper:
    seed = secrets.randbits(63)
    slots = draw_paper(
        pool.cells,
        seed=seed,
        shuffle_questions=round.shuffle_questions,
        shuffle_options=round.shuffle_options,
        constraints=pool.constraints,
    )
    return Paper(round=round, seed=seed, code=code, slots=[_as_json(slot) for slot in slots])


def _as_json(slot: Slot) -> dict[str, Any]:
    return {
        "version": slot.version_id,
        "centipoints": slot.centipoints,
        "options": list(slot.option_order),
    }


def _cells_of_paper(cells: Sequence[Cell], paper: Paper) -> tuple[Cell, ...]:
    """The cells with nothing left to draw from but what is on ``paper``: any other paper drawn
    from them holds the same questions in another order."""
    on_paper = {slot["version"] for slot in paper.slots}
    return tuple(
        replace(
            cell,
            candidates=tuple(item for item in cell.candidates if item.version_id in on_paper),
        )
        for cell in cells
    )
