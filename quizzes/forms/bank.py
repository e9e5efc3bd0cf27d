"""Forms of the question bank."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from quizzes.bank_people import possible_owners, possible_readers
from quizzes.enums import Difficulty, QuestionState
from quizzes.models import QuestionBank, Topic

# Names that are addresses of their own under /bank/.
_RESERVED_CODES = {"new", "recheck"}


class BankForm(forms.ModelForm[QuestionBank]):
    class Meta:
        model = QuestionBank
        fields = ["name", "code", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "code": _("Chữ không dấu, số và dấu gạch ngang, ví dụ: cchc-2026."),
        }

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code in _RESERVED_CODES:
            raise forms.ValidationError(_("Mã này dành cho hệ thống. Hãy chọn mã khác."))
        return code


class PeopleField(forms.ModelMultipleChoiceField):
    """Ticked people with what tells two of the same name apart."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: Any) -> str:
        about = [person.staff_code, person.unit.name if person.unit else ""]
        return " · ".join([person.full_name, *filter(None, about)])


class BankPeopleForm(forms.Form):
    owners = PeopleField(
        label=_("Người phụ trách"),
        queryset=User.objects.none(),
        help_text=_("Soạn, nhập, duyệt câu hỏi và chọn người được xem."),
        error_messages={"required": _("Ngân hàng cần ít nhất một người phụ trách.")},
    )
    readers = PeopleField(
        label=_("Người được xem"),
        queryset=User.objects.none(),
        required=False,
        help_text=_(
            "Xem được câu hỏi và đáp án, đưa được câu hỏi vào ma trận đề. "
            "Người được xem không dự thi cuộc thi dùng ngân hàng này."
        ),
    )

    def __init__(self, data: Any = None, *, bank: QuestionBank) -> None:
        initial = {
            "owners": list(bank.owners.values_list("pk", flat=True)),
            "readers": list(bank.readers.values_list("pk", flat=True)),
        }
        super().__init__(data, initial=initial)
        cast(PeopleField, self.fields["owners"]).queryset = possible_owners(bank).select_related(
            "unit"
        )
        cast(PeopleField, self.fields["readers"]).queryset = possible_readers(bank).select_related(
            "unit"
        )


class QuestionFilterForm(forms.Form):
    """The filters of a bank's list; what is not understood filters nothing."""

    q = forms.CharField(label=_("Tìm trong câu hỏi"), required=False, max_length=200)
    topic = forms.ModelChoiceField(
        label=_("Chuyên đề"), queryset=Topic.objects.none(), required=False, empty_label=_("Tất cả")
    )
    difficulty = forms.ChoiceField(
        label=_("Mức độ"), choices=[("", _("Tất cả")), *Difficulty.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("Tình trạng"), choices=[("", _("Tất cả")), *QuestionState.choices], required=False
    )

    def __init__(self, *args: Any, bank: QuestionBank, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Topic]", self.fields["topic"]).queryset = bank.topics.all()

    @property
    def filters(self) -> dict[str, Any]:
        """Arguments of ``bank_queries.questions_of``."""
        self.is_valid()
        chosen = self.cleaned_data
        topic = chosen.get("topic")
        return {
            "topic": topic.pk if topic else None,
            "difficulty": chosen.get("difficulty", ""),
            "state": chosen.get("state", ""),
            "text": chosen.get("q", ""),
        }


class ReviewForm(forms.Form):
    """Which questions go to which state. ``scope``: the ticked ones, or all that the filter shows;
    then ``total`` is how many the person saw, so that one added since is not moved unseen."""

    state = forms.ChoiceField(choices=QuestionState.choices)
    scope = forms.ChoiceField(choices=[("ticked", ""), ("all", "")])
    questions = forms.TypedMultipleChoiceField(coerce=int, required=False)
    total = forms.IntegerField(required=False)

    def __init__(self, *args: Any, question_ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question_ids = question_ids
        questions = cast(forms.TypedMultipleChoiceField, self.fields["questions"])
        questions.choices = [(pk, "") for pk in question_ids]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("scope") == "ticked" and not cleaned.get("questions"):
            raise forms.ValidationError(_("Hãy chọn ít nhất một câu hỏi."))
        if cleaned.get("scope") == "all" and cleaned.get("total") != len(self.question_ids):
            raise forms.ValidationError(
                _("Danh sách vừa thay đổi nên chưa chuyển câu nào. Hãy xem lại rồi làm tiếp.")
            )
        return cleaned

    @property
    def chosen_ids(self) -> list[int]:
        if self.cleaned_data["scope"] == "all":
            return self.question_ids
        chosen: list[int] = self.cleaned_data["questions"]
        return chosen
