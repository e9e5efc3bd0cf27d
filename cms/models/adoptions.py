"""Where a reform model has spread: which unit adopted it, how far it is, and what it reports.

These are facts about one of our pages and a unit, so they live beside the page; nothing below cms/
needs them. They are rows, not content of the page: a revision of the page neither holds nor undoes
what a unit has reported.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Unit, User


class AdoptionState(models.TextChoices):
    REGISTERED = "registered", _("Chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    RUNNING = "running", _("Đang thực hiện")
    ENDED = "ended", _("Đã kết thúc")
    DECLINED = "declined", _("Không xác nhận")
    WITHDRAWN = "withdrawn", _("Đã rút đăng ký")


# What an editor has confirmed may be said in public; a registration alone may not.
PUBLIC_STATES = (AdoptionState.CONFIRMED, AdoptionState.RUNNING, AdoptionState.ENDED)


class AdoptionAct(models.TextChoices):
    """What the audit log can hold about replication."""

    REGISTERED = "adoption.registered", _("Đăng ký áp dụng mô hình")
    WITHDRAWN = "adoption.withdrawn", _("Rút đăng ký áp dụng mô hình")
    CONFIRMED = "adoption.confirmed", _("Xác nhận áp dụng mô hình")
    DECLINED = "adoption.declined", _("Không xác nhận áp dụng mô hình")
    STARTED = "adoption.started", _("Bắt đầu thực hiện mô hình")
    ENDED = "adoption.ended", _("Kết thúc thực hiện mô hình")
    TAKEN_BACK = "adoption.taken_back", _("Hoàn tác một bước nhân rộng")
    FIGURE_REPORTED = "adoption.figure_reported", _("Báo cáo số liệu mô hình")
    FIGURE_CORRECTED = "adoption.figure_corrected", _("Sửa số liệu mô hình")


class Adoption(models.Model):
    """One unit and one model. A unit that withdrew may register again: the row stays the same."""

    model = models.ForeignKey(
        "cms.ReformModelPage",
        verbose_name=_("mô hình"),
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="adoptions"
    )
    state = models.CharField(
        _("tình trạng"),
        max_length=16,
        choices=AdoptionState,
        default=AdoptionState.REGISTERED,
    )
    note = models.CharField(_("lời nhắn cho biên tập viên"), max_length=300, blank=True)
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(_("lý do không xác nhận"), max_length=300, blank=True)
    started_on = models.DateField(_("thực hiện từ ngày"), null=True, blank=True)
    ended_on = models.DateField(_("kết thúc ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("nơi áp dụng mô hình")
        verbose_name_plural = _("nơi áp dụng mô hình")
        constraints = [
            models.UniqueConstraint(fields=["model", "unit"], name="unit_adopts_a_model_once"),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC_STATES) | Q(confirmed_at__isnull=False),
                name="public_adoption_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AdoptionState.RUNNING, AdoptionState.ENDED])
                | Q(started_on__isnull=False),
                name="running_adoption_has_begun",
            ),
            models.CheckConstraint(
                condition=Q(state=AdoptionState.ENDED, ended_on__isnull=False)
                | (~Q(state=AdoptionState.ENDED) & Q(ended_on__isnull=True)),
                name="ended_adoption_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="adoption_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state=AdoptionState.DECLINED) | ~Q(decline_reason=""),
                name="declined_adoption_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def takes_figures(self) -> bool:
        """While it runs, and afterwards for what was not reported in time."""
        return self.state in (AdoptionState.RUNNING, AdoptionState.ENDED)


class AdoptionFigure(models.Model):
    """What one unit reports of one measure for one month.

    Never changed: a correction is a new row that names the one it corrects (``corrects``), with a
    reason; ``value`` None in it takes the figure back. ``is_current`` marks the last word.
    ``measure_key`` is the id of the block in ReformModelPage.measures; the name is kept as it was
    when reported, since an editor may reword or remove the measure.
    """

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="figures")
    measure_key = models.CharField(max_length=36)
    measure_name = models.CharField(_("chỉ tiêu"), max_length=120)
    measure_unit = models.CharField(_("đơn vị tính"), max_length=40, blank=True)
    month = models.DateField(_("tháng"), help_text=_("Ngày đầu của tháng báo cáo."))
    value = models.DecimalField(_("số liệu"), max_digits=14, decimal_places=2, null=True)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    reason = models.CharField(_("lý do sửa"), max_length=300, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("số liệu nhân rộng")
        verbose_name_plural = _("số liệu nhân rộng")
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "measure_key", "month"],
                condition=Q(is_current=True),
                name="one_current_figure_a_month",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="adoption_figure_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="", value__isnull=False)
                | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="corrected_figure_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
