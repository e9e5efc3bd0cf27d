"""A spreadsheet of instruments on its way into the catalogue."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    return storages["private"]


class InstrumentImport(models.Model):
    """One file: as uploaded, then as applied. The file itself goes once it is applied."""

    file = models.FileField(_("tệp"), storage=private_storage, upload_to="instruments/", blank=True)
    file_name = models.CharField(_("tên tệp"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("lần nhập văn bản")
        verbose_name_plural = _("các lần nhập văn bản")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name
