"""allauth's addresses, without those that would change what the roster says of a person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def not_offered(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("email/", not_offered),
    path("3rdparty/", not_offered),
    path("3rdparty/signup/", not_offered),
    path("", include("allauth.urls")),
]
