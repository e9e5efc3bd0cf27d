"""How often the links of places were opened."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.db.models.functions import Coalesce

from posters.models import Place, ScanCount, ShortLink


@dataclass(frozen=True, slots=True)
class DayScans:
    day: date
    scan_count: int


@dataclass(frozen=True, slots=True)
class LinkScans:
    link: ShortLink
    scan_count: int


@dataclass(frozen=True, slots=True)
class PlaceScans:
    """A place and its links, the most opened first."""

    place: Place
    scan_count: int
    links: tuple[LinkScans, ...]


def scans_by_day(*, first: date, last: date, place_id: int | None = None) -> list[DayScans]:
    """Every day from `first` to `last`, those without a scan too."""
    counts = ScanCount.objects.filter(day__range=(first, last))
    if place_id is not None:
        counts = counts.filter(link__place_id=place_id)
    found = dict(counts.values_list("day").annotate(Sum("scan_count")).order_by("day"))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [DayScans(day, found.get(day, 0)) for day in days]


def scans_by_place(*, first: date, last: date, place_id: int | None = None) -> list[PlaceScans]:
    """Places that have links, the most scanned first; two statements whatever their number."""
    links = ShortLink.objects.select_related("place__unit").order_by("pk")
    if place_id is not None:
        links = links.filter(place_id=place_id)
    counted = dict(
        ScanCount.objects.filter(day__range=(first, last))
        .values_list("link_id")
        .annotate(total=Coalesce(Sum("scan_count"), 0))
        .order_by("link_id")
    )
    grouped: dict[int, list[LinkScans]] = defaultdict(list)
    places: dict[int, Place] = {}
    for link in links:
        places[link.place_id] = link.place
        grouped[link.place_id].append(LinkScans(link, counted.get(link.pk, 0)))
    found = [
        PlaceScans(
            places[pk],
            sum(item.scan_count for item in items),
            tuple(sorted(items, key=lambda item: (-item.scan_count, item.link.title))),
        )
        for pk, items in grouped.items()
    ]
    return sorted(found, key=lambda item: (-item.scan_count, item.place.name))
