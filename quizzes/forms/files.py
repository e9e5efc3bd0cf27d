"""The forms of a bank's pictures and videos."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import Question, QuestionBank


class QuestionFileForm(forms.Form):
    file = forms.FileField(
        label=_("Hình hoặc video"),
        help_text=_("Hình PNG, JPEG, WebP tối đa 10 MB; video MP4, WebM tối đa 60 MB."),
        widget=forms.FileInput(
            attrs={"accept": ".png,.jpg,.jpeg,.webp,.mp4,.webm,image/png,image/jpeg,image/webp"}
        ),
    )


class SituationForm(forms.Form):
    """Which question shows the file, and what is to be seen in it."""

    number = forms.CharField(label=_("Câu hỏi số"), max_length=20)
    alt = forms.CharField(
        label=_("Mô tả điều thấy được"),
        max_length=300,
        help_text=_("Cho người không nhìn được; không nói lộ đáp án."),
    )

    def __init__(self, *args: Any, bank: QuestionBank, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bank = bank

    def clean_number(self) -> Question:
        text: str = self.cleaned_data["number"].strip().removeprefix("#")
        question = None
        if text.isascii() and text.isdigit() and len(text) < 18:
            questions = self.bank.questions.select_related("current_version__instrument", "topic")
            question = questions.filter(pk=int(text)).first()
        if question is None:
            raise forms.ValidationError(
                _("Ngân hàng này không có câu đó. Hãy ghi số câu, ví dụ 12.")
            )
        return question
