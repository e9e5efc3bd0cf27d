"""What editors choose from besides pages, pictures and files."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from quizzes.models import Contest


class _PublicContests:
    def get_object_list(self) -> Any:
        """Contests that are on the public site, the newest first."""
        return Contest.objects.filter(is_public=True).order_by("-created_at", "pk")


class _ChooseContest(_PublicContests, ChooseView):
    pass


class _ChooseContestResults(_PublicContests, ChooseResultsView):
    pass


class ContestChooserViewSet(ChooserViewSet):
    model = Contest
    icon = "date"
    choose_one_text = _("Chọn cuộc thi")
    choose_another_text = _("Chọn cuộc thi khác")
    choose_view_class = _ChooseContest
    choose_results_view_class = _ChooseContestResults


contest_chooser = ContestChooserViewSet("contest_chooser")
ContestChooserWidget = contest_chooser.widget_class
ContestChooserBlock = contest_chooser.get_block_class(
    name="ContestChooserBlock", module_path="cms.choosers"
)
