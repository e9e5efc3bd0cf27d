"""/i18n/setlang/: the other language, on the same page where there is one."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cms.models.base import PublicPage
from cms.translations import address_in, page_at
from cms.views.contests import contest_detail, contest_list
from cms.views.pages import serve_page
from core.languages import language_of_path
from core.middleware import remember_language

_MAX_LENGTH = 2000
_VIEWS_OF_PAGES = {serve_page, contest_list, contest_detail}


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go to ``next``: to its translation if it is a page that has one. A page
    that has none stays where it is, within an interface in the language chosen."""
    language = request.POST.get("language", "")
    came_from = request.POST.get("next", "")
    if len(came_from) > _MAX_LENGTH or not url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        came_from = "/"
    if language not in {code for code, _name in settings.LANGUAGES}:
        return redirect(came_from)
    response = redirect(_there(came_from, language))
    remember_language(response, language)
    return response


def _there(came_from: str, language: str) -> str:
    path = unquote(urlsplit(came_from).path)
    if language_of_path(path) == language:
        return came_from
    try:
        if resolve(path).func not in _VIEWS_OF_PAGES:
            return came_from
    except Resolver404:
        return came_from
    at = page_at(path)
    if at is None or not isinstance(at[0], PublicPage):
        return came_from
    return address_in(*at, language) or came_from
