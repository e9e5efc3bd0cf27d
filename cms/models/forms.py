"""The form of every public page in the back office."""

from typing import Any
from uuid import uuid4

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm


class PublicPageForm(WagtailAdminPageForm):
    """``creation_key`` names the page from the moment its form is opened, so that a form sent
    twice makes one page (cms.views.creating)."""

    creation_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["creation_key"]
