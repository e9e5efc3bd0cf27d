"""The closed lists of what is printed, with their Vietnamese names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CertificateAct(models.TextChoices):
    """What the audit log holds of certificates."""

    ISSUED = "certificate.issued", _("Cấp giấy chứng nhận")
    REVOKED = "certificate.revoked", _("Thu hồi giấy chứng nhận")
    RESTORED = "certificate.restored", _("Khôi phục giấy chứng nhận")
