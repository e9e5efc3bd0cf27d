"""People, units and blocks in the back office."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from core.back_office import ORGANISATION_MENU
from core.clock import read_clock
from core.vietnamese import normalise_phone
from people.forms import UnitChoiceField
from people.models import Block, Unit, User
from people.staffing import UnitLoop, place_unit, save_person


class PersonForm(forms.ModelForm):
    """An account. No password here: a sign-in slip is how a person gets one."""

    unit = UnitChoiceField(label=_("Đơn vị"))

    class Meta:
        model = User
        fields = [
            "full_name",
            "staff_code",
            "phone",
            "email",
            "birth_date",
            "job_title",
            "unit",
            "groups",
            "is_active",
            "must_change_password",
        ]
        labels = {"groups": _("Vai trò")}
        help_texts = {
            "groups": _("Thí sinh không cần vai trò nào."),
            "is_active": _("Bỏ chọn để khóa tài khoản; kết quả thi đã có vẫn giữ."),
            "must_change_password": _("Bắt đặt mật khẩu mới ở lần vào tiếp theo."),
        }
        widgets = {"groups": forms.CheckboxSelectMultiple, "birth_date": AdminDateInput}

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]
            del self.fields["groups"]

    def clean_phone(self) -> str | None:
        typed = self.cleaned_data["phone"]
        if not typed:
            return None
        phone = normalise_phone(typed)
        if phone is None:
            raise forms.ValidationError(_("Cần số di động có 10 chữ số, ví dụ 0912345678."))
        return phone

    def clean_staff_code(self) -> str | None:
        return (self.cleaned_data["staff_code"] or "").strip().upper() or None

    def clean_email(self) -> str | None:
        return (self.cleaned_data["email"] or "").strip().lower() or None


class _PersonGuard:
    """Nobody but a superuser touches a superuser."""

    object: User
    request: HttpRequest

    def refuse_superusers(self) -> None:
        if self.object.is_superuser and not getattr(self.request.user, "is_superuser", False):
            raise PermissionDenied


class PersonIndexView(IndexView):
    page_title = _("Cán bộ")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "full_name",
                label=_("Họ và tên"),
                sort_key="sort_key",
                get_url=self.get_edit_url,
            ),
            Column("staff_code", label=_("Mã cán bộ"), sort_key="staff_code"),
            Column("unit", label=_("Đơn vị"), sort_key="unit__path"),
            Column("roles", label=_("Vai trò"), accessor=_role_names),
            BooleanColumn("is_active", label=_("Đang hoạt động"), sort_key="is_active"),
            DateColumn("last_login", label=_("Vào lần cuối"), sort_key="last_login"),
        ]

    @cached_property
    def search_fields(self) -> list[str]:
        return ["full_name", "search_key", "staff_code", "email", "phone"]

    def get_base_queryset(self) -> Any:
        return User.objects.select_related("unit").prefetch_related("groups")

    def get_delete_url(self, instance: User) -> None:
        """People stay: an account is closed, what it did is kept."""


class PersonCreateView(CreateView):
    @transaction.atomic
    def save_instance(self) -> User:
        return save_person(self.form, by=self.request.user, at=read_clock())


class PersonEditView(_PersonGuard, EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.refuse_superusers()
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @transaction.atomic
    def save_instance(self) -> User:
        return save_person(self.form, by=self.request.user, at=read_clock())


class PersonViewSet(UserViewSet):
    """Named in people.apps.BackOfficeUsersConfig."""

    ordering = "sort_key"
    menu_label = _("Cán bộ")
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    create_template_name = "wagtailadmin/generic/form.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonForm


class UnitForm(forms.ModelForm):
    parent = UnitChoiceField(label=_("Đơn vị cấp trên"), empty_label=_("Không có: cấp cao nhất"))

    class Meta:
        model = Unit
        fields = ["name", "code", "kind", "block", "valid_from", "valid_to", "successors"]
        widgets = {"valid_from": AdminDateInput, "valid_to": AdminDateInput}
        help_texts = {
            "valid_to": _("Đơn vị kết thúc thì ghi ngày, không xóa: kết quả cũ vẫn cần."),
            "successors": _("Đơn vị nhận nhiệm vụ sau khi sắp xếp lại."),
        }

    field_order = ["name", "code", "parent", "kind", "block", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successors"].required = False
        if self.instance.pk:
            self.fields["parent"].initial = self.instance.get_parent()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        parent = cleaned.get("parent")
        if self.instance.pk and parent and parent.path.startswith(self.instance.path):
            self.add_error("parent", str(UnitLoop()))
        return cleaned

    def save(self, commit: bool = True) -> Unit:
        """Always at once: a node has no place in the tree before it is saved."""
        unit = place_unit(self.instance, parent=self.cleaned_data["parent"])
        unit.successors.set(self.cleaned_data["successors"])
        self.instance = unit
        return unit


class UnitViewSet(ModelViewSet):
    model = Unit
    icon = "site"
    menu_label = _("Đơn vị")
    menu_order = 10
    menu_hook = ORGANISATION_MENU
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["name", "code", "get_kind_display", "block", "valid_to"]
    list_filter = ["kind", "block"]
    search_fields = ["name", "search_key", "code"]
    ordering = ["path"]
    form_fields = ["name"]
    list_per_page = 100

    def get_form_class(self, for_update: bool = False) -> type[UnitForm]:
        return UnitForm


class BlockViewSet(ModelViewSet):
    model = Block
    icon = "group"
    menu_label = _("Khối")
    menu_order = 20
    menu_hook = ORGANISATION_MENU
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["name", "code", "order"]
    form_fields = ["name", "code", "order"]


def _role_names(user: User) -> str:
    names = [group.name for group in user.groups.all()]
    return ", ".join([*names, *([str(_("Toàn quyền"))] if user.is_superuser else [])])
