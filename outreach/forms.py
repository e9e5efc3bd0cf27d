"""What people type in outreach."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.vietnamese import nfc
from outreach.models import ReadingSettings, Script, Topic
from outreach.models.broadcasts import MAX_MINUTES
from outreach.reading import MAX_TEXT_CHARS
from people.models import Unit
from quizzes.forms.moments import DayField, MomentField

WEEKDAYS = (
    (0, _("Thứ Hai")),
    (1, _("Thứ Ba")),
    (2, _("Thứ Tư")),
    (3, _("Thứ Năm")),
    (4, _("Thứ Sáu")),
    (5, _("Thứ Bảy")),
    (6, _("Chủ nhật")),
)
MAX_TIMES = 6
MAX_DAYS = 366


class UnitField(forms.ModelChoiceField[Unit]):
    """One of the units that the person acts for."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


def _text_field(label: Any, help_text: Any = "", rows: int = 16) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=MAX_TEXT_CHARS,
        widget=forms.Textarea(attrs={"rows": rows, "class": "script-textarea"}),
    )


class ScriptForm(forms.Form):
    title = forms.CharField(label=_("Tên bài"), max_length=200)
    unit = UnitField(label=_("Đơn vị"), queryset=Unit.objects.none(), empty_label=None)
    topic = forms.ModelChoiceField(
        label=_("Chủ đề"),
        queryset=Topic.objects.none(),
        empty_label=None,
        help_text=_("Để cộng số lần phát theo tháng."),
    )
    text = _text_field(
        _("Nội dung"),
        _("Viết như bình thường. Chữ viết tắt và con số được chuyển thành chữ ở bước sau."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["topic"].queryset = Topic.objects.all()  # type: ignore[attr-defined]


class TextForm(forms.Form):
    text = _text_field(_("Nội dung"), rows=22)
    base_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)


class TimesField(forms.CharField):
    """ "05:30; 17h" → times of day, each once, in order."""

    def clean(self, value: Any) -> list[time]:
        text = super().clean(value)
        times = set()
        for part in re.split(r"[;,\s]+", nfc(text).replace(".", ":")):
            if not part:
                continue
            found = re.fullmatch(r"([0-9]{1,2})(?:[:hg]([0-9]{2})?)?", part, re.ASCII)
            hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
            if hour > 23 or minute > 59:
                raise ValidationError(
                    _("“%(part)s” không phải giờ trong ngày. Hãy nhập như 05:30; 17:00."),
                    params={"part": part[:20]},
                )
            times.add(time(hour, minute))
        if not times:
            raise ValidationError(_("Hãy nhập ít nhất một giờ phát, ví dụ 05:30."))
        if len(times) > MAX_TIMES:
            raise ValidationError(
                _("Nhiều nhất %(limit)d giờ mỗi ngày."), params={"limit": MAX_TIMES}
            )
        return sorted(times)


class SlotForm(forms.Form):
    script = forms.ModelChoiceField(
        label=_("Bài"), queryset=Script.objects.none(), empty_label=_("Chọn bài")
    )
    unit = UnitField(label=_("Đơn vị phát"), queryset=Unit.objects.none(), empty_label=None)
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến ngày"), help_text=_("Phát một ngày thì ghi cùng ngày."))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Vào các ngày"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        initial=[day for day, _name in WEEKDAYS],
    )
    times = TimesField(
        label=_("Giờ phát"),
        max_length=80,
        help_text=_("Cách nhau bằng dấu chấm phẩy: 05:30; 17:00"),
    )
    minutes = forms.IntegerField(label=_("Số phút mỗi lần"), min_value=1, max_value=MAX_MINUTES)

    def __init__(
        self, *args: Any, units: QuerySet[Unit], scripts: QuerySet[Script], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["script"].queryset = scripts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if not isinstance(first, date) or not isinstance(last, date):
            return cleaned
        if last < first:
            self.add_error("ends_on", _("Ngày cuối phải từ ngày đầu trở đi."))
        elif (last - first).days > MAX_DAYS:
            self.add_error("ends_on", _("Mỗi lịch dài nhất một năm. Hãy chọn ngày cuối gần hơn."))
        elif not _has_weekday(first, last, cleaned.get("weekdays") or []):
            self.add_error("weekdays", _("Trong khoảng này không có ngày nào được chọn."))
        return cleaned


def _has_weekday(first: date, last: date, weekdays: list[int]) -> bool:
    if not weekdays or (last - first).days >= 6:  # no day chosen is the field's own error
        return True
    return any((first.weekday() + step) % 7 in weekdays for step in range((last - first).days + 1))


class BroadcastForm(forms.Form):
    script = forms.ModelChoiceField(
        label=_("Bài"), queryset=Script.objects.none(), empty_label=_("Chọn bài")
    )
    unit = UnitField(label=_("Đơn vị phát"), queryset=Unit.objects.none(), empty_label=None)
    aired_at = MomentField(label=_("Phát lúc"))
    minutes = forms.IntegerField(label=_("Số phút"), min_value=1, max_value=MAX_MINUTES)
    place = forms.CharField(
        label=_("Cụm loa, nơi phát"), max_length=160, help_text=_("Ví dụ: Cụm loa tổ dân phố 5")
    )
    announcer = forms.CharField(label=_("Người đọc"), max_length=120)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(
        self, *args: Any, units: QuerySet[Unit], scripts: QuerySet[Script], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["script"].queryset = scripts  # type: ignore[attr-defined]

    def clean_aired_at(self) -> datetime:
        moment: datetime = self.cleaned_data["aired_at"]
        return moment.replace(second=0, microsecond=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("place", "announcer"):
            if name in cleaned:
                cleaned[name] = nfc(cleaned[name])
                if not cleaned[name]:
                    self.add_error(name, _("Hãy điền vào ô này."))
        return cleaned


class CorrectionForm(BroadcastForm):
    reason = forms.CharField(
        label=_("Lý do sửa"), max_length=300, help_text=_("In kèm trong sổ nhật ký.")
    )


class StrikeForm(forms.Form):
    strike_reason = forms.CharField(label=_("Lý do gạch bỏ"), max_length=300)


class ReadingSettingsForm(forms.ModelForm[ReadingSettings]):
    class Meta:
        model = ReadingSettings
        fields = ["words_per_minute", "region", "place"]


class ZaloAccountForm(forms.Form):
    name = forms.CharField(label=_("Tên Official Account"), max_length=120)
    app_id = forms.CharField(label=_("Mã ứng dụng (App ID)"), max_length=40)
    app_secret = forms.CharField(
        label=_("Khóa bí mật của ứng dụng"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    refresh_token = forms.CharField(
        label=_("Mã làm mới (refresh token)"),
        max_length=2_000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Lấy ở trang nhà phát triển của Zalo sau khi Official Account cấp quyền cho ứng dụng. "
            "Mã chỉ dùng được một lần; từ đó hệ thống tự gia hạn."
        ),
    )

    def __init__(self, *args: Any, is_on: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("app_secret", "refresh_token"):
            self.fields[name].required = not is_on
            if is_on:
                self.fields[name].widget.attrs["placeholder"] = _("Để trống nếu không đổi")
