"""Moments and minutes as an organiser types them."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y"]


def _check_year(value: datetime) -> None:
    """Times are added to a moment: near the ends of the calendar there is nothing to add to."""
    if not 2000 <= value.year <= 2100:
        raise ValidationError(_("Năm phải từ 2000 đến 2100."))


class MomentField(forms.DateTimeField):
    """The browser's own picker; dd/mm/yyyy HH:MM where it has none. Vietnam time in, UTC out."""

    default_error_messages = {"invalid": _("Hãy nhập ngày giờ như 05/10/2026 08:00.")}

    default_validators = [_check_year]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        )
        super().__init__(input_formats=_FORMATS, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """The picker knows no seconds: a stored moment is not changed by being shown."""
        if isinstance(initial, datetime):
            initial = initial.replace(second=0, microsecond=0)
        return super().has_changed(initial, data)


class DayField(forms.DateField):
    """A day of this century, by the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            validators=[
                MinValueValidator(date(2000, 1, 1)),
                MaxValueValidator(date(2100, 12, 31)),
            ],
            **kwargs,
        )


class MinutesField(forms.IntegerField):
    """Whole minutes on the screen, seconds in the program."""

    def __init__(self, *, max_minutes: int, min_minutes: int = 1, **kwargs: Any) -> None:
        super().__init__(min_value=min_minutes, max_value=max_minutes, **kwargs)
        self.widget.attrs["class"] = "input-short"

    def prepare_value(self, value: Any) -> Any:
        return value // 60 if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        minutes = super().clean(value)
        return None if minutes is None else minutes * 60

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
