"""What a batch measurement does inside an installation.

``python -m tests.bench.batch_work WHAT …`` prints one JSON object.
"""

import json
import random
import resource
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


# As people answer: the able ones more often right, one question harder than another.
_ANSWERED = """
    INSERT INTO quizzes_response (attempt_id, slot, choice, sequence, received_at)
    SELECT id, slot,
           CASE WHEN dice %% 20 + slot %% 5 < correct_count + 2 THEN '["a"]'::jsonb
                ELSE ('["' || substr('bcd', 1 + dice %% 3, 1) || '"]')::jsonb END,
           slot + 1, started_at + (slot + 1) * (elapsed_ms / 20) * interval '1 millisecond'
    FROM (SELECT id, slot, correct_count, started_at, elapsed_ms,
                 abs(hashint8(id * 100 + slot)) AS dice
          FROM quizzes_attempt, generate_series(0, 19) AS slot WHERE round_id = %s) AS answered
"""


def fill_answers(round_id: int) -> dict[str, Any]:
    """Twenty answers for each attempt of the round; PostgreSQL only."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED, [round_id])
        made = cursor.rowcount
        cursor.execute("ANALYZE quizzes_response")
    return {"answers": made}


def analysis(run_id: int) -> dict[str, Any]:
    """The analysis as the job makes it, and by how many megabytes its process grew at most."""
    from core.clock import read_clock
    from quizzes.analysing import analyse_run
    from quizzes.models import ItemStatistic, ResultRun

    run = ResultRun.objects.select_related("round").get(pk=run_id)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    used = time.process_time()
    seconds = timed(lambda: analyse_run(run, at=read_clock()))
    found = {"people": run.person_count, "seconds": round_to(seconds)}
    found["cpu_seconds"] = round_to(time.process_time() - used)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["grown_mb"] = round((after - before) / 1024)
    shown = ItemStatistic.objects.filter(analysis__run=run).values_list("shown_count", flat=True)
    assert sum(shown) == run.person_count * 20, "not every answer was analysed"
    return found


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


def fill_search(count: int) -> dict[str, Any]:
    """``count`` texts of about 300 words, as published pages leave them in the search; seconds of
    the last hundred, each kept as a publication does it."""
    from datetime import date

    from wagtail.search.backends import get_search_backend

    from cms.demo.reform_models import MODELS
    from cms.finding.indexing import entry_values, keep, recount
    from cms.finding.sources import PAGE, Found
    from cms.models import SearchEntry

    dice = random.Random(8)
    words = sorted({word for model in MODELS for word in str(model).split()})
    themes = ["đất đai", "khai sinh", "hộ tịch", "chứng thực", "xây dựng", "kinh doanh"]

    def text(number: int) -> Found:
        theme = themes[number % len(themes)]
        return Found(
            PAGE,
            1_000_000 + number,
            "news",
            f"/articles/bai-{number}/",
            "Tin tức",
            f"Bài {number} về {theme}",
            summary=f"Thủ tục hành chính về {theme}, số {number % 200}.",
            texts=(" ".join(dice.choices(words, k=300)),),
            shown_on=date(2026, 1, 1),
        )

    last = 100
    for start in range(0, count - last, 500):
        entries = [
            SearchEntry(source=found.source, source_id=found.source_id, **entry_values(found))
            for found in map(text, range(start, min(start + 500, count - last)))
        ]
        SearchEntry.objects.bulk_create(entries)
        get_search_backend().add_bulk(SearchEntry, entries)
    recount()
    kept = timed(lambda: [keep(text(number)) for number in range(count - last, count)])
    return {"keep_ms": round(kept / last * 1000, 1)}


WORK: dict[str, Callable[..., dict[str, Any]]] = {
    "certificates": lambda count: certificates(int(count)),
    "fill_finished": lambda *counts: {count: fill_finished(int(count)) for count in counts},
    "fill_answers": lambda round_id: fill_answers(int(round_id)),
    "analysis": lambda run: analysis(int(run)),
    "result_sheet": lambda run: result_sheet(int(run)),
    "fill_search": lambda count: fill_search(int(count)),
    "write_questions": lambda kind, count, path: questions.write_file(kind, int(count), path),
    "questions": lambda kind, count, *paths: questions.measure(kind, int(count), *paths),
    "write_roster": lambda path, count: write_roster(path, int(count)),
}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(WORK[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
