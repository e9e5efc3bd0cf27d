"""bench/results.json as the table of docs/performance.md."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.bench.questions import STEPS as QUESTION_STEPS
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
        parts += ["### Questions\n", _load(results, "questions"), *_questions(results["questions"])]
    if "search" in results:
        parts += ["### Search\n", _load(results, "search"), *_search(results["search"])]
    if "analysis" in results:
        lines = [
            f"{found['people']} people with 20 questions each: {found['seconds']} s "
            f"({found['cpu_seconds']} s of one core); the process grew by {found['grown_mb']} MB."
            for found in results["analysis"].values()
        ]
        parts.append("### Analysis of questions\n\n" + "\n\n".join(lines) + "\n")
    return "\n".join(parts)


def _load(results: Mapping[str, Any], part: str) -> str:
    run = results["runs"][part]
    return f"Measured {run['measured_at']}; load of the machine before it began: {run['load']}.\n"


def _questions(found: Mapping[str, Any]) -> list[str]:
    """Seconds, and megabytes the process grew at most during the step."""
    heads = ("database", "file", "questions", *QUESTION_STEPS, "all", "peak MB", "ratio of peaks")
    rows = []
    for vendor in ("postgresql", "sqlite"):
        for kind, measured in found[vendor].items():
            for size in ("few", "many"):
                one = measured[size]
                steps = [f"{one[f'{step}_s']} s, {one[f'{step}_mb']} MB" for step in QUESTION_STEPS]
                ratio = measured["peak_ratio"] if size == "many" else ""
                rows.append(
                    (vendor, kind, one["questions"], *steps, f"{one['total_s']} s",
                     one["peak_mb"], ratio)
                )  # fmt: skip
    return [_table(heads, rows)]


def _search(found: Mapping[str, Any]) -> list[str]:
    rows = [
        (vendor, label, measured["median_ms"], measured["p95_ms"], "p95 < 100")
        for vendor in ("postgresql", "sqlite")
        for label, measured in found[vendor].items()
        if isinstance(measured, dict)
    ]
    kept = ", ".join(f"{found[name]['keep_ms']} ms on {name}" for name in ("postgresql", "sqlite"))
    return [
        f"{found['pages']} texts of 300 words; to keep one that is published: {kept}.\n",
        _table(("database", "search", "median ms", "p95 ms", "aim"), rows),
    ]


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
