"""How far the points of a test can be trusted: alpha and KR-20 where people took the same
questions, and what stands in for them where everyone was drawn a paper of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

MAX_FORMS = 64
"""More different papers than this are not fixed papers: each is one person's own."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """``coefficient``: 1 at most; below 0 when questions contradict each other. ``sem``: standard
    error of measurement, and ``mean`` and ``deviation`` of the totals, in the unit of the points.
    ``is_dichotomous``: every question was right or wrong, so alpha is KR-20."""

    person_count: int
    item_count: int
    coefficient: float
    sem: float
    mean: float
    deviation: float
    is_dichotomous: bool


def cronbach_alpha(points: Sequence[Sequence[float]]) -> Reliability | None:
    """``points[person][item]``, the same items for all.

    α = k/(k-1) · (1 - Σs²ᵢ/s²ₓ) (Cronbach 1951, Psychometrika 16, formula 2). With right or wrong
    questions s²ᵢ is p·q and α is Kuder-Richardson 20 (Kuder & Richardson 1937, Psychometrika 2,
    formula 20). SEM = sₓ·√(1-α) (Lord & Novick 1968, 3.8), sₓ with n-1.

    None for fewer than two people or items, or when all totals are equal.
    """
    tally = FormTally()
    for row in points:
        tally.add(dict(enumerate(row)))
    forms = tally.forms()
    return forms[0][1] if forms else None


@dataclass(slots=True)
class _Form:
    persons: int = 0
    total: float = 0.0
    squares: float = 0.0
    items: dict[int, list[float]] = field(default_factory=dict)
    values: dict[int, set[float]] = field(default_factory=dict)


class FormTally:
    """Sums per fixed paper: a paper is the set of its questions, in whatever order."""

    def __init__(self) -> None:
        self._forms: dict[frozenset[int], _Form] | None = {}

    def add(self, points: Mapping[int, float]) -> None:
        """item → points, of one person."""
        if self._forms is None or not points:
            return
        name = frozenset(points)
        form = self._forms.get(name)
        if form is None:
            if len(self._forms) == MAX_FORMS:
                self._forms = None
                return
            form = self._forms[name] = _Form(
                items={item: [0.0, 0.0] for item in points},
                values={item: set() for item in points},
            )
        total = sum(points.values())
        form.persons += 1
        form.total += total
        form.squares += total * total
        for item, value in points.items():
            sums = form.items[item]
            sums[0] += value
            sums[1] += value * value
            if len(form.values[item]) < 3:
                form.values[item].add(value)

    @property
    def form_count(self) -> int | None:
        """How many different papers there were; None for more than MAX_FORMS."""
        return None if self._forms is None else len(self._forms)

    def forms(self, *, at_least: int = 2) -> list[tuple[frozenset[int], Reliability]]:
        """Papers that at least so many people took and that have a coefficient, most people
        first."""
        found = [
            (name, value)
            for name, form in (self._forms or {}).items()
            if form.persons >= at_least and (value := _alpha(form)) is not None
        ]
        return sorted(found, key=lambda pair: (-pair[1].person_count, sorted(pair[0])))


def _alpha(form: _Form) -> Reliability | None:
    n, k = form.persons, len(form.items)
    if n < 2 or k < 2:
        return None
    variance = _variance(n, form.total, form.squares)
    if variance <= 1e-9:
        return None
    of_items = sum(_variance(n, total, squares) for total, squares in form.items.values())
    alpha = k / (k - 1) * (1 - of_items / variance)
    return Reliability(
        person_count=n,
        item_count=k,
        coefficient=alpha,
        sem=sqrt(variance * max(0.0, 1 - alpha)),
        mean=form.total / n,
        deviation=sqrt(variance),
        is_dichotomous=all(len(values) < 3 for values in form.values.values()),
    )


def _variance(n: int, total: float, squares: float) -> float:
    return max(0.0, (squares - total * total / n) / (n - 1))


class RandomTally:
    """Where each person's questions are a random draw of their own.

    The questions are nested in the persons (design i:p), so the estimate is the one-way analysis
    of variance: ρ² = σ²ₚ / (σ²ₚ + σ²ᵢ:ₚ/k) with σ²ᵢ:ₚ = MSW and σ²ₚ = (MSB - MSW)/k₀ (Brennan
    2001, Generalizability Theory, 3.2). For right or wrong questions it is Kuder-Richardson 21,
    which Lord (1955, Educational and Psychological Measurement 15) showed to be the reliability of
    randomly parallel tests. A draw by topic and difficulty errs less than a free one: the
    estimate is on the low side.
    """

    def __init__(self) -> None:
        self.persons = 0
        self._items = 0
        self._items_squared = 0
        self._sum = 0.0
        self._between = 0.0
        self._within = 0.0

    def add(self, shares: Iterable[float]) -> None:
        """Each question's share of its points, of one person."""
        values = list(shares)
        k = len(values)
        if k < 2:
            return
        total = sum(values)
        self.persons += 1
        self._items += k
        self._items_squared += k * k
        self._sum += total
        self._between += total * total / k
        self._within += sum(value * value for value in values) - total * total / k

    def reliability(self) -> Reliability | None:
        """``mean``, ``deviation`` and ``sem`` are shares of a paper's points, 0..1. None for fewer
        than two people or when all answered alike."""
        n = self.persons
        if n < 2:
            return None
        mean = self._sum / self._items
        within = max(0.0, self._within) / (self._items - n)
        between = max(0.0, self._between - self._sum * mean) / (n - 1)
        k = self._items / n
        if between <= 1e-12:
            return None
        usual = (self._items - self._items_squared / self._items) / (n - 1)
        of_persons = (between - within) / usual
        spread = of_persons + within / k
        if spread <= 1e-12:
            return None
        return Reliability(
            person_count=n,
            item_count=round(k),
            coefficient=of_persons / spread,
            sem=sqrt(within / k),
            mean=mean,
            deviation=sqrt(spread),
            is_dichotomous=False,
        )
