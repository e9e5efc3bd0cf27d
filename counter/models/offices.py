"""One-stop offices: where they are and when they are open."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import vietnamese
from counter.hours import ClosedDays, HoursRule, OpeningFacts
from people.models import Unit

# First parts of addresses under /counter/ that are no office.
RESERVED_CODES = frozenset({"booking", "desk", "feedback", "new", "report", "settings", "thanks"})


def validate_code(code: str) -> None:
    if code.lower() in RESERVED_CODES:
        raise ValidationError(_("Mã này dành riêng cho hệ thống. Hãy chọn mã khác."))


def _between(least: int, most: int) -> list[BaseValidator]:
    return [
        MinValueValidator(least, _("Hãy ghi một số từ %(limit_value)s trở lên.")),
        MaxValueValidator(most, _("Hãy ghi một số không quá %(limit_value)s.")),
    ]


class Office(models.Model):
    """Bộ phận Một cửa of a unit. One that ends is taken off the site, never deleted."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="counter_offices"
    )
    name = models.CharField(_("tên"), max_length=160)
    search_key = models.CharField(max_length=400, editable=False)
    code = models.SlugField(
        _("mã"),
        max_length=40,
        unique=True,
        validators=[validate_code],
        help_text=_("Chữ không dấu, số và gạch nối; nằm trong địa chỉ trang và mã QR."),
    )
    address = models.CharField(_("địa chỉ"), max_length=200)
    phone = models.CharField(
        _("điện thoại"), max_length=40, blank=True, help_text=_("Số của cơ quan, hiện công khai.")
    )
    is_active = models.BooleanField(_("hiện trên trang"), default=True)

    class Meta:
        verbose_name = _("bộ phận Một cửa")
        verbose_name_plural = _("bộ phận Một cửa")
        ordering = ["name", "id"]
        permissions = [("serve_office", "Can serve at the counter of the own unit")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="counter_office_has_a_name"),
            models.CheckConstraint(
                condition=~Q(code__in=sorted(RESERVED_CODES)), name="counter_code_is_not_reserved"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = vietnamese.nfc(self.name)
        self.address = vietnamese.nfc(self.address)
        self.search_key = vietnamese.fold(f"{self.name} {self.address}")[:400]
        super().save(*args, **kwargs)

    @property
    def facts(self) -> OpeningFacts:
        """Its hours and closures as values; of prefetched relations it costs no statement."""
        return OpeningFacts(
            rules=tuple(item.rule for item in self.hours.all()),
            closures=tuple(
                ClosedDays(item.first_day, item.last_day, item.reason)
                for item in self.closures.all()
            ),
        )


class OpeningHours(models.Model):
    """Every week, or on one day. With a slot length they are extra hours ("Giờ làm việc thứ 9")
    that citizens book; without, ordinary hours."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("thứ"), null=True, blank=True)
    on_date = models.DateField(_("ngày"), null=True, blank=True)
    starts = models.TimeField(_("từ"))
    ends = models.TimeField(_("đến"))
    slot_minutes = models.PositiveSmallIntegerField(
        _("mỗi lượt (phút)"),
        default=0,
        validators=_between(5, 240),
    )
    capacity = models.PositiveSmallIntegerField(
        _("số người mỗi lượt"),
        default=0,
        validators=_between(1, 100),
    )

    class Meta:
        verbose_name = _("giờ làm việc")
        verbose_name_plural = _("giờ làm việc")
        ordering = ["weekday", "on_date", "starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="counter_ends_later"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, on_date__isnull=False)
                | Q(weekday__lte=6, on_date__isnull=True),
                name="counter_hours_of_a_weekday_or_a_date",
            ),
            models.CheckConstraint(
                condition=Q(slot_minutes=0, capacity=0) | Q(slot_minutes__gte=5, capacity__gte=1),
                name="counter_slots_have_length_and_capacity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"

    @property
    def is_extra(self) -> bool:
        return self.slot_minutes > 0

    @property
    def rule(self) -> HoursRule:
        return HoursRule(
            starts=self.starts,
            ends=self.ends,
            weekday=self.weekday,
            on=self.on_date,
            slot_minutes=self.slot_minutes,
            capacity=self.capacity,
        )


class Closure(models.Model):
    """Days on which the office is closed whatever its hours say."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField(_("từ ngày"))
    last_day = models.DateField(_("đến hết ngày"))
    reason = models.CharField(_("lý do"), max_length=120)

    class Meta:
        verbose_name = _("ngày nghỉ")
        verbose_name_plural = _("ngày nghỉ")
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="counter_closure_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%d/%m/%Y} {self.reason}"


class CounterSettings(models.Model):
    """One row: what holds for all offices of the site."""

    retention_days = models.PositiveSmallIntegerField(
        _("giữ dữ liệu cá nhân (ngày)"),
        default=30,
        validators=_between(1, 365),
        help_text=_("Sau ngày hẹn bấy nhiêu ngày, họ tên và số điện thoại tự xóa; số đếm vẫn giữ."),
    )

    class Meta:
        verbose_name = _("cài đặt đặt lịch")
        verbose_name_plural = _("cài đặt đặt lịch")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="counter_settings_are_one_row"),
            models.CheckConstraint(
                condition=Q(retention_days__gte=1, retention_days__lte=365),
                name="counter_retention_is_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.retention_days}"
