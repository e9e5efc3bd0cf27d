"""Versions of a procedure: counted by what it says, not by how often somebody pressed a button."""

import hashlib
import json
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.procedure_parts import ProcedureVersion
from cms.models.procedures import ProcedurePage

PARTS: Final[dict[str, tuple[Any, tuple[str, ...]]]] = {
    "name": (_("tên, mã"), ("title", "code")),
    "authority": (_("cơ quan giải quyết"), ("level", "authority", "field_id")),
    "who": (_("đối tượng"), ("who_may_file",)),
    "where": (_("nơi nộp"), ("where_to_file",)),
    "documents": (_("thành phần hồ sơ"), ()),
    "steps": (_("các bước"), ()),
    "time": (_("thời hạn"), ("time_limit_days", "time_limit_note")),
    "fee": (_("phí, lệ phí"), ("fee_amount_vnd", "fee_text", "fee_note")),
    "result": (_("kết quả"), ("result",)),
    "law": (_("căn cứ pháp lý"), ()),
    "online": (_("nộp trực tuyến"), ("online_level", "portal_url")),
}


def record_version(page: ProcedurePage, *, at: datetime) -> ProcedureVersion | None:
    """A new version when the published page says something else than the last one; None when it
    says the same (a corrected synonym, a new picture). Repeating it changes nothing."""
    with transaction.atomic():
        ProcedurePage.objects.select_for_update().get(pk=page.pk)
        last = page.versions.first()
        now = digests_of(page)
        if last is not None and last.digests == now:
            return None
        return ProcedureVersion.objects.create(
            page=page,
            number=last.number + 1 if last else 1,
            updated_on=timezone.localdate(at),
            # A note left from the version before says nothing about this one.
            note="" if last and last.note == page.change_note else page.change_note,
            changed_parts=[part for part in PARTS if now[part] != last.digests.get(part)]
            if last
            else [],
            digests=now,
        )


def digests_of(page: ProcedurePage) -> dict[str, str]:
    """Part → digest of what the page says there."""
    rows: dict[str, Any] = {
        "documents": [
            [row.name, row.originals_count, row.copies_count, row.condition, row.form_file_id]
            for row in page.documents.all()
        ],
        "steps": [[row.text, row.time] for row in page.steps.all()],
        "law": [[row.instrument_id, row.article] for row in page.legal_bases.all()],
    }
    return {
        part: _digest(rows.get(part) or [getattr(page, name) for name in names])
        for part, (_label, names) in PARTS.items()
    }


def part_labels(parts: list[str]) -> list[str]:
    return [str(PARTS[part][0]) for part in parts if part in PARTS]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]
