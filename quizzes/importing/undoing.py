"""Taking an import back, as long as nothing was drawn from it and nothing has changed since.

New questions are deleted, updated ones return to what they were: all of them or none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import batched, chain
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit
from core.errors import Conflict, NotAllowed
from core.locking import check_references
from people.models import User
from quizzes import rules
from quizzes.flagging import recheck_flags
from quizzes.models import (
    ImportChange,
    Question,
    QuestionBank,
    QuestionComment,
    QuestionImport,
    QuestionVersion,
    Topic,
)

_BATCH = 500
_NAMED = 5
# What may be changed of a version after it has been drawn.
_EXPLAINING = (
    "explanation",
    "legal_basis",
    "instrument_id",
    "article",
    "valid_until",
    "changed_by_id",
    "changed_at",
)


def snapshot(question: Question, version: QuestionVersion) -> str:
    """Every field of a question and of its current version, as JSON."""
    fields = {"question": _fields_of(question), "version": _fields_of(version)}
    return json.dumps(fields, cls=DjangoJSONEncoder, sort_keys=True)


def _fields_of(row: Question | QuestionVersion) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def keep_changes(upload: QuestionImport, before: Mapping[int, str | None]) -> None:
    """Note what an import has just written. Call it in the transaction that wrote."""
    ImportChange.objects.bulk_create(
        [
            ImportChange(
                upload=upload,
                question=question,
                before=json.loads(before[question.pk] or "null"),
                after=_digest(question),
            )
            for question in _questions(before)
        ],
        batch_size=_BATCH,
    )


def _questions(keys: Iterable[int]) -> Sequence[Question]:
    return list(
        Question.objects.filter(pk__in=list(keys)).select_related("current_version").order_by("pk")
    )


def _digest(question: Question) -> str:
    assert question.current_version is not None  # noqa: S101
    return sha256(snapshot(question, question.current_version).encode()).hexdigest()


def why_not_undoable(upload: QuestionImport) -> str:
    """One sentence for the author, empty when the import can be undone."""
    if upload.applied_at is None or upload.undone_at is not None:
        return _("Lần nhập này chưa áp dụng hoặc đã được hoàn tác.")
    return _obstacle(upload)


def _batches(upload: QuestionImport) -> Iterator[list[ImportChange]]:
    """What the import did, 500 questions at a time, each with its current version."""
    changes = upload.changes.select_related("question__current_version").order_by("question")
    last = 0
    while batch := list(changes.filter(question__gt=last)[:_BATCH]):
        yield batch
        last = batch[-1].question_id


def _obstacle(upload: QuestionImport) -> str:
    drawn: list[int] = []
    changed: list[int] = []
    applied_at = upload.applied_at
    for change in chain.from_iterable(_batches(upload)):
        version = change.question.current_version
        if version is None or _digest(change.question) == change.after:
            continue
        was_drawn = bool(version.drawn_at and applied_at and version.drawn_at > applied_at)
        (drawn if was_drawn else changed).append(change.question_id)
    if drawn:
        return _("Đã có câu được dùng trong đề thi: %(names)s. Vì vậy không hoàn tác được.") % {
            "names": _names(drawn)
        }
    if changed:
        return _(
            "Đã có câu được sửa hoặc chuyển tình trạng sau khi nhập: %(names)s. "
            "Vì vậy không hoàn tác được; hãy sửa từng câu."
        ) % {"names": _names(changed)}
    commented = QuestionComment.objects.filter(question__in=upload.changes.values("question"))
    keys = list(commented.order_by("question").values_list("question", flat=True).distinct())
    if keys:
        return _("Đã có nhận xét ở các câu: %(names)s. Vì vậy không hoàn tác được.") % {
            "names": _names(keys)
        }
    return ""


def _names(keys: Sequence[int]) -> str:
    named = ", ".join(f"#{key}" for key in keys[:_NAMED])
    more = len(keys) - _NAMED
    return (
        named
        if more <= 0
        else ngettext("%(named)s và %(more)d câu nữa", "%(named)s và %(more)d câu nữa", more)
        % {"named": named, "more": more}
    )


@transaction.atomic
def undo_import(upload: QuestionImport, *, by: User, at: datetime) -> int:
    """Take the whole import back; returns how many questions that touched. A repeat does nothing.

    Raises NotAllowed; Conflict with the sentence of `why_not_undoable`.
    """
    bank = QuestionBank.objects.select_for_update().get(pk=upload.bank_id)
    if not rules.can_author(by, bank, at):
        raise NotAllowed(_("Bạn không phụ trách ngân hàng câu hỏi này nên không hoàn tác được."))
    upload = QuestionImport.objects.select_for_update().get(pk=upload.pk)
    if upload.undone_at is not None:
        return 0
    if upload.applied_at is None:
        raise Conflict(why_not_undoable(upload))
    count = _lock_questions(upload)
    if obstacle := _obstacle(upload):
        raise Conflict(obstacle)
    created: list[int] = []
    try:
        with transaction.atomic():
            for changes in _batches(upload):
                _restore([change for change in changes if change.before is not None])
                created += [change.question_id for change in changes if change.before is None]
            for keys in batched(created, _BATCH):
                _delete(keys)
            check_references()
    except IntegrityError as error:  # used elsewhere, or drawn and so unchangeable
        raise Conflict(
            _(
                "Có câu của lần nhập này đang được dùng ở nơi khác (ma trận đề, đề thi hoặc "
                "nhận xét). Vì vậy không hoàn tác được."
            )
        ) from error
    _drop_topics(upload.result.get("new_topics", []))
    upload.changes.all().delete()
    QuestionImport.objects.filter(pk=upload.pk).update(undone_at=at, undone_by=by)
    recheck_flags(at=at, bank=bank)
    audit.record(
        "questions.import_undone",
        bank,
        by=by,
        at=at,
        summary=_("Hoàn tác việc nhập tệp “%(file)s” vào ngân hàng “%(bank)s”: %(count)d câu.")
        % {"file": upload.file_name[:80], "bank": bank.name[:80], "count": count},
        data={"import": upload.pk, "questions": count},
    )
    return count


def _lock_questions(upload: QuestionImport) -> int:
    """Nobody else can draw or change them from now on. Returns how many there are."""
    touched = upload.changes.values("question")
    questions = Question.objects.select_for_update().filter(pk__in=touched)
    keys = list(questions.order_by("pk").values_list("pk", flat=True))
    versions = QuestionVersion.objects.select_for_update().filter(question__in=touched)
    list(versions.order_by("pk").values_list("pk", flat=True))
    return len(keys)


def _restore(changes: Sequence[ImportChange]) -> None:
    for change in changes:
        kept: dict[str, Any] = change.before or {}
        question, newer = change.question, change.question.current_version
        before = kept["version"]
        version = QuestionVersion.objects.get(pk=before["id"])
        names = _EXPLAINING if version.drawn_at else _restored_fields(QuestionVersion)
        _put_back(version, before, names)
        revision = question.revision + 1  # a form that was opened meanwhile must not be saved
        before = {**kept["question"], "revision": revision}
        _put_back(question, before, _restored_fields(Question))
        if newer is not None and newer.pk != version.pk:
            newer.delete()


def _put_back(
    row: Question | QuestionVersion, before: Mapping[str, Any], names: Sequence[str]
) -> None:
    for name in names:
        setattr(row, name, before[name])
    row.save(update_fields=names)


def _restored_fields(model: type[Question] | type[QuestionVersion]) -> list[str]:
    """All but the moments: they have not changed, and JSON keeps fewer digits of them."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields if not field.primary_key]
    return [name for name in names if name not in {"created_at", "drawn_at"}]


def _delete(keys: Sequence[int]) -> None:
    questions = Question.objects.filter(pk__in=keys)
    questions.update(current_version=None)
    QuestionVersion.objects.filter(question__in=keys).delete()
    questions.delete()


def _drop_topics(keys: Iterable[int]) -> None:
    """Topics that the import made, unless something else is in them by now."""
    for topic in Topic.objects.filter(pk__in=list(keys), questions__isnull=True):
        try:
            with transaction.atomic():
                topic.delete()
        except ProtectedError:
            continue
