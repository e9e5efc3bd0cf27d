"""What everybody may read."""

from wagtail.models import Page


def is_public(page: Page) -> bool:
    return bool(page.live) and not page.get_view_restrictions().exists()


def is_public_page(page_id: int) -> bool:
    page = Page.objects.filter(pk=page_id).first()
    return page is not None and is_public(page)
