"""Booked slots. Names and numbers of citizens are erased in time (counter.erasing)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counter.enums import BookingState
from counter.models.offices import Office
from people.models import User


class Slot(models.Model):
    """A bookable time of an office, made at its first booking. ``taken_count`` is claimed by a
    conditional update, and the database refuses more than ``capacity``."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    taken_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("lượt hẹn")
        verbose_name_plural = _("lượt hẹn")
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "starts_at"], name="counter_one_slot_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(taken_count__lte=F("capacity")), name="counter_slot_is_not_overbooked"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="counter_slot_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Booking(models.Model):
    """One citizen in one slot. Of the confirmation code only a keyed hash is kept."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    # Of the slot, for the constraint below.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="bookings")
    on_date = models.DateField(_("ngày"))
    name = models.CharField(_("họ và tên"), max_length=120, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=16, null=True, blank=True)
    # Of the form that was sent: sending it again finds this booking.
    form_key = models.CharField(max_length=32, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(max_length=12, choices=BookingState, default=BookingState.BOOKED)
    note = models.CharField(_("ghi chú"), max_length=160, blank=True)
    created_at = models.DateTimeField()
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lịch hẹn")
        verbose_name_plural = _("lịch hẹn")
        ordering = ["slot__starts_at", "id"]
        indexes = [models.Index(fields=["office", "on_date"], name="counter_bookings_of_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "on_date", "phone"],
                condition=~Q(state=BookingState.CANCELLED),
                name="counter_one_booking_a_day",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, phone__isnull=False)
                | Q(erased_at__isnull=False, phone__isnull=True, name="", note="", code_hash=""),
                name="counter_erased_holds_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
