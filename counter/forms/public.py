"""Forms that anyone may send: booking, look-up, feedback."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from core.vietnamese import nfc, normalise_phone
from counter.enums import Factor
from counter.errors import StampRefused
from counter.feedback import COMMENT_CHARS
from counter.form_stamps import is_usable, make_stamp, read_stamp
from counter.models import Office

SCORES: Final = (
    ("1", _("Rất không hài lòng")),
    ("2", _("Không hài lòng")),
    ("3", _("Bình thường")),
    ("4", _("Hài lòng")),
    ("5", _("Rất hài lòng")),
)
_QUESTIONS: Final = {
    Factor.OVERALL: _("Hài lòng chung về lần làm thủ tục này"),
    Factor.ACCESS: _("Tiếp cận dịch vụ: nơi ngồi chờ, trang thiết bị, chỉ dẫn"),
    Factor.PROCEDURE: _("Thủ tục: giấy tờ, các bước, thời hạn, phí"),
    Factor.STAFF: _("Công chức: thái độ, hướng dẫn, năng lực giải quyết"),
    Factor.RESULT: _("Kết quả: đúng hẹn, đầy đủ, chính xác"),
    Factor.COMPLAINTS: _("Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị"),
}


class GuardedForm(forms.Form):
    """With the signed mark of ``counter.form_stamps`` and a field that only programs fill in.

    The template includes ``counter/_form_guard.html``. ``form_key`` is there once it is valid.
    """

    purpose = ""
    form_key = ""
    stamp = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    second_page = forms.CharField(
        label=_("Để trống ô này"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    @property
    def shown_stamp(self) -> str:
        """What the template puts into the form: the one that came back while it is good."""
        sent = self.data.get("stamp", "") if self.is_bound else ""
        return sent if is_usable(self.purpose, sent, at=self.at) else self._new_stamp()

    def _new_stamp(self) -> str:
        return make_stamp(self.purpose, at=self.at)

    def clean_second_page(self) -> str:
        if self.cleaned_data["second_page"]:
            raise forms.ValidationError(_("Ô này phải để trống. Hãy xóa chữ trong ô rồi gửi lại."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:  # it comes back anyway, with a good stamp
            return cleaned
        try:
            self.form_key = read_stamp(self.purpose, cleaned.get("stamp") or "", at=self.at)
        except StampRefused as refusal:
            self.add_error(None, str(refusal))
        return cleaned


def _phone_field() -> forms.CharField:
    return forms.CharField(
        label=_("Số điện thoại di động"),
        error_messages={"required": _("Hãy nhập số điện thoại.")},
        max_length=30,
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "input-short"}
        ),
    )


def _clean_phone(typed: str) -> str:
    phone = normalise_phone(typed)
    if phone is None:
        raise forms.ValidationError(
            _("Cần số di động Việt Nam có 10 chữ số, ví dụ 0912 345 678. Hãy xem lại số đã gõ.")
        )
    return phone


class BookingForm(GuardedForm):
    purpose = "booking"
    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=120,
        error_messages={"required": _("Hãy nhập họ và tên.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = _phone_field()
    consent = forms.BooleanField(
        error_messages={"required": _("Cần đồng ý thì mới đặt được lịch. Hãy đánh dấu vào ô này.")}
    )

    def __init__(self, *args: Any, retention_days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The label is a whole paragraph: the summary of errors has a short one.
        self.fields["consent"].summary_label = _("Đồng ý")  # type: ignore[attr-defined]
        self.fields["consent"].label = _(
            "Tôi đồng ý để bộ phận Một cửa dùng họ tên và số điện thoại này cho lịch hẹn; "
            "dữ liệu tự xóa sau ngày hẹn %s ngày."
        ) % (retention_days,)

    def clean_name(self) -> str:
        name = nfc(self.cleaned_data["name"])
        if sum(char.isalpha() for char in name) < 2:
            raise forms.ValidationError(_("Hãy ghi họ và tên bằng chữ."))
        return name

    def clean_phone(self) -> str:
        return _clean_phone(self.cleaned_data["phone"])


class LookupForm(forms.Form):
    phone = _phone_field()
    code = forms.CharField(
        label=_("Mã xác nhận"),
        max_length=40,
        error_messages={"required": _("Hãy nhập mã xác nhận.")},
        help_text=_("8 ký tự hiện khi đặt lịch xong, không phân biệt chữ hoa, chữ thường"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "input-short",
            }
        ),
    )

    def clean_phone(self) -> str:
        return _clean_phone(self.cleaned_data["phone"])


class FeedbackForm(GuardedForm):
    purpose = "feedback"
    office = forms.ModelChoiceField(
        label=_("Bộ phận Một cửa nơi ông (bà) làm thủ tục"),
        queryset=Office.objects.filter(is_active=True),
        empty_label=_("Hãy chọn"),
        error_messages={
            "invalid_choice": _("Bộ phận Một cửa này không còn. Hãy chọn lại."),
            "required": _("Hãy chọn nơi ông (bà) làm thủ tục."),
        },
    )
    comment = forms.CharField(
        label=_("Ý kiến thêm"),
        required=False,
        max_length=COMMENT_CHARS,
        help_text=_(
            "Không ghi họ tên, số điện thoại, số giấy tờ hay chuyện riêng của ai. Ý kiến chỉ cán "
            "bộ của bộ phận Một cửa này và quản trị viên đọc, không đăng công khai."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, office: Office | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if office is not None:
            del self.fields["office"]
        for factor, question in _QUESTIONS.items():
            self.fields[factor.value] = forms.ChoiceField(
                label=question,
                choices=SCORES,
                required=factor == Factor.OVERALL,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Hãy chọn một mức từ 1 đến 5."),
                    "invalid_choice": _("Hãy chọn một mức từ 1 đến 5."),
                },
            )

    def score_fields(self) -> list[forms.BoundField]:
        return [self[factor.value] for factor in _QUESTIONS]

    def clean_comment(self) -> str:
        """Line breaks stay, other control characters do not."""
        lines = self.cleaned_data["comment"].splitlines()
        return "\n".join(nfc(line) for line in lines).strip()

    def scores(self) -> dict[Factor, int | None]:
        return {
            factor: int(chosen) if (chosen := self.cleaned_data[factor.value]) else None
            for factor in _QUESTIONS
        }
