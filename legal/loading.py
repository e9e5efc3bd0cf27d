"""Loading legal instruments from a list of records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.vietnamese import nfc
from legal.models import Article, Instrument
from legal.notes import split_note
from legal.recording import keep_revision_current

_STATUSES = {
    "con_hieu_luc": Instrument.Status.IN_FORCE,
    "con_hieu_luc_sua_doi": Instrument.Status.AMENDED,
    "het_hieu_luc": Instrument.Status.EXPIRED,
    "can_kiem_tra": Instrument.Status.TO_CHECK,
    "chua_co_hieu_luc": Instrument.Status.NOT_YET,
}
_CERTAINTIES = {
    "seen_stored": Instrument.Certainty.SEEN,
    "memory": Instrument.Certainty.MEMORY,
    "uncertain": Instrument.Certainty.UNCERTAIN,
}


@dataclass(frozen=True, slots=True)
class LoadReport:
    created: int
    updated: int
    unchanged: int


class BadRecord(DomainError):
    """A record that cannot be loaded; nothing of the list has been."""


@transaction.atomic
def load_instruments(records: Sequence[dict[str, Any]]) -> LoadReport:
    """Create or update instruments by number; link each to its successor and to what it amends.

    A record has ``number, title, issuer, issued_on, effective_on, status, replaced_by, summary,
    certainty`` (dates as ISO text or null) and may have ``expires_on, amends`` (numbers) and
    ``articles`` (``number, heading`` and perhaps ``text``), which are put in where the instrument
    has none yet. What the summary says to colleagues becomes the note (legal.notes). All or
    nothing: raises ``BadRecord`` with the record's place in the list.
    """
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    known = {instrument.number: instrument for instrument in Instrument.objects.all()}
    for place, record in enumerate(records, start=1):
        number, values = _read(place, record)
        instrument = known.get(number)
        if instrument and all(getattr(instrument, name) == new for name, new in values.items()):
            counts["unchanged"] += 1
            continue
        counts["updated" if instrument else "created"] += 1
        instrument = instrument or Instrument(number=number)
        for name, value in values.items():
            setattr(instrument, name, value)
        instrument.save()
        known[number] = instrument
    _link_successors(records, known)
    _link_amended(records, known)
    _put_articles(records, known)
    for place, record in enumerate(records, start=1):
        keep_revision_current(known[_read(place, record)[0]])
    return LoadReport(**counts)


def _read(place: int, record: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    try:
        summary, note = split_note(nfc(record.get("summary") or ""))
        return nfc(record["number"]), {
            "title": nfc(record["title"]),
            "issuer": nfc(record["issuer"]),
            "issued_on": _date(record.get("issued_on")),
            "effective_on": _date(record.get("effective_on")),
            "expires_on": _date(record.get("expires_on")),
            "status": _STATUSES[record["status"]],
            "summary": summary,
            "note": note,
            "certainty": _CERTAINTIES[record["certainty"]],
        }
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadRecord(
            _("Văn bản thứ %(place)d trong tệp sai hoặc thiếu trường %(field)s.")
            % {"place": place, "field": error}
        ) from error


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _link_successors(records: Sequence[dict[str, Any]], known: dict[str, Instrument]) -> None:
    for place, record in enumerate(records, start=1):
        successor = record.get("replaced_by")
        if not successor:
            continue
        if nfc(successor) not in known:
            raise BadRecord(
                _("Văn bản thứ %(place)d được thay bởi %(number)s, nhưng tệp không có văn bản đó.")
                % {"place": place, "number": successor}
            )
        instrument = known[nfc(record["number"])]
        if instrument.replaced_by_id != known[nfc(successor)].pk:
            instrument.replaced_by = known[nfc(successor)]
            instrument.save(update_fields=["replaced_by", "search_key", "number"])


def _link_amended(records: Sequence[dict[str, Any]], known: dict[str, Instrument]) -> None:
    for place, record in enumerate(records, start=1):
        numbers = [nfc(number) for number in record.get("amends") or ()]
        missing = [number for number in numbers if number not in known]
        if missing:
            raise BadRecord(
                _("Văn bản thứ %(place)d sửa đổi %(number)s, nhưng tệp không có văn bản đó.")
                % {"place": place, "number": missing[0]}
            )
        instrument = known[nfc(record["number"])]
        wanted = [known[number] for number in numbers]
        if wanted and not set(wanted) <= set(instrument.amends.all()):
            instrument.amends.add(*wanted)
            instrument.save()


def _put_articles(records: Sequence[dict[str, Any]], known: dict[str, Instrument]) -> None:
    for record in records:
        articles = record.get("articles") or ()
        instrument = known[nfc(record["number"])]
        if articles and not instrument.articles.exists():
            for place, article in enumerate(articles):
                Article.objects.create(
                    instrument=instrument,
                    sort_order=place,
                    number=article["number"],
                    heading=article["heading"],
                    text=article.get("text") or "",
                )


def find_cited(text: str, known: dict[str, Instrument]) -> Instrument | None:
    """The first instrument whose number stands in ``text``, as "Điều 8 Nghị định số 63/2010/NĐ-CP".

    ``known`` maps number → instrument. None when no number in the text is known. "5/2020/NĐ-CP"
    is not found inside "45/2020/NĐ-CP".
    """
    text = nfc(text)
    places = [
        (found.start(), instrument)
        for number, instrument in known.items()
        if number in text
        and (found := re.search(rf"(?<![\w./]){re.escape(number)}(?![\w/-])", text))
    ]
    return min(places, key=lambda place: place[0], default=(0, None))[1]
