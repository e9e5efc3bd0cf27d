"""What a unit and an editor write about an adoption."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.measuring import Measure
from core.vietnamese import nfc, parse_decimal

MAX_CHARS = 24


class FigureField(forms.CharField):
    """A number as an office writes it: "97", "1.234", "8,75". At most two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_length=MAX_CHARS, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_decimal(text)
        except (ValueError, InvalidOperation):
            raise ValidationError(_("Ghi một số, ví dụ 97 hoặc 8,75.")) from None
        if not 0 <= number < Decimal(10) ** 12:
            raise ValidationError(_("Số liệu phải từ 0 đến dưới 1.000.000.000.000."))
        if number != round(number, 2):
            raise ValidationError(_("Ghi nhiều nhất hai chữ số thập phân."))
        return number


class _LineField(forms.CharField):
    def clean(self, value: Any) -> str:
        return super().clean(nfc(value) if isinstance(value, str) else value) or ""


class RegisterForm(forms.Form):
    note = _LineField(
        label=_("Lời nhắn cho biên tập viên"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ví dụ: dự kiến bắt đầu từ tháng nào. Không hiện công khai."),
    )


class DayForm(forms.Form):
    day = forms.DateField(label=_("Ngày"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, label: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = label
        self.fields["day"].widget = forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "max": today.isoformat()}
        )


class ReasonForm(forms.Form):
    reason = _LineField(label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SeenForm(forms.Form):
    """What the person saw when they chose to undo it."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)


class ReportForm(forms.Form):
    measure = forms.ChoiceField(label=_("Chỉ tiêu"))
    month = forms.ChoiceField(label=_("Tháng"))
    value = FigureField(label=_("Số liệu"), help_text=_("Ví dụ: 97; 1.234; 8,75."))

    def __init__(
        self, *args: Any, measures: Sequence[Measure], months: Sequence[date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measures = {measure.key: measure for measure in measures}
        self.months = {f"{month:%Y-%m}": month for month in months}
        for name, choices in (
            ("measure", [(measure.key, _shown(measure)) for measure in measures]),
            ("month", [(key, f"{month:%m/%Y}") for key, month in self.months.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices

    def clean_measure(self) -> Measure:
        return self.measures[self.cleaned_data["measure"]]

    def clean_month(self) -> date:
        return self.months[self.cleaned_data["month"]]


class CorrectionForm(forms.Form):
    value = FigureField(
        label=_("Số liệu đúng"),
        required=False,
        help_text=_("Để trống nếu tháng này không có số liệu (rút số đã báo cáo)."),
    )
    reason = _LineField(
        label=_("Lý do sửa"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


def _shown(measure: Measure) -> str:
    return f"{measure.name} ({measure.unit})" if measure.unit else measure.name
