"""Forms of a bank's secrecy."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from quizzes.enums import KeyView
from quizzes.forms.bank import PeopleField
from quizzes.forms.decisions import ReasonForm
from quizzes.forms.moments import DayField, MomentField
from quizzes.key_access import key_readers
from quizzes.models import BankSeal, QuestionBank, Round
from quizzes.sealing import possible_people, possible_rounds


class RoundChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, quiz_round: Any) -> str:
        return f"{quiz_round.contest.name} · {quiz_round.name}"


class SealForm(ReasonForm):
    """Arguments of ``sealing.seal_bank``."""

    people = PeopleField(
        label=_("Người vẫn được xem"),
        queryset=User.objects.none(),
        help_text=_("Những người khác, kể cả người phụ trách và quản trị viên, không xem được."),
        error_messages={"required": _("Hãy chọn ít nhất một người vẫn được xem.")},
    )
    quiz_round = RoundChoiceField(
        label=_("Đến khi đóng vòng thi"),
        queryset=Round.objects.none(),
        required=False,
        empty_label=_("Không theo vòng thi"),
    )
    until = MomentField(
        label=_("Chậm nhất đến lúc"),
        required=False,
        help_text=_("Để trống nếu chỉ theo vòng thi. Có cả hai thì hết ở mốc đến trước."),
    )
    field_order = ["people", "quiz_round", "until", "reason"]

    def __init__(
        self, data: Any = None, *, bank: QuestionBank, by: User, seal: BankSeal | None = None
    ) -> None:
        """Filled in with ``seal``, the one to be replaced."""
        initial: dict[str, Any] = {"people": [by.pk]}
        if seal is not None:
            named = list(seal.people.values_list("pk", flat=True))
            initial = {"people": named, "quiz_round": seal.round_id, "until": seal.until}
        super().__init__(data, initial=initial)
        self.fields["reason"].help_text = _("Ghi vào nhật ký.")
        people = cast(PeopleField, self.fields["people"])
        people.queryset = possible_people(bank).select_related("unit")
        cast(RoundChoiceField, self.fields["quiz_round"]).queryset = possible_rounds(bank)


class LiftForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Ghi vào nhật ký.")


class KeyReadFilterForm(forms.Form):
    """What is not understood filters nothing."""

    person = forms.ModelChoiceField(
        label=_("Người xem"), queryset=User.objects.none(), required=False, empty_label=_("Tất cả")
    )
    view = forms.ChoiceField(
        label=_("Ở đâu"), choices=[("", _("Tất cả")), *KeyView.choices], required=False
    )
    since = DayField(label=_("Từ ngày"), required=False)
    until = DayField(label=_("Đến ngày"), required=False)

    def __init__(self, *args: Any, bank: QuestionBank, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = key_readers(bank)

    @property
    def filters(self) -> dict[str, Any]:
        """Arguments of ``key_access.key_reads``."""
        self.is_valid()
        chosen = self.cleaned_data
        person = chosen.get("person")
        return {
            "person": person.pk if person else None,
            "view": chosen.get("view", ""),
            "since": chosen.get("since"),
            "until": chosen.get("until"),
        }
