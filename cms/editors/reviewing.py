"""Which pages a lawyer reads too before they are published."""

import re
from typing import Any

from django.apps import apps
from wagtail.models import ReferenceIndex, Workflow

from legal.models import Instrument

# Search facets of page types that say what the law asks of people.
ABOUT_THE_LAW = frozenset({"procedure", "regulation"})
# "118/2025/NĐ-CP", "03/2025/QĐ-TTg", "63/2025/QH15", "1500-QĐ/TU"
_NUMBER = re.compile(
    r"\b\d{1,5}(?:/\d{4})?[/-](?:NĐ|NQ|QĐ|TT|TTLT|CT|KH|HD|VBHN|QH\d{1,2}|UBTVQH\d{1,2}|PL)\b"
)


def needs_legal_check(page: Any) -> bool:
    """A page about procedures or regulations, or one that cites an instrument: from a field, from a
    list below it or by its number in the text. A news item that cites none needs no such check."""
    if page.search_facet in ABOUT_THE_LAW:
        return True
    if any(_NUMBER.search(text or "") for text in page.searchable_texts()):
        return True
    law = ReferenceIndex._get_base_content_type(Instrument).pk
    found = ReferenceIndex._extract_references_from_object(page)
    return any(content_type_id == law for content_type_id, *_rest in found)


def workflow_for(page: Any, usual: Workflow | None) -> Workflow | None:
    """``usual`` (that of the page's place in the tree) for most pages; the workflow with a legal
    check for those that need it. A place without review stays without."""
    if usual is None or not needs_legal_check(page) or _checks_law(usual):
        return usual
    return with_legal_check() or usual


def with_legal_check() -> Workflow | None:
    """The oldest active workflow with a legal check."""
    return Workflow.objects.filter(active=True, pk__in=_checking()).order_by("pk").first()


def _checks_law(workflow: Workflow) -> bool:
    return _checking().filter(workflow=workflow.pk).exists()


def _checking() -> Any:
    checks = apps.get_model("cms", "LegalCheckTask").objects.filter(active=True)
    steps = apps.get_model("wagtailcore", "WorkflowTask").objects
    return steps.filter(task__in=checks.values("pk")).order_by().values_list("workflow", flat=True)
