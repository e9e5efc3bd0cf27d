"""Loudspeaker scripts: what was written, what is read, and the words of the rules."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.vietnamese import nfc
from outreach.numbers_in_words import NORTHERN, SOUTHERN, Dialect
from outreach.reading import reading_seconds
from people.models import Unit, User

DEFAULT_WORDS_PER_MINUTE = 180


class Abbreviation(models.Model):
    """Chữ viết tắt: as written (letter case counts) and as said."""

    written = models.CharField(
        _("viết là"),
        max_length=32,
        unique=True,
        help_text=_("Đúng chữ hoa, chữ thường và dấu chấm. Ví dụ: UBND; TP."),
    )
    said = models.CharField(_("đọc là"), max_length=200)

    class Meta:
        verbose_name = _("chữ viết tắt")
        verbose_name_plural = _("từ điển viết tắt")
        ordering = ["written"]
        constraints = [
            models.CheckConstraint(condition=~Q(written=""), name="abbreviation_is_written"),
            models.CheckConstraint(condition=~Q(said=""), name="abbreviation_is_said"),
        ]

    def __str__(self) -> str:
        return self.written

    def clean(self) -> None:
        self.written, self.said = nfc(self.written), nfc(self.said)
        if not self.written or not self.said:
            raise ValidationError(_("Hãy ghi cả cách viết và cách đọc."))
        if any(char.isdigit() for char in self.said):
            raise ValidationError({"said": _("Hãy viết số trong cách đọc bằng chữ.")})


class Topic(models.Model):
    """Chủ đề: by what the broadcasts of a month are counted."""

    name = models.CharField(_("tên chủ đề"), max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("chủ đề truyền thanh")
        verbose_name_plural = _("chủ đề truyền thanh")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class ReadingSettings(models.Model):
    """One row: how this place reads."""

    class Region(models.TextChoices):
        NORTH = "north", _("nghìn, linh (một nghìn một trăm linh năm)")
        SOUTH = "south", _("ngàn, lẻ (một ngàn một trăm lẻ năm)")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    words_per_minute = models.PositiveSmallIntegerField(
        _("tốc độ đọc (tiếng mỗi phút)"),
        default=DEFAULT_WORDS_PER_MINUTE,
        help_text=_("Đọc loa thường từ 150 đến 200 tiếng mỗi phút."),
    )
    region = models.CharField(_("cách đọc số"), max_length=8, choices=Region, default=Region.NORTH)
    place = models.CharField(
        _("địa danh trên sổ in"),
        max_length=80,
        blank=True,
        help_text=_("Ví dụ: Hà Nội. Ghi trước ngày tháng của sổ nhật ký."),
    )

    class Meta:
        verbose_name = _("cách đọc")
        verbose_name_plural = _("cách đọc")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_reading_settings"),
            models.CheckConstraint(
                condition=Q(words_per_minute__gte=60, words_per_minute__lte=400),
                name="words_per_minute_can_be_heard",
                violation_error_message=_("Tốc độ đọc từ 60 đến 400 tiếng mỗi phút."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Cách đọc"))

    @property
    def dialect(self) -> Dialect:
        return SOUTHERN if self.region == self.Region.SOUTH else NORTHERN


class Script(models.Model):
    """Bài truyền thanh. Its texts are in its versions, which never change."""

    title = models.CharField(_("tên bài"), max_length=200)
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="scripts"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("chủ đề"), on_delete=models.PROTECT, related_name="scripts"
    )
    # Where it came from; the article may be gone, the script stays.
    source_title = models.CharField(max_length=255, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    source_page_id = models.BigIntegerField(null=True, blank=True)
    version_number = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bài truyền thanh")
        verbose_name_plural = _("bài truyền thanh")
        ordering = ["-changed_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="script_has_a_title")]

    def __str__(self) -> str:
        return self.title


class ScriptVersion(models.Model):
    """One state of a script's texts: written once, never changed (core.immutability).

    ``automatic_text`` is what the rules made of ``source_text`` with ``corrections`` (original →
    reading); where ``reading_text`` differs from it, somebody wrote by hand.
    """

    script = models.ForeignKey(Script, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    source_text = models.TextField()
    corrections = models.JSONField(default=dict)
    automatic_text = models.TextField()
    reading_text = models.TextField()
    word_count = models.PositiveIntegerField()
    # Stretches that still ask for a person's eye; none in a text written by hand.
    open_count = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản đọc")
        verbose_name_plural = _("bản đọc")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["script", "number"], name="one_script_version_per_number"
            ),
            models.CheckConstraint(
                condition=~Q(reading_text="") & Q(number__gte=1), name="script_version_is_readable"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.script_id} · {self.number}"

    @property
    def is_hand_written(self) -> bool:
        return self.reading_text != self.automatic_text

    def seconds_at(self, words_per_minute: int) -> int:
        return reading_seconds(self.reading_text, words_per_minute=words_per_minute)


# For queries: the version that a script stands at.
CURRENT = Q(number=F("script__version_number"))
