"""Legal instruments in the Wagtail back office."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.delete import DeleteAction
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet

from core.back_office import LAW_MENU
from core.clock import read_clock
from core.errors import Conflict
from legal.deleting import delete_instruments
from legal.models import Instrument
from legal.queries import with_standing

_DOCUMENT = ObjectList(
    [
        FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
        FieldPanel("title"),
        FieldPanel("issuer"),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("certainty")]),
        FieldPanel("summary"),
        FieldPanel("note"),
    ],
    heading=_("Văn bản"),
)
_FORCE = ObjectList(
    [
        FieldRowPanel([FieldPanel("effective_on"), FieldPanel("expires_on")]),
        FieldPanel("status"),
        MultiFieldPanel(
            [FieldPanel("replaced_by"), FieldPanel("amends")], heading=_("Văn bản liên quan")
        ),
    ],
    heading=_("Hiệu lực"),
)
_ARTICLES = ObjectList(
    [
        InlinePanel(
            "articles",
            heading=_("Các điều"),
            label=_("Điều"),
            panels=[
                FieldRowPanel([FieldPanel("number"), FieldPanel("heading")]),
                FieldPanel("text"),
            ],
        )
    ],
    heading=_("Các điều"),
)
_FILES = ObjectList(
    [
        InlinePanel(
            "files",
            heading=_("Tệp toàn văn"),
            label=_("Tệp"),
            panels=[FieldPanel("document"), FieldPanel("label")],
        )
    ],
    heading=_("Tệp"),
)


class InstrumentDeleteAction(DeleteAction):
    def _delete(self) -> None:
        with transaction.atomic():
            log(instance=self.instance, action=self.log_action, user=self.user, deleted=True)
            delete_instruments([self.instance.pk])


class InstrumentDeleteView(DeleteView):
    """As Wagtail's, but what is cited between the question and the answer is told, not failed."""

    action_class = InstrumentDeleteAction

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except Conflict as error:
            messages.error(self.request, str(error))
            return redirect(self.get_success_url())
        return response


class InstrumentDeleteBulkAction(DeleteBulkAction):
    """Registered after Wagtail's own for every snippet, in its place."""

    models = [Instrument]

    @classmethod
    def execute_action(
        cls, objects: list[Instrument], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        delete_instruments([instrument.pk for instrument in objects])
        return len(objects), 0

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except Conflict as error:
            messages.error(self.request, str(error))
            return redirect(self.next_url)
        return response


class InstrumentViewSet(SnippetViewSet):
    model = Instrument
    delete_view_class = InstrumentDeleteView
    icon = "doc-full"
    menu_label = _("Danh mục văn bản")
    menu_order = 10
    menu_hook = LAW_MENU
    list_display = [
        "number",
        "title",
        Column("get_kind_display", label=_("loại")),
        "issuer",
        Column("standing_label", label=_("tình trạng hôm nay")),
    ]
    list_filter = ["kind", "status", "issuer", "certainty"]
    search_fields = ["number", "title", "search_key"]
    # the database's own search does not know the folded words of one language
    search_backend_name = None
    ordering = ["-issued_on", "number"]
    edit_handler = TabbedInterface(
        [
            _DOCUMENT,
            _FORCE,
            _ARTICLES,
            _FILES,
            ObjectList([PublishingPanel()], heading=_("Lịch đăng")),
        ]
    )

    def get_queryset(self, request: Any) -> Any:
        # The back office is an edge: nothing hands it the time.
        day = timezone.localdate(read_clock())
        return with_standing(Instrument.objects.select_related("replaced_by"), day)
