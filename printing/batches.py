"""Papers that are made in the background: a batch of certificates, a large result sheet.

The files are private, kept for a week, and served by a view that asks who wants them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from celery import Task
from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.urls import reverse

from core.errors import DomainError
from core.jobs import Progress, start_job
from core.models import Job
from people.models import User
from printing.certificates import (
    CertificatePage,
    Shared,
    draw_certificates,
    file_name,
    zip_certificates,
)
from printing.composing import compose
from printing.documents import Orientation, padded
from printing.issuing import Merit, issue, wording
from printing.models import Certificate
from printing.queries import in_register_order
from printing.result_sheet import result_sheet
from printing.rules import CERTIFICATES_JOB, PRINTING_JOBS, RESULT_SHEET_JOB
from quizzes.models import Award, ResultRun, Round

KEPT_FOR = timedelta(days=7)
SYMBOL = "GCN-BTC"
FORMS = {"pdf": "application/pdf", "zip": "application/zip"}


def private_files() -> Storage:
    return storages["private"]


def start_certificates(
    task: Task,
    quiz_round: Round,
    *,
    kind: str,
    award: Award | None,
    form: str,
    by: User,
    at: datetime,
) -> Job:
    """Issue and draw in the background; `form` is "pdf" or "zip"."""
    return start_job(
        task,
        kind=CERTIFICATES_JOB,
        by=by,
        at=at,
        parameters={
            "round": quiz_round.pk,
            "kind": str(kind),
            "award": award.pk if award else None,
            "form": form,
        },
    )


def make_certificates(job: Job, *, progress: Progress, at: datetime) -> None:
    """The work of the job. Repeatable: the same certificates, the same file written anew."""
    asked = job.parameters
    quiz_round = Round.objects.select_related("contest").get(pk=asked["round"])
    award = Award.objects.get(pk=asked["award"], round=quiz_round) if asked["award"] else None
    assert job.created_by is not None  # noqa: S101
    report = issue(quiz_round, kind=asked["kind"], award=award, by=job.created_by, at=at)
    certificates = list(in_register_order(report.certificate_ids))
    if not certificates:
        raise DomainError("; ".join(report.outdated))
    total = len(certificates)
    as_zip = asked["form"] == "zip"
    steps = 2 * total if as_zip else total
    file = BytesIO(
        draw_certificates(
            [page_of(certificate) for certificate in certificates],
            progress=lambda done: progress(done, steps),
        )
    )
    if as_zip:
        drawn, file = file.getvalue(), BytesIO()
        zip_certificates(
            drawn,
            [name_of(certificate) for certificate in certificates],
            file,
            progress=lambda done: progress(total + done, steps),
        )
    job.result = {
        "file": keep(job, file, suffix=asked["form"]),
        "name": f"giay-chung-nhan-{quiz_round.contest.code}-{quiz_round.number}.{asked['form']}",
        "type": FORMS[asked["form"]],
        "created": report.created_count,
        "kept": report.kept_count,
        "outdated": report.outdated,
    }


def start_result_sheet(
    task: Task, run: ResultRun, *, orientation: Orientation, order: str, by: User, at: datetime
) -> Job:
    return start_job(
        task,
        kind=RESULT_SHEET_JOB,
        by=by,
        at=at,
        parameters={
            "round": run.round_id,
            "run": run.pk,
            "orientation": orientation.value,
            "order": order,
        },
        total_count=run.person_count,
    )


def make_result_sheet(job: Job) -> None:
    """The work of the job. Repeatable: the same run gives the same paper."""
    asked = job.parameters
    run = ResultRun.objects.select_related("round__contest").get(pk=asked["run"])
    document = result_sheet(
        run, orientation=Orientation(asked["orientation"]), order=asked["order"]
    )
    job.result = {
        "file": keep(job, BytesIO(compose(document)), suffix="pdf"),
        "name": sheet_name(run),
        "type": FORMS["pdf"],
    }


def sheet_name(run: ResultRun) -> str:
    return f"ket-qua-{run.round.contest.code}-{run.round.number}.pdf"


def keep(job: Job, file: BytesIO, *, suffix: str) -> str:
    """Write the job's file into the private storage, in place of an earlier try's."""
    storage = private_files()
    name = f"printing/job-{job.pk}.{suffix}"
    storage.delete(name)
    file.seek(0)
    return storage.save(name, File(file))


def drop_old_files(*, at: datetime) -> int:
    """Delete the files of jobs that ended more than a week before `at`."""
    dropped = 0
    old = Job.objects.filter(kind__in=PRINTING_JOBS, finished_at__lt=at - KEPT_FOR).exclude(
        result={}
    )
    for job in old:
        if name := job.result.get("file"):
            private_files().delete(name)
            job.result = {**job.result, "file": ""}
            job.save(update_fields=["result"])
            dropped += 1
    return dropped


def page_of(certificate: Certificate) -> CertificatePage:
    return CertificatePage(
        shared=Shared(**certificate.wording),
        full_name=certificate.full_name,
        unit_name=certificate.unit_name,
        achievement=certificate.achievement,
        number_line=f"Số: {padded(certificate.register_number)}/{SYMBOL}",
        verify_url=verify_url(certificate.code),
    )


def preview_page(quiz_round: Round, earned: Sequence[Merit]) -> CertificatePage:
    """A draft: the first of those who earned one, without number, code or date."""
    shown = earned[0] if earned else Merit(0, "Nguyễn Văn A", "Tên đơn vị", "Thành tích")
    words: dict[str, Any] = wording(quiz_round, on=None)
    return CertificatePage(
        shared=Shared(**words, draft=True),
        full_name=shown.full_name,
        unit_name=shown.unit_name,
        achievement=shown.achievement,
        number_line=f"Số: \u2003\u2003/{SYMBOL}",
    )


def name_of(certificate: Certificate) -> str:
    return file_name(
        year=certificate.register_year,
        number=certificate.register_number,
        full_name=certificate.full_name,
    )


def verify_url(code: str) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse("printing:verify", args=[code])
