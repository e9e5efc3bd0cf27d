"""What people send to the catalogue."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CatalogueUploadForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp danh mục văn bản"),
        help_text=_("Tệp .xlsx, tối đa 20 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        max_length=250,
    )
