"""Choosing what a poster shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import ProcedurePage
from cms.poster_targets import choosable_pages, list_page
from core.vietnamese import nfc
from posters.models import Place, Poster

_KEY_LENGTH = 18
DEFAULT_TITLE = "Quét mã, biết ngay cần giấy tờ gì"


class PagesField(forms.ModelMultipleChoiceField):
    """Keys of pages; what is no key of ours is refused before the database sees it."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if not (str(key).isascii() and str(key).isdecimal() and len(str(key)) <= _KEY_LENGTH):
                raise forms.ValidationError(self.error_messages["invalid_choice"])
        return super().clean(value)


class PosterForm(forms.Form):
    place = forms.ModelChoiceField(
        Place.objects.all(),
        label=_("Nơi treo"),
        empty_label=_("Chọn nơi treo"),
        error_messages={
            "required": _("Hãy chọn nơi treo."),
            "invalid_choice": _("Nơi treo này không còn. Hãy chọn lại."),
        },
    )
    size = forms.ChoiceField(
        label=_("Khổ giấy"),
        choices=Poster.Size.choices,
        initial=Poster.Size.A4,
        widget=forms.RadioSelect,
        help_text=_("Mỗi tờ A3 chứa 8 mã, A4 chứa 6, A5 chứa 4; chọn nhiều hơn thì in nhiều tờ."),
    )
    layout = forms.ChoiceField(
        label=_("Kiểu"),
        choices=Poster.Layout.choices,
        initial=Poster.Layout.EACH,
        widget=forms.RadioSelect,
    )
    procedures = PagesField(
        ProcedurePage.objects.none(),
        label=_("Thủ tục"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Hãy chọn ít nhất một thủ tục."),
            "invalid_choice": _("Một thủ tục đã chọn không còn đăng. Hãy chọn lại."),
        },
    )
    title = forms.CharField(label=_("Tiêu đề"), max_length=80, initial=DEFAULT_TITLE)
    agency = forms.CharField(label=_("Tên cơ quan"), max_length=160)
    contact = forms.CharField(
        label=_("Nơi hỏi thêm"),
        max_length=120,
        required=False,
        help_text=_("In ở cuối tờ. Ví dụ: Bộ phận Một cửa, điện thoại 024 …"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choice.queryset = choosable_pages()

    @property
    def _choice(self) -> PagesField:
        field = self.fields["procedures"]
        assert isinstance(field, PagesField)  # noqa: S101
        return field

    def clean_layout(self) -> str:
        layout: str = self.cleaned_data["layout"]
        if layout == Poster.Layout.LIST and list_page() is None:
            raise forms.ValidationError(
                _("Chưa đăng trang danh mục thủ tục nên chưa có gì để một mã dẫn đến.")
            )
        return layout

    def clean_title(self) -> str:
        return nfc(self.cleaned_data["title"])

    def clean_agency(self) -> str:
        return nfc(self.cleaned_data["agency"])

    def clean_contact(self) -> str:
        return nfc(self.cleaned_data["contact"])

    @property
    def grouped(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Field → its procedures as {pk, title, name, is_chosen}, in order."""
        chosen = {str(value) for value in self["procedures"].value() or ()}
        groups: dict[str, list[dict[str, Any]]] = {}
        for page in choosable_pages():
            groups.setdefault(page.field.name, []).append(
                {
                    "pk": page.pk,
                    "title": page.title,
                    "name": page.short_name,
                    "is_chosen": str(page.pk) in chosen,
                }
            )
        return list(groups.items())
