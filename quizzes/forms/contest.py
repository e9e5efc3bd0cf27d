"""Forms of a contest's set-up."""

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.vietnamese import nfc, parse_decimal
from people import roles
from people.models import Unit, User
from quizzes.contests import PRESETS
from quizzes.forms.moments import MomentField
from quizzes.models import Contest


class PercentField(forms.CharField):
    """ "70" or "70,5" on the screen, basis points in the program."""

    def prepare_value(self, value: Any) -> Any:
        return _as_percent(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            basis_points = parse_decimal(text.rstrip("% ")) * 100
        except ValueError:
            raise forms.ValidationError(_("Hãy nhập tỷ lệ như 70 hoặc 70,5.")) from None
        if basis_points != int(basis_points) or not 0 <= basis_points <= 10_000:
            raise forms.ValidationError(_("Tỷ lệ từ 0 đến 100, nhiều nhất hai chữ số thập phân."))
        return int(basis_points)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _as_percent(basis_points: int) -> str:
    whole, rest = divmod(basis_points, 100)
    return f"{whole},{rest:02}".rstrip("0").rstrip(",") if rest else str(whole)


class NewContestForm(forms.ModelForm[Contest]):
    """Only what nobody can guess; the rest comes from the template and can be changed later."""

    preset = forms.ChoiceField(
        label=gettext_lazy("Mẫu cuộc thi"),
        widget=forms.RadioSelect,
        choices=[(item.code, item.label) for item in PRESETS],
        initial=PRESETS[0].code,
    )
    opens_at = MomentField(label=gettext_lazy("Vòng đầu mở lúc"))
    closes_at = MomentField(label=gettext_lazy("Vòng đầu đóng lúc"))

    field_order = ["preset", "name", "code", "issuing_agency", "place", "opens_at", "closes_at"]

    class Meta:
        model = Contest
        fields = ["name", "code", "issuing_agency", "place"]
        help_texts = {
            "code": gettext_lazy(
                "Chữ thường không dấu, số và gạch nối; nằm trong địa chỉ trang, ví dụ hoi-thi-2026."
            ),
            "issuing_agency": gettext_lazy("In ở đầu văn bản, ví dụ UBND phường Thanh Khê."),
            "place": gettext_lazy("In trước ngày tháng của văn bản, ví dụ Đà Nẵng."),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("opens_at") and values.get("closes_at"):
            _check_window(self, values)
        return values


def _check_window(form: forms.BaseForm, values: dict[str, Any]) -> None:
    if values["closes_at"] <= values["opens_at"]:
        form.add_error("closes_at", _("Thời gian đóng phải sau thời gian mở."))


class ContestForm(forms.ModelForm[Contest]):
    min_participation_basis_points = PercentField(
        label=gettext_lazy("Tỷ lệ dự thi tối thiểu để xếp hạng đơn vị (%)"), max_length=6
    )

    class Meta:
        model = Contest
        fields = [
            "name",
            "summary",
            "rules_text",
            "is_public",
            "name_display",
            "min_participation_basis_points",
            "min_unit_headcount",
            "superior_agency",
            "issuing_agency",
            "place",
            "signer_title",
            "signer_name",
        ]
        widgets = {"rules_text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "rules_text": gettext_lazy(
                "Chỉ ghi điều mà cài đặt chưa nói: thể lệ được lập từ cài đặt, phần này đứng ở mục "
                "cuối. Để dòng trống giữa các đoạn."
            ),
            "is_public": gettext_lazy("Ai cũng xem được thể lệ, lịch và kết quả đã công bố."),
        }


class BoardForm(forms.Form):
    """Who organises and who marks essays: people who hold the organiser's or the jury's role."""

    organisers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Thành viên Ban Tổ chức"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Ban Tổ chức cần ít nhất một người.")},
    )
    jury = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Ban Giám khảo (chấm tự luận)"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisers = Q(groups__name=roles.ORGANISER) | Q(organised_contests=contest)
        jury = Q(groups__name=roles.JURY) | Q(judged_contests=contest)
        self._offer("organisers", organisers, contest.organisers.all())
        self._offer("jury", jury, contest.jury.all())

    def _offer(self, name: str, who: Q, chosen: QuerySet[User]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        people = User.objects.filter(who, is_active=True)
        field.queryset = people.distinct().order_by("sort_key", "pk")
        self.initial.setdefault(name, list(chosen.values_list("pk", flat=True)))


class UnitChoiceField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, unit: Any) -> str:
        indent = "— " * (unit.depth - 1)
        return indent + _("%(unit)s (%(count)d người)") % {
            "unit": unit.name,
            "count": unit.people_count,
        }


class RosterForm(forms.Form):
    """Which units take part; only units where someone works are offered."""

    units = UnitChoiceField(
        label=gettext_lazy("Đơn vị dự thi"),
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một đơn vị.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = (
            Unit.objects.annotate(people_count=Count("people", filter=Q(people__is_active=True)))
            .filter(people_count__gt=0)
            .order_by("path")
        )


class EntrySearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Tìm theo tên hoặc mã cán bộ"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Hiện"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            ("invalid", gettext_lazy("Không hợp lệ")),
            ("exempt", gettext_lazy("Được miễn")),
            ("extra", gettext_lazy("Được cộng thời gian")),
        ],
    )

    def clean_q(self) -> str:
        return nfc(self.cleaned_data["q"])


class LogFilterForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Tìm trong nội dung, lý do"), required=False)
    action = forms.ChoiceField(label=gettext_lazy("Việc"), required=False)
    actor = forms.ChoiceField(label=gettext_lazy("Người thực hiện"), required=False)

    def __init__(
        self,
        *args: Any,
        actions: list[tuple[str, str]],
        actors: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("action", actions), ("actor", actors)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [("", _("Tất cả")), *choices]

    def clean_q(self) -> str:
        return nfc(self.cleaned_data["q"])
