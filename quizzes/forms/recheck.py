"""Forms of the list of questions to re-check."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.vietnamese import nfc
from legal.models import Instrument
from people.models import User
from quizzes.enums import FlagWhy
from quizzes.flag_queries import flagged_instruments
from quizzes.forms.moments import DayField
from quizzes.models import QuestionBank, QuestionVersion
from quizzes.rules import readable_banks


class RecheckFilterForm(forms.Form):
    """What is not understood filters nothing."""

    bank = forms.ModelChoiceField(
        label=gettext_lazy("Ngân hàng"),
        queryset=QuestionBank.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tất cả"),
    )
    instrument = forms.ModelChoiceField(
        label=gettext_lazy("Văn bản"),
        queryset=Instrument.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tất cả"),
    )
    why = forms.ChoiceField(
        label=gettext_lazy("Lý do"),
        choices=[("", gettext_lazy("Tất cả")), *FlagWhy.choices],
        required=False,
    )

    def __init__(self, *args: Any, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        banks = cast("forms.ModelChoiceField[QuestionBank]", self.fields["bank"])
        banks.queryset = QuestionBank.objects.filter(readable_banks(user, at)).order_by("name")
        instruments = cast("forms.ModelChoiceField[Instrument]", self.fields["instrument"])
        instruments.queryset = flagged_instruments(user, at)

    @property
    def filters(self) -> dict[str, Any]:
        """Arguments of ``flag_queries.flags_to_look_at``."""
        self.is_valid()
        chosen = self.cleaned_data
        bank, instrument = chosen.get("bank"), chosen.get("instrument")
        return {
            "bank": bank.pk if bank else None,
            "instrument": instrument.pk if instrument else None,
            "why": chosen.get("why", ""),
        }


class RecheckActForm(forms.Form):
    """``scope``: the ticked flags, or all that the filter shows; then ``total`` is how many the
    person saw, so that one raised since is not settled unseen."""

    act = forms.ChoiceField(choices=[("confirm", ""), ("retire", "")])
    scope = forms.ChoiceField(choices=[("ticked", ""), ("all", "")])
    flags = forms.TypedMultipleChoiceField(coerce=int, required=False)
    total = forms.IntegerField(required=False)
    note = forms.CharField(required=False, max_length=300)

    def __init__(self, *args: Any, flag_ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flag_ids = flag_ids
        flags = cast(forms.TypedMultipleChoiceField, self.fields["flags"])
        flags.choices = [(pk, "") for pk in flag_ids]

    def clean_note(self) -> str:
        return nfc(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("scope") == "ticked" and not cleaned.get("flags"):
            raise forms.ValidationError(_("Hãy chọn ít nhất một câu hỏi."))
        if cleaned.get("scope") == "all" and cleaned.get("total") != len(self.flag_ids):
            raise forms.ValidationError(
                _("Danh sách vừa thay đổi nên chưa làm gì. Hãy xem lại rồi làm tiếp.")
            )
        return cleaned

    @property
    def chosen_ids(self) -> list[int]:
        if self.cleaned_data["scope"] == "all":
            return self.flag_ids
        chosen: list[int] = self.cleaned_data["flags"]
        return chosen


class InstrumentField(forms.ModelChoiceField):
    def label_from_instance(self, instrument: Any) -> str:
        return f"{instrument.number} · {Truncator(instrument.title).chars(70)}"


class CiteForm(forms.Form):
    """Arguments of ``rechecking.cite_instead``."""

    instrument = InstrumentField(
        label=gettext_lazy("Văn bản căn cứ mới"),
        queryset=Instrument.objects.none(),
        empty_label=gettext_lazy("Chọn văn bản"),
        help_text=gettext_lazy("Chỉ có văn bản chưa hết hiệu lực trong danh mục."),
    )
    article = forms.CharField(
        label=gettext_lazy("Điều, khoản"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Ví dụ: khoản 6 Điều 13."),
    )
    valid_until = DayField(
        label=gettext_lazy("Đáp án đúng đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống: đúng khi văn bản căn cứ còn hiệu lực."),
    )

    def __init__(
        self, data: Any = None, *, version: QuestionVersion, cause: Instrument | None
    ) -> None:
        # Another instrument counts its articles otherwise: the old one's is no help there.
        article = "" if cause else version.article
        super().__init__(data, initial={"instrument": cause, "article": article})
        in_force = Instrument.objects.exclude(status=Instrument.Status.EXPIRED)
        cast(InstrumentField, self.fields["instrument"]).queryset = in_force.filter(
            Q(replaced_by__isnull=True) | Q(pk=cause.pk if cause else None)
        ).order_by("number")
