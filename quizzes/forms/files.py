"""The form of a bank's pictures and videos."""

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionFileForm(forms.Form):
    file = forms.FileField(
        label=_("Hình hoặc video"),
        help_text=_("Hình PNG, JPEG, WebP tối đa 10 MB; video MP4, WebM tối đa 60 MB."),
        widget=forms.FileInput(
            attrs={"accept": ".png,.jpg,.jpeg,.webp,.mp4,.webm,image/png,image/jpeg,image/webp"}
        ),
    )
