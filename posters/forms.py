"""Forms of the back office of posters."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posters.models import Place

PERIODS = {"7": 7, "30": 30, "90": 90, "365": 365}
DEFAULT_PERIOD = "30"


class ScanFilterForm(forms.Form):
    """Which days and which place. What cannot be read falls back to all places, 30 days."""

    days = forms.ChoiceField(
        label=_("Khoảng thời gian"),
        choices=[
            ("7", _("7 ngày qua")),
            ("30", _("30 ngày qua")),
            ("90", _("90 ngày qua")),
            ("365", _("365 ngày qua")),
        ],
        required=False,
    )
    place = forms.ModelChoiceField(
        Place.objects.order_by("name"),
        label=_("Nơi treo"),
        empty_label=_("Mọi nơi"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].required = False
        self.is_valid()

    def period(self, today: date) -> tuple[date, date]:
        chosen = self.cleaned_data.get("days") or DEFAULT_PERIOD
        return today - timedelta(days=PERIODS[chosen] - 1), today

    @property
    def chosen_place(self) -> Place | None:
        return self.cleaned_data.get("place")
