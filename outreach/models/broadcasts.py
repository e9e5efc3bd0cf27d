"""The timetable of a unit's loudspeakers, and the log of what was aired."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from outreach import timetable
from outreach.models.scripts import Script, ScriptVersion, Topic
from people.models import Unit, User

MAX_MINUTES = 180


class Slot(models.Model):
    """Lịch phát: one time of day on chosen weekdays between two dates; a single airing has both
    dates the same."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị phát"), on_delete=models.PROTECT, related_name="slots"
    )
    script = models.ForeignKey(
        Script, verbose_name=_("bài"), on_delete=models.PROTECT, related_name="slots"
    )
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))
    # Bits, Monday the lowest (outreach.timetable).
    weekdays = models.PositiveSmallIntegerField(default=timetable.EVERY_DAY)
    at = models.TimeField(_("giờ phát"))
    minutes = models.PositiveSmallIntegerField(_("số phút"))
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lịch phát")
        verbose_name_plural = _("lịch phát")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="slot_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(weekdays__gte=1, weekdays__lte=timetable.EVERY_DAY),
                name="slot_has_a_weekday",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MAX_MINUTES), name="slot_has_a_length"
            ),
            models.UniqueConstraint(
                fields=["unit", "script", "at", "starts_on", "ends_on", "weekdays"],
                name="slot_is_entered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.at:%H:%M} {self.script_id}"

    @property
    def rule(self) -> timetable.Slot:
        return timetable.Slot(
            key=self.pk,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            weekdays=self.weekdays,
            at=self.at,
            minutes=self.minutes,
        )


class Broadcast(models.Model):
    """Lần phát: one line of the log. Never changed (core.immutability): a correction is another
    line that names the one it replaces, and a line struck out is replaced by one that says so."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị phát"), on_delete=models.PROTECT, related_name="broadcasts"
    )
    version = models.ForeignKey(ScriptVersion, on_delete=models.PROTECT, related_name="broadcasts")
    # As they were on that day.
    title = models.CharField(_("tên bài"), max_length=200)
    topic = models.ForeignKey(
        Topic, verbose_name=_("chủ đề"), on_delete=models.PROTECT, related_name="broadcasts"
    )
    aired_at = models.DateTimeField(_("phát lúc"), db_index=True)
    minutes = models.PositiveSmallIntegerField(_("số phút"))
    place = models.CharField(_("cụm loa, nơi phát"), max_length=160)
    announcer = models.CharField(_("người đọc"), max_length=120)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reason = models.CharField(_("lý do sửa"), max_length=300, blank=True)
    is_struck_out = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("lần phát")
        verbose_name_plural = _("nhật ký phát thanh")
        ordering = ["aired_at", "id"]
        permissions = [("record_broadcast", "Ghi nhật ký phát thanh của đơn vị mình")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MAX_MINUTES),
                name="broadcast_has_a_length",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, is_struck_out=False, reason="")
                | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="broadcast_correction_has_a_reason",
            ),
            # The same line sent twice is one line.
            models.UniqueConstraint(
                fields=["unit", "version", "aired_at", "place"],
                condition=Q(replaces__isnull=True),
                name="broadcast_is_logged_once",
            ),
        ]
        indexes = [models.Index(fields=["unit", "aired_at"], name="broadcast_by_unit")]

    def __str__(self) -> str:
        return f"{self.aired_at:%Y-%m-%d %H:%M} {self.title}"


# Lines that count: not replaced, not struck out.
IN_FORCE = Q(replaced_by__isnull=True, is_struck_out=False)
