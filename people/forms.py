"""Forms of people/: signing in, slips, the roster."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.sheets import Sheet
from core.vietnamese import nfc
from people.identity import MAX_LENGTH
from people.importing.columns import Header
from people.importing.messages import FIELD_LABELS
from people.importing.problems import Field
from people.importing.values import text_of
from people.models import RosterImport, Unit, User

_SAMPLES = 3


def _identity_field() -> forms.CharField:
    return forms.CharField(
        label=_("Mã cán bộ, điện thoại hoặc thư điện tử"),
        max_length=MAX_LENGTH,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class SignInForm(LoginForm):
    """allauth's form, with one field for whatever people know themselves by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _identity_field()
        self.fields["login"].widget.attrs["autofocus"] = True
        self.fields["password"].label = _("Mật khẩu")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.order_fields(["login", "password"])

    def user_credentials(self) -> dict[str, Any]:
        return {
            "username": self.cleaned_data["login"],
            "password": self.cleaned_data["password"],
        }


class PasswordResetForm(ResetPasswordForm):
    """allauth's form, by the address that the account holds now.

    allauth itself looks first at its own table of addresses, which keeps those the person has left.
    A stranger is told the same as a person: ``users`` is empty.
    """

    def clean_email(self) -> str:
        email = nfc(self.cleaned_data["email"]).lower()
        self.users = list(User.objects.filter(email=email, is_active=True))
        return email


class SlipForm(forms.Form):
    identity = _identity_field()
    code = forms.CharField(
        label=_("Mã trên phiếu"),
        help_text=_("10 ký tự in trên phiếu, không phân biệt chữ hoa, chữ thường"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class NewPasswordForm(forms.Form):
    password1 = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ít nhất 10 ký tự. Nên ghép vài từ dễ nhớ với bạn, người khác khó đoán."),
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần nhập chưa giống nhau."))
        return cleaned


class RosterUploadForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp danh sách"),
        help_text=_("Tệp .xlsx hoặc .csv, tối đa 20 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=250,
    )


class UnitChoiceField(forms.ModelChoiceField):
    """Units in the order of the tree, indented by depth."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.order_by("path"), required=False, **kwargs)

    def label_from_instance(self, obj: Unit) -> str:
        return f"{'— ' * (obj.depth - 1)}{obj.name}"


class RosterColumnsForm(forms.Form):
    """The sheet, its header row, what each column is, and where units belong."""

    header_row = forms.IntegerField(
        label=_("Dòng tiêu đề"),
        min_value=1,
        help_text=_("Số thứ tự của dòng ghi tên các cột, như Excel hiện ở bên trái"),
    )
    parent = UnitChoiceField(
        label=_("Đơn vị cấp trên"),
        help_text=_("Đơn vị trong tệp được tìm và tạo dưới đơn vị này"),
        empty_label=_("Không có"),
    )
    default_unit = UnitChoiceField(
        label=_("Đơn vị của người không ghi đơn vị"),
        empty_label=_("Không có: những dòng đó không được nhận"),
    )
    accept_conversion = forms.BooleanField(
        label=_("Chuyển chữ gõ bằng phông cũ (TCVN3, VNI) sang Unicode như đã hiện khi xem trước"),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        roster_import: RosterImport,
        sheets: list[Sheet],
        sheet: Sheet,
        header: Header,
    ) -> None:
        super().__init__(
            data,
            initial={
                "sheet": sheet.name,
                "header_row": header.last_row + 1,
                "parent": roster_import.parent_id,
                "default_unit": roster_import.default_unit_id,
                "accept_conversion": roster_import.accept_conversion,
            },
        )
        self.header = header
        self.sheet_shown = sheet
        choices = [("", _("Không dùng")), *((str(f), FIELD_LABELS[f]) for f in Field)]
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Trang tính"), choices=[(s.name, s.name) for s in sheets]
        )
        for column in header.columns:
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                label=column.title or _("Cột %(number)s") % {"number": column.index + 1},
                choices=choices,
                required=False,
                initial=str(column.field or ""),
            )

    def columns(self) -> list[dict[str, Any]]:
        """Each column's field with the first values under it, for the template."""
        body = self.sheet_shown.rows[self.header.last_row + 1 :]
        return [
            {
                "field": self[f"column_{column.index}"],
                "samples": [text for row in body if (text := text_of(row[column.index]))][
                    :_SAMPLES
                ],
            }
            for column in self.header.columns
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for column in self.header.columns:
            name = f"column_{column.index}"
            choice = cleaned.get(name)
            if choice and choice != Field.BIRTH_DATE:
                if choice in taken:
                    self.add_error(
                        name,
                        ValidationError(
                            _("“%(field)s” đã được chọn cho cột “%(column)s”."),
                            params={
                                "field": FIELD_LABELS[Field(choice)],
                                "column": taken[choice],
                            },
                        ),
                    )
                taken.setdefault(choice, column.title)
        return cleaned

    @property
    def is_redrawn(self) -> bool:
        """Whether another sheet or header row was asked for: the columns shown are not its own."""
        return (
            self.cleaned_data["sheet"] != self.sheet_shown.name
            or self.cleaned_data["header_row"] != self.header.last_row + 1
        )

    def save_to(self, roster_import: RosterImport) -> None:
        cleaned = self.cleaned_data
        roster_import.sheet_name = cleaned["sheet"][:100]
        roster_import.parent = cleaned["parent"]
        roster_import.default_unit = cleaned["default_unit"]
        roster_import.accept_conversion = cleaned["accept_conversion"]
        if self.is_redrawn:
            same_sheet = cleaned["sheet"] == self.sheet_shown.name
            roster_import.mapping = {"header_row": cleaned["header_row"]} if same_sheet else {}
        else:
            roster_import.mapping = {
                **roster_import.mapping,
                "columns": {
                    str(column.index): cleaned[f"column_{column.index}"]
                    for column in self.header.columns
                },
            }
        roster_import.save()


class SlipIssueForm(forms.Form):
    """For one unit with those under it, or for everyone who has not signed in yet."""

    unit = UnitChoiceField(label=_("Đơn vị"), empty_label=_("Tất cả đơn vị"))
