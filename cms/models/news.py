"""What news are sorted by and who writes them: snippets of the back office."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core import vietnamese
from core.languages import in_language


class NewsSection(models.Model):
    """Chuyên mục. Its slug is part of addresses: it stays when the name changes."""

    name = models.CharField(_("tên chuyên mục"), max_length=80, unique=True)
    name_in_english = models.CharField(_("tên tiếng Anh"), max_length=80, blank=True)
    slug = models.SlugField(
        _("địa chỉ"),
        max_length=60,
        unique=True,
        help_text=_("Chữ không dấu, số và gạch nối. Ví dụ: chi-dao-dieu-hanh"),
    )
    description = models.CharField(_("giới thiệu"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(
        _("thứ tự"), default=0, help_text=_("Số nhỏ đứng trước.")
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_in_english")]),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("position"),
    ]

    class Meta:
        verbose_name = _("chuyên mục")
        verbose_name_plural = _("chuyên mục")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language spoken at the moment."""
        return in_language(self.name, self.name_in_english)


class Author(models.Model):
    """Who signs an article: a name for readers, not an account."""

    name = models.CharField(_("họ tên hoặc bút danh"), max_length=120)
    job_title = models.CharField(_("chức danh"), max_length=120, blank=True)
    unit = models.ForeignKey(
        "people.Unit",
        verbose_name=_("đơn vị"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    search_key = models.CharField(max_length=240, editable=False, blank=True)

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("job_title"), FieldPanel("unit")])]

    class Meta:
        verbose_name = _("tác giả")
        verbose_name_plural = _("tác giả")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}" if self.job_title else self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name = vietnamese.nfc(self.name)
        self.search_key = vietnamese.fold(f"{self.name} {self.job_title}")[:240]
        super().save(*args, **kwargs)  # type: ignore[arg-type]
