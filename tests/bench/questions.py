"""5,000 questions of one sheet, as their author waits for them: read, planned, written, read again.

``python -m tests.bench.questions`` by itself, on the database of the settings (a test database of
its own, destroyed afterwards).
"""

import io
import json
import random
import resource
import sys
import time
from typing import Any

import xlsxwriter

COUNT = 5_000
_HEAD = ["STT", "Chuyên đề", "Mức độ", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Giải thích"]
_BODIES = ["Chính phủ", "Quốc hội", "Bộ Nội vụ", "Ủy ban nhân dân cấp xã", "Sở Tư pháp"]
_ACTS = ["tiếp nhận", "thẩm định", "công khai", "số hóa", "luân chuyển", "trả", "lưu trữ"]
_THINGS = ["hồ sơ", "giấy tờ", "kết quả", "phản ánh", "kiến nghị", "thủ tục", "dữ liệu"]


def make_sheet(count: int = COUNT) -> bytes:
    """Questions that begin alike, as those of a real bank do; no two are the same."""
    rng = random.Random(7)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("Câu hỏi")
    sheet.write_row(0, 0, _HEAD)
    for number in range(1, count + 1):
        words = [rng.choice(names) for names in (_BODIES, _ACTS, _THINGS, _ACTS, _THINGS)]
        stem = (
            f"Theo quy định của pháp luật hiện hành, thời hạn {words[1]} {words[2]} số {number} "
            f"tại {words[0]} để {words[3]} {words[4]} là bao nhiêu ngày làm việc?"
        )
        options = [f"{rng.randint(1, 9) * 4 + place} ngày" for place in range(4)]
        row = [
            number,
            f"Chuyên đề {number % 9}",
            "Dễ",
            stem,
            *options,
            rng.choice("ABCD"),
            "Điều 5",
        ]
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def measure(count: int = COUNT) -> dict[str, Any]:
    """Seconds of each step, by the clock and of this process alone, and by how many megabytes the
    process grew at most."""
    from core.clock import read_clock
    from quizzes.importing.applying import apply_import, preview_import
    from quizzes.importing.reading import read_questions
    from quizzes.models import QuestionBank

    data = make_sheet(count)
    bank = QuestionBank.objects.create(code="bench-questions", name="Bench")
    found: dict[str, Any] = {"questions": count, "file_bytes": len(data)}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def timed(name: str, act: Any) -> Any:
        begun, used = time.perf_counter(), time.process_time()
        value = act()
        found[f"{name}_s"] = round(time.perf_counter() - begun, 2)
        found[f"{name}_cpu_s"] = round(time.process_time() - used, 2)
        return value

    result = timed("read", lambda: read_questions(data))
    timed("preview", lambda: preview_import(bank, result.questions))
    timed("apply", lambda: apply_import(bank, result.questions, by=None, at=read_clock()))
    report = timed("again", lambda: apply_import(bank, result.questions, by=None, at=read_clock()))
    found["unchanged_again"] = report.unchanged
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["grown_mb"] = round((after - before) / 1024)
    return found


def main() -> None:
    import django
    from django.test.utils import get_runner

    django.setup()
    from django.conf import settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
    finally:
        runner.teardown_databases(old)


if __name__ == "__main__":
    main()
