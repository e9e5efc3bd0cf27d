"""Forms of the organisers' decisions: each needs a reason, which goes into the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.vietnamese import nfc
from quizzes.forms.moments import MinutesField, MomentField


class ConfirmForm(forms.Form):
    """Nothing to fill in: the press of the button is the answer."""


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ghi vào nhật ký của cuộc thi."),
    )

    def clean_reason(self) -> str:
        return nfc(self.cleaned_data["reason"])


class OptionalReasonForm(ReasonForm):
    """Whether the reason is needed, the operation decides."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class ExtraMinutesForm(ReasonForm):
    seconds = MinutesField(label=_("Số phút cộng thêm"), max_minutes=240, min_minutes=1)
    field_order = ["seconds", "reason"]


class EntryMinutesForm(ReasonForm):
    seconds = MinutesField(
        label=_("Số phút cộng thêm"),
        max_minutes=240,
        min_minutes=0,
        help_text=_("Cho các lượt thi bắt đầu từ bây giờ. 0 là bỏ thời gian đã cộng."),
    )
    field_order = ["seconds", "reason"]


class ExtendRoundForm(ReasonForm):
    closes_at = MomentField(label=_("Thời gian đóng mới"))
    field_order = ["closes_at", "reason"]


class HeadcountForm(ReasonForm):
    headcount = forms.IntegerField(
        label=_("Số người trong danh sách"), min_value=0, max_value=1_000_000
    )
    field_order = ["headcount", "reason"]


class DrawForm(forms.Form):
    order = forms.IntegerField(
        label=_("Thứ tự bốc thăm"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("1 là thắng. Để trống để bỏ kết quả bốc thăm."),
    )
    reason = forms.CharField(
        label=_("Người chứng kiến"),
        max_length=300,
        help_text=_("Họ tên, chức vụ; ghi vào nhật ký."),
    )

    def clean_reason(self) -> str:
        return nfc(self.cleaned_data["reason"])
