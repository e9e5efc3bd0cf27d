"""bench/results.json as the table of docs/performance.md."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.running import ROOT

PAGE = ROOT / "docs/performance.md"
START, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
OPERATIONS = (
    "sign-in",
    "start",
    "save",
    "hand in",
    "sign-in page",
    "lobby",
    "paper",
    "hand-in page",
)
# Least part of the floor's rate (issue 2, section 7).
AIMS = {"save": 0.75, "start": 0.25, "hand in": 0.30}


def as_markdown(results: Mapping[str, Any]) -> str:
    machine = results["machine"]
    parts = [
        f"Measured {machine['measured_at']} on {machine['cores']} cores, Python "
        f"{machine['python']}; load generator and database on the same cores.\n"
    ]
    for part, title in (("web-postgresql", "PostgreSQL"), ("web-sqlite", "SQLite")):
        if part in results:
            parts += [f"### The contest day on {title}\n", *_day(results[part])]
    if "standings" in results:
        parts += ["### Results\n", *_standings(results["standings"])]
    if "certificates" in results:
        parts += ["### Certificates\n", *_certificates(results["certificates"])]
    if "roster" in results:
        roster = results["roster"]
        parts.append(
            f"### Roster\n\n{roster['rows']} rows: {roster['first_seconds']} s the first time "
            f"({roster['first']['created']} created), {roster['again_seconds']} s again "
            f"({roster['again']['unchanged']} unchanged), the start of the command included.\n"
        )
    if "questions" in results:
        found = results["questions"]
        steps = ", ".join(
            f"{name} {found[f'{name}_s']} s" for name in ("read", "preview", "apply", "again")
        )
        parts.append(
            f"### Questions\n\n{found['questions']} questions of one sheet: {steps}; "
            f"the process grew by {found['grown_mb']} MB.\n"
        )
    return "\n".join(parts)


def write(table: str) -> None:
    text = PAGE.read_text()
    before, rest = text.split(START)
    _old, after = rest.split(END)
    PAGE.write_text(f"{before}{START}\n{table}\n{END}{after}")


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    heads = list(heads)
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _day(found: Mapping[str, Any]) -> list[str]:
    rows = []
    for concurrent in ("8", "32"):
        floor = found[f"floor/{concurrent}"]
        rows.append(_row("**floor**: bare view, one upsert", concurrent, floor, 1, 1.0, ""))
        for label in OPERATIONS:
            measured = found[f"day/{concurrent}"].get(label)
            if not measured:
                continue
            ratio = measured["per_second"] / floor["per_second"]
            aim = f"≥ {AIMS[label]:.0%}" if label in AIMS else ""
            if label == "sign-in":
                aim = "≥ 50 a second"
            statements = found["statements"].get(label, "")
            rows.append(_row(label, concurrent, measured, statements, ratio, aim))
    stored, storm = found["stored"], found["storm"]
    return [
        _table(
            (
                "operation",
                "concurrent",
                "a second",
                "median ms",
                "p95 ms",
                "errors",
                "SQL",
                "of the floor",
                "aim",
            ),
            rows,
        ),
        f"Stored beside acknowledged: {stored['answers_checked']} answers and "
        f"{stored['scores_checked']} scores checked, {stored['differences']} differences.\n",
        f"Storm: {storm['contestants']} contestants, {storm['concurrent']} at a time, signed in "
        f"within {storm['sign_in_seconds']} s (aim 300) and had started, their papers open, within "
        f"{storm['start_seconds']} s (aim 60); {storm['errors']} errors.\n",
    ]


def _row(
    label: str,
    concurrent: str,
    measured: Mapping[str, Any],
    statements: object,
    ratio: float,
    aim: str,
) -> list[object]:
    return [
        *(label, concurrent, measured["per_second"], measured["median_ms"], measured["p95_ms"]),
        *(measured["errors"], statements, f"{ratio:.0%}", aim),
    ]


def _standings(found: Mapping[str, Any]) -> list[str]:
    pages = ("board", "last page", "own rank")
    few, many = (key for key in found if key.isdecimal())
    sheet = found["result_sheet"]
    published = ", ".join(f"{count}: {seconds} s" for count, seconds in found["publish"].items())
    return [
        _table(
            ("page", f"{few} attempts, median ms", f"{many} attempts", "ratio", "aim"),
            [
                (page, found[few][page]["median_ms"], found[many][page]["median_ms"],
                 found[f"ratio, {page}"], "≤ 1.5")
                for page in pages
            ],
        ),
        f"Closing and publishing, by attempts: {published} (aim: 100000 in under 60 s).\n",
        f"Result sheet of {sheet['rows']} rows: {sheet['seconds']} s, {sheet['pages']} pages.\n",
    ]  # fmt: skip


def _certificates(found: Mapping[str, Any]) -> list[str]:
    return [
        _table(
            ("certificates", "seconds", "each", "WeasyPrint one by one, each",
             "times faster (aim ≥ 10)",
             "ReportLab alone", "times ReportLab (aim ≤ 2)"),
            [
                (made["count"], made["seconds"], made["seconds_each"],
                 made["weasyprint_one_by_one_seconds_each"], made["times_faster_than_one_by_one"],
                 made["reportlab_seconds"], made["times_reportlab"])
                for made in found.values()
            ],
        )
    ]  # fmt: skip
