"""What an organiser chooses before something is printed, and the reason of a revocation."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from printing.documents import Orientation
from printing.models import Certificate
from printing.queries import merit_counts
from quizzes.models import Award, Round

PARTICIPATION, EVERY_AWARD = "participation", "award"


class IssueForm(forms.Form):
    """`chosen()` is the kind and the award, None for every award."""

    what = forms.ChoiceField(label=_("Cấp cho ai"), widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label=_("Tệp tải về"),
        choices=[
            ("pdf", _("Một tệp PDF, mỗi người một trang")),
            ("zip", _("Tệp nén ZIP, mỗi người một tệp PDF")),
        ],
        initial="pdf",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, quiz_round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        finished, by_award = merit_counts(quiz_round)
        self.awards = {award.pk: award for award in quiz_round.awards.all()}
        choices: list[tuple[str, Any]] = [
            (PARTICIPATION, _counted(_("Người đã hoàn thành bài thi"), finished))
        ]
        if self.awards:
            total = sum(by_award.values())
            choices.append((EVERY_AWARD, _counted(_("Tất cả người đạt giải"), total)))
            choices += [
                (f"{EVERY_AWARD}-{pk}", _counted(award.name, by_award[pk]))
                for pk, award in self.awards.items()
            ]
        self.finished_count = finished
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)  # noqa: S101
        what.choices = choices
        what.initial = EVERY_AWARD if self.awards else PARTICIPATION

    def chosen(self) -> tuple[str, Award | None]:
        what = self.cleaned_data["what"]
        if what == PARTICIPATION:
            return Certificate.Kind.PARTICIPATION, None
        _kind, _sep, pk = what.partition("-")
        return Certificate.Kind.AWARD, self.awards[int(pk)] if pk else None


def _counted(label: Any, count: int) -> Any:
    people = ngettext("%(count)d người", "%(count)d người", count) % {"count": count}
    return format_lazy("{label}: {people}", label=label, people=people)


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do thu hồi"),
        max_length=300,
        help_text=_("Lý do được ghi vào sổ, không hiện trên trang kiểm tra."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RegisterFilterForm(forms.Form):
    q = forms.CharField(label=_("Tìm theo tên, đơn vị hoặc số"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Tình trạng"),
        required=False,
        choices=[("", _("Tất cả")), ("valid", _("Có hiệu lực")), ("revoked", _("Đã thu hồi"))],
    )


class ResultSheetForm(forms.Form):
    orientation = forms.ChoiceField(
        label=_("Khổ giấy"),
        choices=[
            (Orientation.PORTRAIT.value, _("A4 đứng")),
            (Orientation.LANDSCAPE.value, _("A4 ngang, có thêm chức vụ")),
        ],
        initial=Orientation.PORTRAIT.value,
        widget=forms.RadioSelect,
    )
    order = forms.ChoiceField(
        label=_("Thứ tự cá nhân"),
        choices=[("rank", _("Theo hạng")), ("unit", _("Theo từng đơn vị"))],
        initial="rank",
        widget=forms.RadioSelect,
    )
