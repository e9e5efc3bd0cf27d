"""From an address to its page, with few statements."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction

from cms.translations import with_translation


class ShortRouteMixin:
    """For pages: knows the pages above from the way that led here.

    Wagtail asks twice for each step (the page, then the page as its own type) and twice more for
    the pages above. A page whose children are of one known type asks once; whatever is not found
    that way is looked for in Wagtail's.
    """

    # Relations that the page's template reads, loaded with it.
    loaded_with: tuple[str, ...] = ("share_image", "locale")
    pages_above: list[Any] | None = None

    def child_model(self, request: HttpRequest, slug: str) -> Any:
        """The one type that the child of this slug can have, or None when that is not known."""
        allowed = type(self).allowed_subpage_models()  # type: ignore[attr-defined]
        return allowed[0] if len(allowed) == 1 else None

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if not path_components:
            return super().route(request, path_components)  # type: ignore[misc]
        slug, rest = path_components[0], path_components[1:]
        child = self._child(request, slug)
        if child is None:
            return super().route(request, path_components)  # type: ignore[misc]
        child.pages_above = [*self.known_above(), self]
        return child.route(request, rest)

    def known_above(self) -> list[Any]:
        return self.pages_above or []

    def _child(self, request: HttpRequest, slug: str) -> Any:
        model = self.child_model(request, slug)
        if model is None:
            return None
        if "\0" in slug:  # PostgreSQL refuses to look for it
            raise Http404
        found = model.objects.child_of(self).filter(slug=slug)
        return with_translation(found.select_related(*getattr(model, "loaded_with", ()))).first()

    def get_view_restrictions(self) -> Any:
        page: Any = self
        if self.pages_above is None and page.depth > 2:
            return super().get_view_restrictions()  # type: ignore[misc]
        above = self.known_above()
        if len(above) + 2 != page.depth or any(each.alias_of_id for each in [page, *above]):
            return super().get_view_restrictions()  # type: ignore[misc]
        steps = range(Page.steplen, len(page.path) + 1, Page.steplen)
        return PageViewRestriction.objects.filter(
            page__path__in=[page.path[:length] for length in steps]
        )
