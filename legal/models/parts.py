"""What an instrument is made of: its articles, and the files of its text."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from core import vietnamese
from legal.models.instruments import Instrument
from legal.numbers import article_anchor

FILE_SUFFIXES = frozenset({".pdf", ".docx"})


class Article(Orderable):
    """Điều: one article, as the editor entered or imported it."""

    instrument = ParentalKey(Instrument, on_delete=models.CASCADE, related_name="articles")
    number = models.CharField(
        _("điều số"), max_length=12, help_text=_("Chỉ ghi số, ví dụ 8 hoặc 8a.")
    )
    heading = models.CharField(_("tên điều"), max_length=300, blank=True)
    text = models.TextField(
        _("nội dung"),
        blank=True,
        help_text=_("Chép đúng văn bản gốc; mỗi khoản một dòng. Để trống nếu chưa đối chiếu."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("điều")
        verbose_name_plural = _("các điều")
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"],
                name="article_once_in_its_instrument",
                violation_error_message=_("Mỗi điều chỉ nhập một lần."),
            ),
            models.CheckConstraint(condition=~models.Q(number=""), name="article_has_a_number"),
        ]

    def __str__(self) -> str:
        return f"Điều {self.number}. {self.heading}".rstrip(". ")

    def clean(self) -> None:
        super().clean()
        self.normalise()
        if not article_anchor(self.number).removeprefix("dieu-"):
            raise ValidationError({"number": _("Ghi số của điều, ví dụ 8 hoặc 8a.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.normalise()
        super().save(*args, **kwargs)

    def normalise(self) -> None:
        number = vietnamese.nfc(self.number)
        is_worded = vietnamese.fold(number).startswith("dieu ")
        self.number = (number.split(" ", 1)[1] if is_worded else number).rstrip(".")
        self.heading = vietnamese.nfc(self.heading)
        lines = map(vietnamese.nfc, self.text.splitlines())
        self.text = "\n".join(line for line in lines if line)

    @property
    def anchor(self) -> str:
        return article_anchor(self.number)


class InstrumentFile(Orderable):
    """Tệp toàn văn: a document of the library. It is public when its instrument is."""

    instrument = ParentalKey(Instrument, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("tệp"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("PDF hoặc DOCX."),
    )
    label = models.CharField(
        _("tên hiện trên trang"),
        max_length=120,
        blank=True,
        help_text=_("Ví dụ: Toàn văn, Phụ lục I. Để trống thì dùng tên của tệp."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("tệp văn bản")
        verbose_name_plural = _("các tệp văn bản")

    def __str__(self) -> str:
        return self.label or self.document.title

    def clean(self) -> None:
        super().clean()
        self.label = vietnamese.nfc(self.label)
        # without a document the form has said so already
        if self.document_id and self.suffix not in FILE_SUFFIXES:
            raise ValidationError({"document": _("Chỉ đăng tệp PDF hoặc DOCX. Hãy chọn tệp khác.")})

    @property
    def suffix(self) -> str:
        return PurePath(self.document.filename).suffix.lower()

    @property
    def type_label(self) -> str:
        return self.suffix.removeprefix(".").upper()
