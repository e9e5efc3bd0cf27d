"""Who cites an instrument: rows of any app that refer to it, and pages of the site.

A citation is found through the relation itself, so an app that is written tomorrow is counted too.
An app whose rows do not all count (old versions, drafts) says which do, once, by ``count_only``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection

from django.db.models import Count, Model, QuerySet
from wagtail.models import Page, ReferenceIndex

from legal.models import Instrument

# model → the rows of it that count as a citation in use
_COUNTED: dict[type[Model], Callable[[], QuerySet[Model]]] = {}


def count_only(model: type[Model], rows: Callable[[], QuerySet[Model]]) -> None:
    """Called when the app of ``model`` is ready."""
    _COUNTED[model] = rows


def citing_counts(instruments: Collection[int]) -> dict[int, dict[str, int]]:
    """Instrument id → name of what cites it, in the plural → how many. Those that nothing cites are
    left out. One statement for each model that refers to instruments, and two for the pages."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for model, name in _relations():
        rows = _COUNTED.get(model, model._base_manager.all)()
        label = str(model._meta.verbose_name_plural)
        for pk, count in (
            rows.filter(**{f"{name}__in": instruments})
            .order_by()
            .values_list(name)
            .annotate(count=Count("pk", distinct=True))
        ):
            counts[pk][label] += count
    for pk, pages in citing_pages(instruments).items():
        for page in pages:
            counts[pk][str(page.specific_class._meta.verbose_name_plural)] += 1
    return {pk: dict(of_one) for pk, of_one in counts.items()}


def citing_pages(instruments: Collection[int]) -> dict[int, list[Page]]:
    """Instrument id → the live pages that refer to it, by title: from a field, from a list below
    them or from within their text."""
    references = ReferenceIndex.objects.filter(
        to_object_id__in=[str(pk) for pk in instruments],
        to_content_type=ReferenceIndex._get_base_content_type(Instrument),
        base_content_type=ReferenceIndex._get_base_content_type(Page),
    ).values_list("to_object_id", "object_id")
    pages_of = defaultdict(set)
    for instrument_id, page_id in references:
        pages_of[int(instrument_id)].add(int(page_id))
    wanted = {page_id for ids in pages_of.values() for page_id in ids}
    pages = Page.objects.live().filter(pk__in=wanted).order_by("title", "pk") if wanted else []
    found = {pk: [page for page in pages if page.pk in ids] for pk, ids in pages_of.items()}
    return {pk: of_one for pk, of_one in found.items() if of_one}


def _relations() -> list[tuple[type[Model], str]]:
    """Models of other apps that refer to an instrument, without the site's pages and their parts:
    what those cite is in the reference index."""
    found = []
    for relation in Instrument._meta.related_objects:
        model = relation.related_model
        is_indexed = not getattr(model, "wagtail_reference_index_ignore", False)
        of_a_page = is_indexed and _belongs_to_page(model)
        if model._meta.app_label != "legal" and not of_a_page:
            found.append((model, relation.field.name))
    return found


def _belongs_to_page(model: type[Model]) -> bool:
    if issubclass(model, Page):
        return True
    parents = [field.related_model for field in model._meta.fields if field.is_relation]
    return any(isinstance(parent, type) and issubclass(parent, Page) for parent in parents)
