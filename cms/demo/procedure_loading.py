"""Putting the demo procedures into the page tree, and posters with their scans on the walls."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cms.demo.procedures import EVENTS, FIELDS, PROCEDURES, WARD, DemoProcedure
from cms.models import LifeEvent, ProcedureField, ProcedureIndexPage, ProcedurePage
from cms.models.procedure_parts import ProcedureDocument, ProcedureLegalBasis, ProcedureStep
from cms.poster_targets import list_page, target_of
from legal.models import Instrument
from people import roles
from posters.making import PosterWording, make_poster
from posters.models import Place, Poster, ScanCount, ShortLink

AGENCY = "Ủy ban nhân dân phường Tây Tựu"
PORTAL = "https://dichvucong.gov.vn/"
PLACES = (
    ("Nhà văn hóa tổ dân phố số 5", Place.Kind.CULTURE_HOUSE, "Treo cạnh bảng tin."),
    ("Bộ phận Một cửa phường Tây Tựu", Place.Kind.ONE_STOP, "Trên bàn viết, đặt trong giá mica."),
    ("Chợ Đăm", Place.Kind.MARKET, "Cổng chính, phía nhà để xe."),
    ("Trạm y tế phường", Place.Kind.HEALTH_STATION, "Phòng tiêm chủng."),
)
DAYS_OF_SCANS = 45


def load(*, at: datetime, staff: dict[str, Any]) -> None:
    """Procedures, places, posters and scans; what is there stays as it is."""
    parent = ProcedureIndexPage.objects.order_by("path").first()
    if parent is None:
        return
    load_procedures(parent, at=at, owner=staff[roles.ADMINISTRATOR])
    if not Place.objects.exists():
        load_posters(at=at, by=staff[roles.EDITOR])


def load_procedures(parent: ProcedureIndexPage, *, at: datetime, owner: Any = None) -> int:
    """Publish the procedures below `parent`; returns how many were made."""
    fields = {
        name: ProcedureField.objects.get_or_create(name=name, defaults={"order": order})[0]
        for order, name in enumerate(FIELDS, start=1)
    }
    events = {
        name: LifeEvent.objects.get_or_create(name=name, defaults={"order": order})[0]
        for order, name in enumerate(EVENTS, start=1)
    }
    there = set(ProcedurePage.objects.values_list("code", flat=True))
    missing = [item for item in PROCEDURES if item.code not in there]
    instruments = {
        instrument.number: instrument
        for instrument in Instrument.objects.filter(
            number__in={number for item in missing for number, _article in item.bases}
        )
    }
    for item in missing:
        page = _page(item, fields[item.field], owner=owner)
        page.life_events = [events[name] for name in item.events]
        page.documents = _papers(item)
        page.steps = [
            ProcedureStep(sort_order=order, text=text, time=time)
            for order, (text, time) in enumerate(item.steps)
        ]
        page.legal_bases = [
            ProcedureLegalBasis(sort_order=order, instrument=instruments[number], article=article)
            for order, (number, article) in enumerate(item.bases)
            if number in instruments
        ]
        parent.add_child(instance=page)
        page.save_revision(user=owner).publish(user=owner)
    return len(missing)


def _page(item: DemoProcedure, field: ProcedureField, *, owner: Any) -> ProcedurePage:
    return ProcedurePage(
        title=item.title,
        slug=item.slug,
        code=item.code,
        everyday_name=item.everyday_name,
        synonyms=item.synonyms,
        summary=item.summary,
        field=field,
        authority=WARD,
        who_may_file=item.who,
        where_to_file=item.where,
        time_limit_days=item.days,
        time_limit_note=item.time_note,
        fee_amount_vnd=item.fee,
        fee_text=item.fee_text,
        fee_note=item.fee_note,
        result=item.result,
        online_level=item.online,
        portal_url=PORTAL,
        is_demo=True,
        owner=owner,
        live=False,
    )


def _papers(item: DemoProcedure) -> list[ProcedureDocument]:
    return [
        ProcedureDocument(
            sort_order=order,
            name=paper.name,
            originals_count=paper.originals,
            copies_count=paper.copies,
            condition=paper.condition,
        )
        for order, paper in enumerate(item.papers)
    ]


def load_posters(*, at: datetime, by: Any) -> None:
    """A poster of each size, and scans as such places have them: simulated, and the same in every
    demo."""
    hall, counter, market, clinic = [
        Place.objects.create(name=name, kind=kind, note=note) for name, kind, note in PLACES
    ]
    wording = PosterWording(
        "Quét mã, biết ngay cần giấy tờ gì", AGENCY, "Bộ phận Một cửa phường Tây Tựu"
    )
    _make(
        hall,
        "a3",
        _pages(
            "1.001193",
            "2.000815",
            "1.004873",
            "1.000894",
            "1.009994",
            "1.001776",
            "1.001612",
            "1.000656",
        ),
        wording,
        by=by,
        at=at,
    )
    _make(counter, "a5", _pages("2.000815", "2.000884"), wording, by=by, at=at)
    _make(clinic, "a4", _pages("1.001193", "1.001699", "1.001776"), wording, by=by, at=at)
    index = list_page()
    if index is not None:
        make_poster(
            market,
            size="a4",
            wording=PosterWording(
                "8 thủ tục hay cần nhất trong một mã", AGENCY, "Bộ phận Một cửa phường Tây Tựu"
            ),
            targets=[target_of(page) for page in _pages(*(item.code for item in PROCEDURES[:8]))],
            list_target=target_of(index),
            by=by,
            at=at,
        )
    _simulate_scans(at=at)


def _make(
    place: Place, size: str, pages: Iterable[Any], wording: PosterWording, *, by: Any, at: datetime
) -> Poster:
    return make_poster(
        place,
        size=size,
        wording=wording,
        targets=[target_of(page) for page in pages],
        by=by,
        at=at,
    )


def _pages(*codes: str) -> list[ProcedurePage]:
    found = {page.code: page for page in ProcedurePage.objects.filter(code__in=codes).live()}
    return [found[code] for code in codes if code in found]


def _simulate_scans(*, at: datetime) -> None:
    dice = random.Random(9)  # noqa: S311 - the same numbers in every demo
    today = timezone.localdate(at)
    counts = []
    for link in ShortLink.objects.select_related("place").order_by("pk"):
        busy = dice.choice([1, 2, 4]) * (2 if link.place.kind == Place.Kind.ONE_STOP else 1)
        for back in range(DAYS_OF_SCANS):
            day = today - timedelta(days=back)
            scans = dice.randint(0, busy) if day.weekday() < 5 else dice.randint(0, busy) // 2
            if scans:
                counts.append(ScanCount(link=link, day=day, scan_count=scans))
    ScanCount.objects.bulk_create(counts)
