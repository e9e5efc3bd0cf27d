"""People and the tree of units they work in."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from core import vietnamese


class Block(models.Model):  # type: ignore[django-manager-missing]
    """Khối: units that compete with each other."""

    code = models.SlugField(_("mã"), max_length=32, unique=True)
    name = models.CharField(_("tên khối"), max_length=120)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("khối")
        verbose_name_plural = _("khối")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Unit(MP_Node):
    """Đơn vị: one node of the organisation tree. A unit that ends is dated, never deleted."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Tỉnh, thành phố")
        DEPARTMENT = "department", _("Sở, ban, ngành")
        WARD = "ward", _("Phường")
        COMMUNE = "commune", _("Xã, đặc khu")
        DISTRICT = "district", _("Quận, huyện (đến 30/6/2025)")
        OFFICE = "office", _("Phòng, trung tâm")
        OTHER = "other", _("Khác")

    name = models.CharField(_("tên đơn vị"), max_length=200)
    search_key = models.CharField(max_length=200, editable=False, db_index=True)
    code = models.CharField(_("mã đơn vị"), max_length=32, unique=True, null=True, blank=True)
    kind = models.CharField(_("loại"), max_length=16, choices=Kind, default=Kind.OTHER)
    block = models.ForeignKey(
        Block,
        verbose_name=_("khối"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="units",
    )
    valid_from = models.DateField(_("có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("kết thúc ngày"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        verbose_name=_("đơn vị kế tiếp"),
        symmetrical=False,
        blank=True,
        related_name="predecessors",
    )

    node_order_by: list[str] = []

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message=_("Ngày kết thúc phải sau ngày bắt đầu."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="unit_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = vietnamese.nfc(self.name)
        self.search_key = vietnamese.fold(self.name)
        self.code = self.code or None
        super().save(*args, **kwargs)


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, staff_code: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(staff_code=staff_code, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, staff_code: str, password: str | None = None, **fields: Any
    ) -> "User":
        fields.setdefault("full_name", staff_code)
        return self.create_user(
            staff_code, password, **{**fields, "is_staff": True, "is_superuser": True}
        )


class User(AbstractBaseUser, PermissionsMixin):
    """One person. The full name is kept whole; how it sorts and is searched is derived from it."""

    full_name = models.CharField(_("họ và tên"), max_length=120)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    search_key = models.CharField(max_length=160, editable=False, db_index=True)
    staff_code = models.CharField(_("mã cán bộ"), max_length=32, unique=True, null=True, blank=True)
    email = models.EmailField(_("thư điện tử"), unique=True, null=True, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=16, unique=True, null=True, blank=True)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    job_title = models.CharField(_("chức vụ"), max_length=160, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("đơn vị"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    is_staff = models.BooleanField(_("vào được khu quản trị"), default=False)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    date_joined = models.DateTimeField(_("ngày tạo"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "staff_code"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("cán bộ")
        verbose_name_plural = _("cán bộ")
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(staff_code__isnull=False)
                | Q(email__isnull=False)
                | Q(phone__isnull=False),
                name="user_can_be_identified",
                violation_error_message=_("Cần mã cán bộ, thư điện tử hoặc điện thoại."),
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="user_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        super().clean()
        self.normalise()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.normalise()
        super().save(*args, **kwargs)

    def normalise(self) -> None:
        """One spelling per person: bulk writers call it too, since they skip ``save``."""
        self.full_name = vietnamese.nfc(self.full_name)
        self.sort_key = vietnamese.sort_key(self.full_name)
        self.search_key = vietnamese.fold(self.full_name)
        self.staff_code = vietnamese.nfc(self.staff_code or "").upper() or None
        self.email = vietnamese.nfc(self.email or "").lower() or None
        self.phone = self.phone or None

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]


class SignInSlip(models.Model):
    """Phiếu đăng nhập: a printed one-time code for the first sign-in. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_slips")
    code_hash = models.CharField(max_length=128)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("phiếu đăng nhập")
        verbose_name_plural = _("phiếu đăng nhập")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="one_live_slip_per_person",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="slip_expires_after_creation"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


def private_storage() -> Storage:
    return storages["private"]


class RosterImport(models.Model):
    """One roster file: as uploaded, then as applied. The file itself goes once it is applied."""

    file = models.FileField(_("tệp"), storage=private_storage, upload_to="rosters/", blank=True)
    file_name = models.CharField(_("tên tệp"), max_length=200)
    sheet_name = models.CharField(_("trang tính"), max_length=100, blank=True)
    # {"column index": "field" or ""}: only what the organiser changed
    mapping = models.JSONField(default=dict)
    parent = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    default_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accept_conversion = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey(
        "core.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("lần nhập danh sách")
        verbose_name_plural = _("các lần nhập danh sách")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name
