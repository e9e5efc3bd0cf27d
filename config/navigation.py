"""Where a person goes: after signing in, and from the menu under their name.

Roles are noted in the session at sign-in, so that the menu costs no statement on any page. They
only choose what is offered: every page checks for itself who may see it.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy

from core.clock import read_clock
from people import roles
from people.rules import role_names
from quizzes.rules import can_use_banks

_SESSION_KEY = "roles"


@dataclass(frozen=True, slots=True)
class Destination:
    """A place of the product and the roles it is offered to; no role: to everyone."""

    url_name: str
    label: str | Promise
    icon: str
    roles: frozenset[str] = frozenset()


_ORGANISING = frozenset({roles.ORGANISER, roles.ADMINISTRATOR})
# No role of its own: an organiser may review or read a bank.
_NAMED_IN_A_BANK = "named in a bank"
_OF_BANKS = frozenset({roles.AUTHOR, roles.ADMINISTRATOR, _NAMED_IN_A_BANK})
# In this order the first that fits a role is where its holder lands after signing in.
DESTINATIONS = (
    Destination("quizzes:organise", gettext_lazy("Ban Tổ chức"), "folder", _ORGANISING),
    Destination("quizzes:bank_list", gettext_lazy("Ngân hàng câu hỏi"), "list", _OF_BANKS),
    Destination("questions:index", gettext_lazy("Danh sách câu hỏi"), "search", _OF_BANKS),
    Destination("quizzes:recheck", gettext_lazy("Câu hỏi cần rà soát"), "flag", _OF_BANKS),
    Destination(
        "wagtailadmin_home",
        gettext_lazy("Trang tin và văn bản"),
        "edit",
        frozenset({roles.EDITOR, roles.LEGAL_OFFICER, roles.ADMINISTRATOR}),
    ),
    Destination(
        "legal:imports",
        gettext_lazy("Nhập danh mục văn bản"),
        "upload",
        frozenset({roles.EDITOR, roles.ADMINISTRATOR}),
    ),
    Destination(
        "posters:list",
        gettext_lazy("Áp phích QR"),
        "print",
        frozenset({roles.EDITOR, roles.ADMINISTRATOR}),
    ),
    Destination(
        "people:roster_imports", gettext_lazy("Nhập danh sách cán bộ"), "users", _ORGANISING
    ),
    Destination("people:slips", gettext_lazy("Phiếu đăng nhập"), "key", _ORGANISING),
    Destination("quizzes:marking", gettext_lazy("Chấm tự luận"), "edit", frozenset({roles.JURY})),
    Destination(
        "counter:desk",
        gettext_lazy("Bộ phận Một cửa"),
        "building",
        frozenset({roles.COUNTER, roles.ADMINISTRATOR}),
    ),
    Destination(
        "training:units",
        gettext_lazy("Kết quả của đơn vị"),
        "building",
        frozenset({roles.UNIT_HEAD}),
    ),
    Destination(
        "outreach:scripts",
        gettext_lazy("Truyền thanh"),
        "bell",
        frozenset({roles.EDITOR, roles.UNIT_HEAD, roles.ADMINISTRATOR}),
    ),
    Destination(
        "cms:adoptions",
        gettext_lazy("Nhân rộng mô hình"),
        "building",
        frozenset({roles.UNIT_HEAD, roles.EDITOR, roles.ORGANISER, roles.ADMINISTRATOR}),
    ),
    Destination("quizzes:my_rounds", gettext_lazy("Vòng thi của tôi"), "calendar"),
    Destination("printing:mine", gettext_lazy("Giấy chứng nhận của tôi"), "award"),
    Destination("people:profile", gettext_lazy("Tài khoản của tôi"), "user"),
)


@receiver(user_logged_in)
def note_roles(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    known = frozenset(roles.ROLES) if user.is_superuser else role_names(user)
    if roles.ORGANISER in known and can_use_banks(user, read_clock()):
        known |= {_NAMED_IN_A_BANK}
    request.session[_SESSION_KEY] = sorted(known)


def destinations(request: HttpRequest) -> list[Destination]:
    held = frozenset(request.session.get(_SESSION_KEY, ()))
    return [place for place in DESTINATIONS if not place.roles or place.roles & held]


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Straight to the work of one's role; everyone else to the rounds they may take."""
    return redirect(destinations(request)[0].url_name)


def user_menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what components/user_menu.html offers."""
    return {
        "user_menu_links": SimpleLazyObject(
            lambda: [
                {"url": reverse(place.url_name), "label": str(place.label), "icon": place.icon}
                for place in destinations(request)
            ]
        )
    }
