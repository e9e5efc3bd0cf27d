"""Who may open a file of the library: a document, a video, or a picture in any of its sizes.

One rule for all of them. A file is public if and only if something published refers to it: a
published page open to everyone, or a published snippet (an instrument). A page that waits, that was
taken down, whose time ran out, or that is deleted opens nothing; neither does a newer draft of a
published page. Besides the public

- who passes the restrictions of a page that refers to it reads its files too;
- a collection with restrictions of its own is for those who pass them, and for nobody else,
  whatever refers to its files;
- who writes pages or instruments, or checks them, opens everything: they see drafts;
- who holds the shared link of a draft opens the files of that draft, as long as the link is open.

What refers to a file is read from Wagtail's reference index. Wagtail writes it from the stored row
whenever an object is saved; of a published object that row is what is published, because later
drafts are kept apart as revisions. So the index says "refers" and ``live`` says "published".
"""

from datetime import datetime
from enum import Enum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.editors import draft_sharing
from cms.editors.rules import can_see_reports
from cms.visibility import open_to_all
from legal.rules import can_edit_instruments


class Access(Enum):
    PUBLIC = "public"  # for everyone: may be kept by any cache
    READER = "reader"  # for this one reader
    CLOSED = "closed"


def access_to(file: Any, request: HttpRequest, *, at: datetime) -> Access:
    """``file``: a document or an image, with its collection."""
    restrictions = list(file.collection.get_view_restrictions())
    if not restrictions and _is_published(file):
        return Access.PUBLIC
    passes = all(restriction.accept_request(request) for restriction in restrictions)
    if (
        _sees_drafts(request.user, file)
        or (restrictions and passes)
        or (passes and _is_shown_to(request, file))
        or (passes and _is_in_shared_draft(request, file, at=at))
    ):
        return Access.READER
    return Access.CLOSED


def _is_published(file: Any) -> bool:
    pages, others = _users_of(file)
    if pages and open_to_all(Page.objects.filter(pk__in=pages)).exists():
        return True
    return any(model.objects.filter(pk__in=pks, live=True).exists() for model, pks in others)


def _users_of(file: Any) -> tuple[list[str], list[tuple[Any, list[str]]]]:
    """Keys of the pages that refer to the file; and of other things that can be drafts, by model.
    What has no drafts publishes nothing: where such a thing is shown is not known here."""
    found: dict[int, list[str]] = {}
    rows = ReferenceIndex.get_references_to(file).order_by("pk")
    for kind, pk in rows.values_list("base_content_type", "object_id"):
        found.setdefault(kind, []).append(pk)
    pages = found.pop(ContentType.objects.get_for_model(Page).pk, [])
    others = [(ContentType.objects.get_for_id(kind).model_class(), found[kind]) for kind in found]
    return pages, [
        (model, pks) for model, pks in others if model and issubclass(model, DraftStateMixin)
    ]


def _is_shown_to(request: HttpRequest, file: Any) -> bool:
    """On a published page whose restrictions this reader passes."""
    pages, _others = _users_of(file)
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
        for page in Page.objects.filter(pk__in=pages, live=True).order_by("pk")
    )


def _sees_drafts(user: Any, file: Any) -> bool:
    if not user.is_active:
        return False
    policy = policy_registry.get_by_type(type(file))
    return (
        can_see_reports(user)
        or can_edit_instruments(user)
        or bool(policy.user_has_permission_for_instance(user, "change", file))
    )


def _is_in_shared_draft(request: HttpRequest, file: Any, *, at: datetime) -> bool:
    kind = ContentType.objects.get_for_model(file).pk
    return any(
        (kind, str(file.pk)) in _references_of(draft)
        for draft in draft_sharing.drafts_open_to(request, at=at)
    )


def _references_of(draft: Any) -> set[tuple[int, str]]:
    """(content type, key) of everything a draft refers to. A draft is in no index, and Wagtail has
    no public name for reading the references of an object that is not stored."""
    found = ReferenceIndex._extract_references_from_object(draft)
    return {(kind, str(pk)) for kind, pk, _model_path, _content_path in found}
