"""The points of one essay."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.vietnamese import nfc, parse_decimal
from quizzes.essay_marking import MAX_REMARK
from quizzes.templatetags.quiz import points


class EssayMarkForm(forms.Form):
    """``centipoints`` is typed in points: "7,5". ``sequence`` says which answer was read,
    ``marked_at`` over which mark this one is written ("" over none)."""

    centipoints = forms.CharField(
        label=gettext_lazy("Điểm"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "class": "input-short"}
        ),
    )
    remark = forms.CharField(
        label=gettext_lazy("Nhận xét"),
        required=False,
        max_length=MAX_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Thí sinh đọc được sau khi công bố kết quả."),
    )
    sequence = forms.IntegerField(widget=forms.HiddenInput)
    marked_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, max_centipoints: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centipoints"].help_text = _("Từ 0 đến %(most)s, ví dụ %(example)s.") % {
            "most": points(max_centipoints),
            "example": points(max_centipoints * 3 // 4),
        }

    def clean_centipoints(self) -> int:
        try:
            value = parse_decimal(self.cleaned_data["centipoints"]) * 100
        except ValueError:
            raise forms.ValidationError(_("Hãy nhập số điểm, ví dụ 7 hoặc 7,5.")) from None
        if value != int(value):
            raise forms.ValidationError(_("Điểm có nhiều nhất hai chữ số thập phân."))
        return int(value)

    def clean_remark(self) -> str:
        return nfc(self.cleaned_data["remark"])

    def overwrite_next(self, marked_at: str) -> None:
        """The person has been told of the other mark: what was typed may now replace it."""
        self.data = {name: self.data.get(name) for name in self.fields} | {"marked_at": marked_at}
