"""What a batch measurement does inside an installation.

``python -m tests.bench.batch_work WHAT …`` prints one JSON object.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import django

from tests.bench import questions

ONE_BY_ONE_SAMPLE = 20


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def certificates(count: int) -> dict[str, Any]:
    """Seconds for ``count`` certificates: ours, WeasyPrint once for each, ReportLab alone."""
    import segno
    from pypdf import PdfReader
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    from printing import certificates as drawing
    from printing.typography import REGULAR, register_fonts

    shared = drawing.Shared(
        title="GIẤY CHỨNG NHẬN",
        issuing_agency="ỦY BAN NHÂN DÂN PHƯỜNG THANH KHÊ",
        occasion="Hội thi Công chức làm việc tại bộ phận Một cửa, Vòng 1",
        day_line="Đà Nẵng, ngày 20 tháng 10 năm 2026",
        position="TRƯỞNG BAN",
        authority="TM. BAN TỔ CHỨC",
    )
    pages = [
        drawing.CertificatePage(
            shared=shared,
            full_name=f"Nguyễn Thị Ước Nguyện {number}",
            unit_name="Trung tâm Phục vụ hành chính công",
            achievement="Giải Khuyến khích",
            number_line=f"Số: {number:05d}/GCN-BTC",
            verify_url=f"https://localhost/verify/{number:012d}/",
        )
        for number in range(1, count + 1)
    ]
    whole: list[bytes] = []
    ours = timed(lambda: whole.append(drawing.draw_certificates(pages)))
    text = PdfReader(BytesIO(whole[0])).pages[count - 1].extract_text()
    assert f"Nguyện {count}" in text, "the last certificate does not carry its name"

    def one_by_one() -> None:
        # Without the name, unit, award and number: the true price is a little higher.
        for _page in pages[:ONE_BY_ONE_SAMPLE]:
            drawing._background.__wrapped__(shared)

    def reportlab_alone() -> None:
        register_fonts()
        canvas = Canvas(BytesIO(), pagesize=drawing.PAGE, initialFontName=REGULAR)
        for page in pages:
            for inset in (8, 10, 11):
                canvas.rect(
                    inset * mm,
                    inset * mm,
                    drawing.WIDTH - 2 * inset * mm,
                    drawing.HEIGHT - 2 * inset * mm,
                )
            canvas.setFont(REGULAR, 13)
            lines = (shared.issuing_agency, shared.title, shared.occasion, shared.day_line)
            for row, line in enumerate((*lines, shared.authority, shared.position)):
                canvas.drawCentredString(drawing.MIDDLE, (190 - 12 * row) * mm, line)
            drawing._draw(canvas, page)
            matrix = segno.make(page.verify_url, micro=False).matrix
            side = drawing.QR_SIDE / len(matrix)
            bottom = drawing.HEIGHT - drawing.QR_TOP - drawing.QR_SIDE
            for row, modules in enumerate(matrix):
                for column, dark in enumerate(modules):
                    if dark:
                        left, low = drawing.QR_LEFT + column * side, bottom + row * side
                        canvas.rect(left, low, side, side, stroke=0, fill=1)
            canvas.showPage()
        canvas.save()

    drawing._background.__wrapped__(shared)
    sampled = timed(one_by_one) / min(ONE_BY_ONE_SAMPLE, count)
    alone = timed(reportlab_alone)
    return {
        "count": count,
        "seconds": round(ours, 2),
        "seconds_each": round(ours / count, 4),
        "weasyprint_one_by_one_seconds_each": round(sampled, 4),
        "times_faster_than_one_by_one": round(sampled * count / ours, 1),
        "reportlab_seconds": round(alone, 2),
        "times_reportlab": round(ours / alone, 2),
        "bytes": len(whole[0]),
    }


def fill_finished(count: int) -> dict[str, Any]:
    """A round with ``count`` finished attempts, then closed and published; ids and seconds."""
    from django.contrib.auth.hashers import make_password

    from core.clock import read_clock
    from people.models import Unit, User
    from quizzes.models import Attempt, ContestUnit, Entry, Paper
    from quizzes.rounds import close_round, publish_round
    from tests.bench.people import PASSWORD
    from tests.quizzes.contest_factories import make_organiser
    from tests.quizzes.play_factories import make_round

    now = read_clock()
    opened = now - timedelta(hours=3)
    round = make_round(questions=20, pool=30, opens_at=opened, has_prediction=True)
    round.contest.is_public = True
    round.contest.save()
    organiser = make_organiser(round.contest)
    dice = random.Random(7)
    units = [
        ContestUnit.objects.create(
            contest=round.contest, unit=unit, unit_name=unit.name, headcount=count // 100 + 1
        )
        for unit in [Unit.add_root(name=f"Đơn vị {round.pk}.{n}") for n in range(100)]
    ]
    hashed = make_password(PASSWORD)
    versions = list(round.pool.values_list("version_id", flat=True))
    papers = [
        Paper.objects.create(
            round=round,
            seed=seed,
            slots=[
                {"version": version, "centipoints": 250, "options": ["a", "b", "c", "d"]}
                for version in dice.sample(versions, 20)
            ],
        )
        for seed in range(50)
    ]
    for first in range(0, count, 5000):
        people = [
            User(staff_code=f"R{round.pk}N{n}", full_name=f"Trần Thị Bình {n}", password=hashed)
            for n in range(first, min(first + 5000, count))
        ]
        for user in people:
            user.normalise()
        User.objects.bulk_create(people)
        entries = Entry.objects.bulk_create(
            Entry(
                contest=round.contest,
                user=user,
                contest_unit=units[n % 100],
                full_name=user.full_name,
                sort_key=user.sort_key,
                search_key=user.search_key,
                entered_at=opened,
            )
            for n, user in enumerate(people)
        )
        Attempt.objects.bulk_create(
            _finished(round, entry, papers[n % 50], opened, dice) for n, entry in enumerate(entries)
        )
    seconds = timed(lambda: close_round(round, by=organiser, at=now, reason="đo"))
    round.refresh_from_db()
    seconds += timed(lambda: publish_round(round, by=organiser, at=now))
    run = round.result_runs.get(is_current=True)
    assert run.standings.count() == count
    middle = run.standings.order_by("position")[count // 2]
    return {
        "round": round.pk,
        "run": run.pk,
        "path": f"/contests/{round.contest.code}/rounds/{round.number}/standings/",
        "person": middle.entry.user.staff_code,
        "attempt": middle.attempt_id,
        "publish_seconds": round_to(seconds),
    }


def round_to(seconds: float) -> float:
    return float(f"{seconds:.2f}")


def _finished(round: Any, entry: Any, paper: Any, opened: Any, dice: random.Random) -> Any:
    from quizzes.models import Attempt

    correct = min(20, max(0, int(dice.gauss(14, 3))))
    elapsed_ms = dice.randrange(180_000, 1_200_000)
    started = opened + timedelta(seconds=dice.randrange(0, 3600))
    return Attempt(
        round=round,
        entry=entry,
        number=1,
        paper=paper,
        state="finished",
        started_at=started,
        deadline_at=started + timedelta(minutes=20),
        accepts_until=started + timedelta(minutes=20, seconds=5),
        finished_at=started + timedelta(milliseconds=elapsed_ms),
        finish_kind="handed_in",
        elapsed_ms=elapsed_ms,
        prediction=dice.randrange(0, 200_000),
        centipoints=correct * 250,
        correct_count=correct,
        answered_count=20,
        scored_at=started + timedelta(minutes=20),
    )


def result_sheet(run_id: int) -> dict[str, Any]:
    from pypdf import PdfReader

    from printing.composing import compose
    from printing.result_sheet import result_sheet as sheet
    from quizzes.models import ResultRun

    run = ResultRun.objects.select_related("round__contest").get(pk=run_id)
    made: list[bytes] = []
    seconds = timed(lambda: made.append(compose(sheet(run))))
    return {
        "rows": run.person_count,
        "seconds": round_to(seconds),
        "pages": len(PdfReader(BytesIO(made[0])).pages),
        "bytes": len(made[0]),
    }


def _name(number: int) -> str:
    """Ten thousand names as people have them; some are borne by several."""
    families = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ")
    middles = ("Thị", "Văn", "Hồng", "Minh", "Ngọc", "Quang", "Thanh", "Đức", "Hoài", "Kim")
    given = ("An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Ước", "Yến")
    digits = [number // 10**place % 10 for place in range(4)]
    return " ".join((families[digits[0]], middles[digits[1]], given[digits[2]], given[digits[3]]))


def write_roster(path: str, count: int) -> dict[str, Any]:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["DANH SÁCH CÁN BỘ, CÔNG CHỨC"])
        heads = ["STT", "Họ và tên", "Mã cán bộ", "Điện thoại", "Email", "Đơn vị", "Chức vụ"]
        sheet.write_row(2, 0, heads)
        for n in range(1, count + 1):
            sheet.write_row(
                n + 2,
                0,
                [
                    *(n, _name(n), f"DS{n:06}", f"0912{n:06}", f"ds{n}@example.vn"),
                    *(f"Phường mẫu {n % 120}", "Chuyên viên"),
                ],
            )
    return {"bytes": Path(path).stat().st_size}


WORK: dict[str, Callable[..., dict[str, Any]]] = {
    "certificates": lambda count: certificates(int(count)),
    "fill_finished": lambda *counts: {count: fill_finished(int(count)) for count in counts},
    "result_sheet": lambda run: result_sheet(int(run)),
    "questions": lambda: questions.measure(),
    "write_roster": lambda path, count: write_roster(path, int(count)),
}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(WORK[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
