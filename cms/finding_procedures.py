"""The procedures of an index page: searched by everyday words, narrowed by facets, or grouped by
what happens in people's lives."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms import listing
from cms.procedure_ranking import Candidate, rank

if TYPE_CHECKING:
    from cms.models import ProcedureIndexPage, ProcedurePage
    from cms.models.procedure_parts import LifeEvent

PROCEDURES_PER_PAGE = 20
SHOWN_OF_AN_EVENT = 5

type _Traits = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class EventGroup:
    """A life event and its first procedures; `count` says how many there are in all."""

    event: "LifeEvent | None"
    procedures: "list[ProcedurePage]"
    count: int

    @property
    def rest_count(self) -> int:
        return self.count - len(self.procedures)


def listing_of(request: HttpRequest, parent: "ProcedureIndexPage") -> dict[str, Any]:
    """What the index page shows: `groups` when nothing is asked, else `procedures` (a page)."""
    model: Any = apps.get_model("cms", "ProcedurePage")
    live = model.objects.child_of(parent).live().public()
    text = listing.text_asked(request)
    keys = search(text, live) if text else list(live.order_by("path").values_list("pk", flat=True))
    traits = _traits(live)
    facets = _facets(request, [traits[key] for key in keys if key in traits], traits.values())
    chosen = {facet.name: facet.value for facet in facets if facet.value}
    context = {"text": text, "facets": facets, "is_asked": bool(text or chosen)}
    if not context["is_asked"]:
        return context | {"groups": _groups(live), "total": len(keys)}
    found = [key for key in keys if _fits(traits.get(key, {}), chosen)]
    page = listing.paginate(request, found, per_page=PROCEDURES_PER_PAGE)
    by_key = model.objects.select_related("field").in_bulk(list(page.object_list))
    page.object_list = [by_key[key] for key in page.object_list]
    return context | {"procedures": page}


def search(text: str, procedures: Any) -> list[int]:
    """Keys of those that the words mean, best first; one statement."""
    rows = procedures.order_by("path").values_list("pk", "code", "name_key", "search_key")
    return rank(text, [Candidate(pk, code or "", name, body) for pk, code, name, body in rows])


def _traits(live: Any) -> dict[int, _Traits]:
    """What the facets ask of each procedure; two statements."""
    traits: dict[int, _Traits] = {
        pk: {"field": {field}, "level": {level}, "event": set()}
        for pk, field, level in live.values_list("pk", "field__slug", "level")
    }
    rows = live.filter(life_events__isnull=False).values_list("pk", "life_events__slug")
    for pk, event in rows:
        if pk in traits:
            traits[pk]["event"].add(event)
    return traits


def _fits(traits: _Traits, chosen: dict[str, str]) -> bool:
    return all(value in traits.get(name, ()) for name, value in chosen.items())


def _facets(
    request: HttpRequest, found: list[_Traits], every: Iterable[_Traits]
) -> list[listing.Facet]:
    """Each choice with the number it would show: of what the words found and the other choices
    keep. What would show nothing is left out, unless it is the choice made."""
    fields, events = [
        [(each.slug, each.label) for each in apps.get_model("cms", name).objects.all()]
        for name in ("ProcedureField", "LifeEvent")
    ]
    model: Any = apps.get_model("cms", "ProcedurePage")
    known: dict[str, set[str]] = {"event": set(), "field": set(), "level": set()}
    for traits in every:
        for name, values in known.items():
            values |= traits[name]
    chosen = {
        name: asked for name, values in known.items() if (asked := request.GET.get(name)) in values
    }

    def shown(name: str, choices: Iterable[tuple[str, Any]], label: str, clear: str) -> Any:
        others = {other: value for other, value in chosen.items() if other != name}
        counts = Counter(
            value for traits in found if _fits(traits, others) for value in traits[name]
        )
        kept = [choice for choice in choices if counts[choice[0]] or choice[0] == chosen.get(name)]
        return listing.facet(request, name, kept, label=label, every=clear, counts=dict(counts))

    return [
        shown("event", events, _("Việc của bạn"), _("Mọi việc")),
        shown("field", fields, _("Lĩnh vực"), _("Mọi lĩnh vực")),
        shown("level", model.Level.choices, _("Cấp giải quyết"), _("Mọi cấp")),
    ]


def _groups(live: Any) -> list[EventGroup]:
    """By life event in the editors' order, within it in the order of the page tree; what belongs
    to none comes last. Constant statements."""
    pages = list(live.select_related("field").prefetch_related("life_events").order_by("path"))
    by_event: dict[int | None, list[Any]] = {}
    events: dict[int | None, Any] = {None: None}
    for page in pages:
        held = list(page.life_events.all())
        for event in held or [None]:
            key = event.pk if event else None
            events[key] = event
            by_event.setdefault(key, []).append(page)
    order = sorted(
        by_event,
        key=lambda key: (key is None, (events[key].order, events[key].name) if key else ()),
    )
    return [
        EventGroup(events[key], by_event[key][:SHOWN_OF_AN_EVENT], len(by_event[key]))
        for key in order
    ]
