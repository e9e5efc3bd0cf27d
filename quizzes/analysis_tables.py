"""From the sums of ``quizzes.item_analysis`` to the JSON that is kept: whole numbers ready to show,
with what would tell one person's answers held back. Shares are basis points."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from core.suppression import shown_cells
from quizzes.choice_parts import Parts
from quizzes.item_analysis import GroupFigure, ItemFigures, Tally, TopicFigure
from quizzes.reliability import Reliability

MIN_RELIABILITY = 10
"""People who must have taken a paper before its reliability is said."""
KEPT_GROUPS = 100
"""Groups kept of one question, those that did worst; the page says of how many."""


def summary(
    tally: Tally, topics: Sequence[tuple[int, str]], names: Mapping[str, Mapping[Any, str]]
) -> dict[str, Any]:
    """``persons``; ``reliability`` as `_reliability`; ``topics``: the names of those asked about;
    ``all``: basis points by topic, then of all together; ``units`` and ``titles`` as
    `_group_table`."""
    by_unit, by_title = tally.unit_topics(), tally.title_topics()
    asked = {topic for _, topic in by_unit}
    order = [pk for pk, _ in topics if pk in asked]
    return {
        "persons": tally.person_count,
        "reliability": _reliability(tally),
        "topics": [name for pk, name in topics if pk in asked],
        "all": _total_row(by_unit, order),
        "units": _group_table(by_unit, order, names["units"]),
        "titles": _group_table(by_title, order, names["titles"]),
    }


def parts(found: Parts) -> dict[str, Any]:
    """``parts``: [code, is right, persons by score group]; the words stay in the version."""
    return {
        "counting": found.counting.value,
        "parts": [[part.code, part.is_right, part.counts] for part in found.parts],
    }


def question_groups(
    figures: Sequence[ItemFigures], kind: str, topic_of: Mapping[int, int], names: Mapping[Any, str]
) -> dict[int, dict[str, Any]]:
    """version → {``rows``: [[name, persons, basis points]] worst first, ``shown`` and ``hidden``:
    how many groups}; ``kind`` is "units" or "titles". Cells are held back within the questions of
    each topic, whose total is shown too."""
    by_topic: dict[int, dict[tuple[Hashable, int], GroupFigure]] = defaultdict(dict)
    for item in figures:
        for name, figure in (item.units if kind == "units" else item.titles).items():
            by_topic[topic_of[item.version_id]][name, item.version_id] = figure
    rows: dict[int, dict[str, Any]] = {
        item.version_id: {"rows": [], "shown": 0, "hidden": 0} for item in figures
    }
    for cells in by_topic.values():
        shown = shown_cells({cell: figure.person_count for cell, figure in cells.items()})
        for (name, version_id), figure in cells.items():
            row = rows[version_id]
            if (name, version_id) in shown:
                row["shown"] += 1
                row["rows"].append(
                    [names.get(name, ""), figure.person_count, basis_points(figure.facility)]
                )
            else:
                row["hidden"] += 1
    for row in rows.values():
        row["rows"].sort(key=lambda line: (line[2], line[0]))
        del row["rows"][KEPT_GROUPS:]
    return rows


def _total_row(cells: Mapping[tuple[Hashable, int], TopicFigure], topics: list[int]) -> list[int]:
    """Basis points by topic, then of all together."""
    sums = {topic: [0.0, 0] for topic in topics}
    for (_, topic), figure in cells.items():
        sums[topic][0] += figure.share
        sums[topic][1] += figure.answer_count
    total, count = (sum(pair[place] for pair in sums.values()) for place in (0, 1))
    return [
        *(basis_points(share / answers) for share, answers in sums.values()),
        *([basis_points(total / count)] if count else []),
    ]


def _group_table(
    cells: Mapping[tuple[Hashable, int], TopicFigure],
    topics: Sequence[int],
    names: Mapping[Any, str],
) -> dict[str, Any]:
    """``rows``: [name, persons, [basis points by topic, None: held back], in all or None], by
    name; ``hidden``: groups of which nothing is shown."""
    shown = shown_cells({cell: figure.person_count for cell, figure in cells.items()})
    rows = []
    groups = {name for name, _ in cells}
    for name in groups:
        own = {topic: cells[name, topic] for topic in topics if (name, topic) in cells}
        seen = {topic for topic in own if (name, topic) in shown}
        if not seen:
            continue
        whole = seen == own.keys()
        share = sum(figure.share for figure in own.values())
        answers = sum(figure.answer_count for figure in own.values())
        rows.append(
            [
                names.get(name, ""),
                max(own[topic].person_count for topic in seen),
                [basis_points(own[topic].facility) if topic in seen else None for topic in topics],
                basis_points(share / answers) if whole else None,
            ]
        )
    return {"rows": sorted(rows, key=lambda row: row[0]), "hidden": len(groups) - len(rows)}


def _reliability(tally: Tally) -> dict[str, Any]:
    """``form_count`` (None: everyone had a paper of their own); ``forms``: of each paper that
    enough people took; ``random``: where papers differ. Coefficients in thousandths, the rest in
    centipoints, of ``random`` in basis points of a paper's points."""
    forms = tally.forms.forms(at_least=MIN_RELIABILITY)
    random = None
    if tally.forms.form_count != 1 and tally.person_count >= MIN_RELIABILITY:
        random = tally.random.reliability()
    return {
        "form_count": tally.forms.form_count,
        "forms": [_coefficient(value, 1) for _, value in forms],
        "random": _coefficient(random, 10_000) if random else None,
    }


def _coefficient(value: Reliability, scale: int) -> dict[str, Any]:
    return {
        "persons": value.person_count,
        "items": value.item_count,
        "coefficient": round(1000 * value.coefficient),
        "sem": round(scale * value.sem),
        "mean": round(scale * value.mean),
        "deviation": round(scale * value.deviation),
        "is_kr20": value.is_dichotomous,
    }


def basis_points(share: float) -> int:
    return max(0, min(10_000, round(10_000 * share)))
