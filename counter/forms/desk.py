"""Forms of the counter's staff: hours, closures, the office itself."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.vietnamese import nfc
from counter.hours import HoursUnreadable, format_intervals, parse_intervals
from counter.models import Closure, CounterSettings, Office, OpeningHours
from counter.words import weekday_label
from people.forms import UnitChoiceField

FIRST_YEAR, LAST_YEAR = 2000, 2100
WEEKDAYS = range(7)


def _date_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        # Not the browser's own picker: it writes mm/dd/yyyy where the machine speaks English.
        widget=forms.DateInput(
            format="%d/%m/%Y",
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "placeholder": "28/11/2026",
                "class": "input-short",
            },
        ),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("Ngày không đúng. Hãy ghi như 28/11/2026.")},
        **kwargs,
    )


def _sane(day: date | None) -> date | None:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Năm phải từ 2000 đến 2100."))
    return day


class DayForm(forms.Form):
    day = _date_field(gettext_lazy("Ngày"))

    def clean_day(self) -> date | None:
        return _sane(self.cleaned_data["day"])


class OfficeForm(forms.ModelForm):  # type: ignore[type-arg]
    unit = UnitChoiceField(label=gettext_lazy("Đơn vị"), empty_label=gettext_lazy("Hãy chọn"))

    class Meta:
        model = Office
        fields = ["unit", "name", "code", "address", "phone", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].required = True
        if self.instance.pk:
            self.fields["code"].help_text = _("Đổi mã thì mã QR đã in không dùng được nữa.")

    def clean_name(self) -> str:
        return nfc(self.cleaned_data["name"])

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).lower()


class WeeklyHoursForm(forms.Form):
    """One line a weekday: "07:30–11:30, 13:30–17:00"; an empty line is a day off."""

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        weekly: dict[int, list[tuple[time, time]]] = {weekday: [] for weekday in WEEKDAYS}
        for hours in office.hours.all():
            if hours.weekday is not None and not hours.is_extra:
                weekly[hours.weekday].append((hours.starts, hours.ends))
        kwargs["initial"] = {
            f"day_{weekday}": format_intervals(pairs) for weekday, pairs in weekly.items()
        }
        super().__init__(*args, **kwargs)
        for weekday in WEEKDAYS:
            self.fields[f"day_{weekday}"] = forms.CharField(
                label=weekday_label(weekday),
                required=False,
                max_length=120,
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for weekday in WEEKDAYS:
            name = f"day_{weekday}"
            try:
                cleaned[name] = parse_intervals(nfc(cleaned.get(name) or ""))
            except HoursUnreadable as fault:
                said = (
                    _("“%s” trùng giờ với khoảng trước. Hãy sửa lại.")
                    if fault.is_overlap
                    else _("Không đọc được “%s”. Hãy ghi như 07:30-11:30, 13:30-17:00.")
                )
                self.add_error(name, said % fault.piece[:40])
        return cleaned

    def weekly(self) -> dict[int, tuple[tuple[time, time], ...]]:
        return {weekday: self.cleaned_data[f"day_{weekday}"] for weekday in WEEKDAYS}


class ExtraHoursForm(forms.ModelForm):  # type: ignore[type-arg]
    """Every week on a weekday, or once on a date."""

    repeats = forms.TypedChoiceField(
        label=gettext_lazy("Mỗi tuần vào"), coerce=int, empty_value=None, required=False
    )
    on_date = _date_field(gettext_lazy("hoặc một ngày"), required=False)

    class Meta:
        model = OpeningHours
        fields = ["on_date", "starts", "ends", "slot_minutes", "capacity"]
        widgets = {
            "starts": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "ends": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    field_order = ["repeats", "on_date", "starts", "ends", "slot_minutes", "capacity"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"slot_minutes": 20, "capacity": 2}
        super().__init__(*args, **kwargs)
        choices = [("", _("Không lặp lại")), *((day, weekday_label(day)) for day in WEEKDAYS)]
        field = self.fields["repeats"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = choices

    def clean_on_date(self) -> date | None:
        return _sane(self.cleaned_data["on_date"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        weekday, day = cleaned.get("repeats"), cleaned.get("on_date")
        if not {"repeats", "on_date"} & set(self.errors) and (weekday is None) == (day is None):
            self.add_error(
                "repeats", _("Hãy chọn một thứ trong tuần hoặc ghi một ngày, không cả hai.")
            )
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends:
            minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
            if minutes <= 0:
                self.add_error("ends", _("Giờ kết thúc phải sau giờ bắt đầu."))
            elif minutes < (cleaned.get("slot_minutes") or 0):
                self.add_error(
                    "slot_minutes", _("Một lượt dài hơn cả khung giờ. Hãy giảm số phút.")
                )
        self.instance.weekday = weekday
        return cleaned


class ClosureForm(forms.ModelForm):  # type: ignore[type-arg]
    first_day = _date_field(gettext_lazy("Từ ngày"))
    last_day = _date_field(
        gettext_lazy("Đến hết ngày"), required=False, help_text=gettext_lazy("Trống: một ngày")
    )

    class Meta:
        model = Closure
        fields = ["first_day", "last_day", "reason"]

    def clean_first_day(self) -> date | None:
        return _sane(self.cleaned_data["first_day"])

    def clean_last_day(self) -> date | None:
        return _sane(self.cleaned_data["last_day"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and not last and "last_day" not in self.errors:
            cleaned["last_day"] = first
        elif first and last and last < first:
            self.add_error("last_day", _("Ngày cuối phải từ ngày đầu trở đi."))
        return cleaned


class RetentionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = CounterSettings
        fields = ["retention_days"]
