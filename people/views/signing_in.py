"""The door, for somebody who stands inside already."""

from allauth.account.views import LoginView
from django.core.exceptions import PermissionDenied
from django.urls import reverse


class SignInView(LoginView):
    """The back office sends whom it does not admit to the sign-in page, which sends whoever is
    signed in back to the back office: the circle ends here, with a page that says why."""

    def get_authenticated_redirect_url(self) -> str:
        address: str = super().get_authenticated_redirect_url()
        is_back_office = address.startswith(reverse("wagtailadmin_home"))
        if is_back_office and not self.request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return address
