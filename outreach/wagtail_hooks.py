"""What outreach/ adds to the back office."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from core.back_office import OUTREACH_MENU, GuardedMenuItem
from outreach import rules
from outreach.viewsets import AbbreviationViewSet, TopicViewSet


@hooks.register("register_admin_viewset")
def register_words() -> list[ModelViewSet]:
    return [AbbreviationViewSet("abbreviations"), TopicViewSet("broadcast_topics")]


@hooks.register(OUTREACH_MENU)
def register_scripts() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Bài truyền thanh"),
        reverse("outreach:scripts"),
        name="outreach-scripts",
        icon_name="doc-full",
        order=10,
        shown_to=rules.can_read_scripts,
    )


@hooks.register(OUTREACH_MENU)
def register_zalo() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Bài gửi Zalo OA"),
        reverse("outreach:zalo"),
        name="outreach-zalo",
        icon_name="link-external",
        order=20,
        shown_to=rules.can_see_zalo,
    )
