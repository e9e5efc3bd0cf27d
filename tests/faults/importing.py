"""What the web process does with a large question file; prints its job as JSON.

``python -m tests.faults.importing upload COUNT | look | age | resume``
"""

import json
import sys
from io import BytesIO

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402

from core.clock import read_clock  # noqa: E402
from core.jobs import LEASE, look_after, resume_job  # noqa: E402
from core.models import Job  # noqa: E402
from core.spreadsheets import Column, write_workbook  # noqa: E402
from quizzes.importing import uploads  # noqa: E402
from quizzes.models import ImportedQuestion  # noqa: E402
from tests.quizzes.bank_factories import make_author, make_bank  # noqa: E402


def upload(count: int) -> None:
    uploads.INLINE_BYTES = 0
    bank = make_bank()
    file = SimpleUploadedFile("cau-hoi.xlsx", workbook(count))
    uploads.keep_upload(bank, file, by=make_author(bank), at=read_clock())


def workbook(count: int) -> bytes:
    target = BytesIO()
    headings = ("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")
    write_workbook(
        target,
        sheet_name="Câu hỏi",
        title="Ngân hàng câu hỏi",
        columns=[Column(heading, 20) for heading in headings],
        rows=(
            (n, f"Câu hỏi thứ {n} nói về việc {n * 7}?", "Một", "Hai", "Ba", "Bốn", "ABCD"[n % 4])
            for n in range(1, count + 1)
        ),
    )
    return target.getvalue()


def main() -> None:
    act = sys.argv[1]
    at = read_clock()
    if act == "upload":
        upload(int(sys.argv[2]))
    if act == "age":
        Job.objects.update(heartbeat_at=at - LEASE * 2)
    job = Job.objects.get()
    if act == "age":
        look_after(job, at=at)
    if act == "resume":
        resume_job(job, at=at)
    job.refresh_from_db()
    rows = ImportedQuestion.objects.count()
    sys.stdout.write(json.dumps({"state": job.state, "message": job.message, "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
