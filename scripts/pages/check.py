"""``make check-pages``: every kind of public page, on a phone and on a desk, against its budgets.

Prints a table, writes all of it to var/pages/report.txt, ends with 1 when a page fails. Looks at
the demo of BASE_URL, else starts one; names of kinds as arguments look at these alone.
"""

import sys

from scripts.pages.browser import ROOT, open_browser, running_demo
from scripts.pages.judging import allowed, failures, remarks, weighed
from scripts.pages.kinds import public_kinds
from scripts.pages.measuring import measure

WIDTHS = (360, 1280)
REPORT = ROOT / "var" / "pages" / "report.txt"


def main() -> int:
    wanted = set(sys.argv[1:])
    lines: list[str] = []

    def tell(line: str) -> None:
        lines.append(line)
        print(line, flush=True)  # noqa: T201

    failed = 0
    tell(f"{'page':<18}{'width':>6}{'bytes':>9}{'allowed':>9}{'requests':>9}{'shift':>8}  verdict")
    with running_demo() as base, open_browser() as browser:
        for kind in public_kinds(browser, base):
            if wanted and kind.name not in wanted:
                continue
            for width in WIDTHS:
                facts = measure(browser, base, kind.address, width=width)
                wrong = failures(kind, facts)
                failed += bool(wrong)
                tell(
                    f"{kind.name:<18}{width:>6}{weighed(kind, facts):>9}{allowed(kind, facts):>9}"
                    f"{len(facts.parts):>9}{facts.shift:>8.3f}  {'FAILS' if wrong else 'ok'}"
                )
                for line in wrong:
                    tell(f"    ✗ {line}")
                for line in remarks(facts):
                    tell(f"    · {line}")
    tell(f"{failed} of these fail." if failed else "Every page keeps its budgets.")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
