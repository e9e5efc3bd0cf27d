"""The demo in English: short pages of our own, from the same facts as the Vietnamese ones."""

from datetime import datetime
from typing import Any

from wagtail.models import Locale, Page, Site

from cms.demo.english_texts import ARTICLES, CONTEST, EVENTS, FIELDS, MODELS, PROCEDURE
from cms.models import (
    ArticleAuthor,
    ArticlePage,
    Author,
    ContestPage,
    LifeEvent,
    ProcedureField,
    ProcedurePage,
    ReformModelPage,
    SiteInfo,
)
from cms.models.procedure_parts import ProcedureDocument, ProcedureStep
from people import roles

VIETNAMESE = {"locale__language_code": "vi"}


def load(*, at: datetime, staff: dict[str, Any]) -> None:
    """Translations of some pages; what is translated already stays as it is."""
    english = Locale.objects.filter(language_code="en").first()
    if english is None:
        return
    owner = staff[roles.ADMINISTRATOR]
    _name_things()
    author, _made = Author.objects.get_or_create(name="Editorial team")
    for slug, fields in ARTICLES.items():
        for page in _to_translate(ArticlePage, english, slug=slug):
            page.authorships = [ArticleAuthor(author=author, sort_order=0)]
            _publish(page, fields, owner=owner)
    for slug, fields in MODELS.items():
        for page in _to_translate(ReformModelPage, english, slug=slug):
            _rename_measures(page, fields["measure"])
            _publish(page, fields, owner=owner)
    for page in _to_translate(ProcedurePage, english, slug=PROCEDURE["slug"]):
        page.documents = [
            ProcedureDocument(sort_order=order, name=name, originals_count=count, condition=when)
            for order, (name, count, when) in enumerate(PROCEDURE["papers"])
        ]
        page.steps = [
            ProcedureStep(sort_order=order, text=text, time=time)
            for order, (text, time) in enumerate(PROCEDURE["steps"])
        ]
        _publish(page, PROCEDURE, owner=owner)
    for page in _to_translate(ContestPage, english):
        _publish(page, CONTEST, owner=owner)


def _to_translate(model: Any, english: Locale, **which: Any) -> list[Any]:
    """A draft for the first such Vietnamese page, unless it has one."""
    source = model.objects.filter(**VIETNAMESE, live=True, **which).order_by("path").first()
    parent = source.get_parent() if source else None
    if parent is None or source.has_translation(english) or not parent.has_translation(english):
        return []
    return [source.copy_for_translation(english).specific]


def _publish(page: Page, fields: dict[str, Any], *, owner: Any) -> None:
    for name, value in fields.get("fields", {}).items():
        setattr(page, name, value)
    if "body" in fields:
        body = [{"type": name, "value": value} for name, value in fields["body"]]
        page.body = type(page).body.field.to_python(body)
    page.slug = fields["english_slug"] or page.slug
    page.save_revision(user=owner).publish(user=owner)


def _rename_measures(page: ReformModelPage, named: tuple[str, str]) -> None:
    raw = list(page.measures.raw_data)
    for measure in raw:
        name, unit = named
        value = {**measure["value"], "name": name, "unit": unit}
        value["points"] = [_point(point) for point in value.get("points", [])]
        measure["value"] = value
    page.measures = ReformModelPage.measures.field.to_python(raw)


def _point(point: dict[str, Any]) -> dict[str, Any]:
    value = point.get("value", point)
    if isinstance(value, dict):  # an item of a ListBlock
        return {**point, "value": _point(value)}
    return {**point, "period": "just over two months", "note": "Thượng Cát and Cổ Nhuế 2 wards"}


def _name_things() -> None:
    for model, names in ((ProcedureField, FIELDS), (LifeEvent, EVENTS)):
        for name, english in names.items():
            model.objects.filter(name=name, name_in_english="").update(name_in_english=english)
    info = SiteInfo.for_site(Site.objects.get(is_default_site=True))
    if info.owner and not info.owner_in_english:
        info.owner_in_english = "People's Committee of Hà Nội" if "Hà Nội" in info.owner else ""
        info.save()
