"""Forms of the question bank."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from quizzes.bank_people import possible_owners, possible_readers, possible_reviewers
from quizzes.models import QuestionBank

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
        help_text=_("Soạn, nhập câu hỏi, duyệt câu của người khác và chọn những người dưới đây."),
        error_messages={"required": _("Ngân hàng cần ít nhất một người phụ trách.")},
    )
    reviewers = PeopleField(
        label=_("Người duyệt"),
        queryset=User.objects.none(),
        required=False,
        help_text=_(
            "Đọc, nhận xét và duyệt câu hỏi, không soạn. "
            "Không ai duyệt được câu do chính mình soạn hoặc vừa sửa."
        ),
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
            "reviewers": list(bank.reviewers.values_list("pk", flat=True)),
            "readers": list(bank.readers.values_list("pk", flat=True)),
        }
        super().__init__(data, initial=initial)
        choices = {
            "owners": possible_owners(bank),
            "reviewers": possible_reviewers(bank),
            "readers": possible_readers(bank),
        }
        for name, people in choices.items():
            cast(PeopleField, self.fields[name]).queryset = people.select_related("unit")
