"""allauth's addresses, without those that would change what the roster says of a person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from people.views.signing_in import SignInView


def not_offered(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", SignInView.as_view(), name="account_login"),
    path("email/", not_offered),
    path("3rdparty/", not_offered),
    path("3rdparty/signup/", not_offered),
    path("", include("allauth.urls")),
]
