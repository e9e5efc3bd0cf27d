"""From the printed slip to a password of one's own."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.clock import read_clock
from people import throttling
from people.forms import NewPasswordForm, SlipForm
from people.identity import normalise_identity
from people.models import SignInSlip
from people.slips import SlipRefused, check_slip, use_slip

_SESSION_KEY = "slip"
# Time enough to think of a password; the slip itself is still unused when it runs out.
_SECONDS = 20 * 60


@never_cache
@sensitive_post_parameters("code")
def enter_slip(request: HttpRequest) -> HttpResponse:
    """Step 1: who, and the code on the slip."""
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = read_clock()
        guards = throttling.sign_in_guards(
            "slip",
            identity=normalise_identity(form.cleaned_data["identity"]),
            address=get_adapter().get_client_ip(request),
        )
        if throttling.is_blocked(guards, at=at):
            form.add_error(None, get_adapter().error_messages["too_many_login_attempts"])
        else:
            try:
                slip = check_slip(form.cleaned_data["identity"], form.cleaned_data["code"], at=at)
            except SlipRefused as refusal:
                throttling.count_failure(guards, at=at)
                form.add_error(None, str(refusal))
            else:
                request.session.flush()
                request.session[_SESSION_KEY] = {"id": slip.pk, "until": at.timestamp() + _SECONDS}
                return redirect("people:slip_password")
    return render(request, "people/enter_slip.html", {"form": form})


@never_cache
@sensitive_post_parameters("password1", "password2")
def choose_password(request: HttpRequest) -> HttpResponseBase:
    """Step 2: the new password; the slip is used up and the person is signed in."""
    at = read_clock()
    opened = request.session.get(_SESSION_KEY)
    slip = None
    if opened and opened["until"] > at.timestamp():
        slip = SignInSlip.objects.select_related("user").filter(pk=opened["id"]).first()
    if slip is None:
        return redirect("people:enter_slip")
    form = NewPasswordForm(request.POST or None, user=slip.user)
    if request.method == "POST" and form.is_valid():
        try:
            user = use_slip(slip.pk, password=form.cleaned_data["password1"], at=at)
        except SlipRefused as refusal:
            request.session.pop(_SESSION_KEY, None)
            messages.error(request, str(refusal))
            return redirect("people:enter_slip")
        request.session.pop(_SESSION_KEY, None)
        messages.success(request, _("Đã lưu mật khẩu. Từ nay bạn đăng nhập bằng mật khẩu này."))
        record_authentication(request, user, method="password")
        try:
            return perform_login(request, Login(user=user))
        except ValidationError:  # allauth refuses a login it finds too frequent
            return redirect("account_login")
    return render(request, "people/choose_password.html", {"form": form, "person": slip.user})
