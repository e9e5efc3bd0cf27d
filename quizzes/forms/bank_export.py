"""Which questions of a bank are taken."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.vietnamese import nfc
from quizzes.enums import Difficulty, QuestionState
from quizzes.models import QuestionBank, Topic


class ExportFilterForm(forms.Form):
    """Read from the address: what is not understood is left out, as if nothing were asked."""

    topic = forms.ModelChoiceField(
        Topic.objects.none(),
        label=_("Chuyên đề"),
        required=False,
        empty_label=_("Tất cả chuyên đề"),
    )
    difficulty = forms.ChoiceField(label=_("Mức độ"), required=False)
    state = forms.ChoiceField(label=_("Tình trạng"), required=False)
    q = forms.CharField(
        label=_("Chữ trong câu hỏi"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, *args: Any, bank: QuestionBank, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = bank.topics.all()  # type: ignore[attr-defined]
        everything = [("", _("Tất cả"))]
        self.fields["difficulty"].choices = everything + Difficulty.choices  # type: ignore[attr-defined]
        self.fields["state"].choices = everything + QuestionState.choices  # type: ignore[attr-defined]

    @property
    def filters(self) -> dict[str, Any]:
        """The arguments of `bank_export.exporting.chosen_questions`."""
        self.is_valid()
        found = self.cleaned_data
        topic = found.get("topic")
        return {
            "topic": topic.pk if topic else None,
            "difficulty": found.get("difficulty", ""),
            "state": found.get("state", ""),
            "text": nfc(found.get("q", "")),
        }
