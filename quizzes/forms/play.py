"""Handing in: the prediction, when the round asks for one."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.attempts import MAX_PREDICTION

# 1200, 1.200 and 1 200 are one number; 1.5 and 1,200 are nobody's count.
_COUNT = re.compile(r"\d+|\d{1,3}(?:[. ]\d{3})+")


class HandInForm(forms.Form):
    """``prediction`` may be left empty: only the tie-break by prediction is then lost."""

    prediction = forms.CharField(
        label=_("Số dự đoán"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, has_prediction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_prediction:
            del self.fields["prediction"]

    def clean_prediction(self) -> int | None:
        text = " ".join(self.cleaned_data["prediction"].split())
        if not text:
            return None
        if not _COUNT.fullmatch(text):
            raise forms.ValidationError(_("Hãy nhập một số nguyên từ 0 trở lên, ví dụ 320."))
        number = int(re.sub(r"\D", "", text))
        if number > MAX_PREDICTION:
            raise forms.ValidationError(_("Số này quá lớn. Hãy nhập số từ 0 đến 1.000.000.000."))
        return number
