"""A question file as its author brings it in: uploaded and read, looked at, applied, taken back.

Steps and jobs are those of the product; a job is run here as soon as it is started.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.question_banks import WRITERS

STEPS = ("read", "preview", "apply", "report", "undo")


def write_file(kind: str, count: int, path: str) -> dict[str, Any]:
    WRITERS[kind](Path(path), count)
    return {"bytes": Path(path).stat().st_size}


def measure(kind: str, count: int, path: str, warm_path: str) -> dict[str, Any]:
    """Seconds of each step and by how many megabytes the process grew at most during it, above what
    it had before the first. A small file (``warm_path``) goes first, for what a process loads once.
    """
    from django.test import override_settings

    with override_settings(MFA_REQUIRED=False):
        _bring_in(Path(warm_path), f"warm-{kind}-{count}", lambda _name, act: act())
        return _measured(kind, count, Path(path))


def _measured(kind: str, count: int, path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"questions": count}
    base = _memory("VmRSS")

    def timed(name: str, act: Callable[[], None]) -> None:
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew: man 5 proc
        begun, used = time.perf_counter(), time.process_time()
        act()
        found[f"{name}_s"] = round(time.perf_counter() - begun, 2)
        found[f"{name}_cpu_s"] = round(time.process_time() - used, 2)
        found[f"{name}_mb"] = round((_memory("VmHWM") - base) / 1024, 1)

    taken = _bring_in(path, f"bench-{kind}-{count}", timed)
    assert taken == count, f"{taken} of {count} questions arrived"
    found["total_s"] = round(sum(found[f"{step}_s"] for step in STEPS), 2)
    found["peak_mb"] = max(found[f"{step}_mb"] for step in STEPS)
    return found


def _memory(name: str) -> int:
    """Kilobytes of this process; ``ru_maxrss`` would begin with what the parent had."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)


def _bring_in(path: Path, code: str, timed: Callable[[str, Callable[[], None]], None]) -> int:
    """How many questions the bank had after the import; it has none when it is taken back."""
    from django.contrib.auth.models import Group
    from django.core.files.uploadedfile import UploadedFile
    from django.test import Client
    from django.urls import reverse

    from core.clock import read_clock
    from people import roles
    from people.models import User
    from quizzes import tasks
    from quizzes.importing.undoing import undo_import
    from quizzes.importing.upload_applying import Decision, start_applying
    from quizzes.importing.uploads import keep_upload
    from quizzes.models import QuestionBank, QuestionImport

    bank = QuestionBank.objects.create(code=code, name="Bench")
    author = User.objects.create_user(code.upper(), full_name="Nguyễn Văn An")
    author.groups.add(Group.objects.get_or_create(name=roles.AUTHOR)[0])
    bank.owners.add(author)
    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    client.force_login(author)
    kept = QuestionImport()

    def read() -> None:
        nonlocal kept
        with path.open("rb") as file:
            upload = UploadedFile(file, path.name, size=path.stat().st_size)
            kept = keep_upload(bank, upload, by=author, at=read_clock())
        if kept.job_id:
            tasks.read_question_import(kept.job_id)

    def look() -> None:
        address = reverse("quizzes:question_import", kwargs={"code": code, "pk": kept.pk})
        response = client.get(address, secure=True)
        assert response.status_code == 200, response.status_code

    def apply() -> None:
        fresh = QuestionImport.objects.get(pk=kept.pk)
        start_applying(fresh, Decision(), by=author, at=read_clock())
        if fresh.applied_at is None:
            job = QuestionImport.objects.get(pk=kept.pk).job_id
            tasks.apply_question_import(job)

    def take_back() -> None:
        undo_import(QuestionImport.objects.get(pk=kept.pk), by=author, at=read_clock())

    timed("read", read)
    timed("preview", look)
    timed("apply", apply)
    count = bank.questions.count()
    timed("report", look)
    timed("undo", take_back)
    assert not bank.questions.exists(), "not everything was taken back"
    return count
