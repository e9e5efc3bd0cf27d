"""The back office of sections and authors."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import Author, NewsSection
from core.back_office import CONTENT_MENU


class NewsSectionViewSet(SnippetViewSet):
    model = NewsSection
    icon = "list-ul"
    menu_label = _("Chuyên mục tin")
    menu_order = 10
    menu_hook = CONTENT_MENU
    list_display = ["name", "slug", "position"]


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    menu_label = _("Tác giả")
    menu_order = 20
    menu_hook = CONTENT_MENU
    list_display = ["name", "job_title", "unit"]
    search_fields = ["name", "job_title", "search_key"]
    # Authors are no public text of their own: a plain query finds them.
    search_backend_name = None
