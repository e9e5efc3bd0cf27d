"""What a reform model can be about, and how far it has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReformField(models.TextChoices):
    """The six contents of the national programme 2021–2030 (Nghị quyết 76/NQ-CP), and how reform is
    led and made known, which every report on reform counts as the seventh."""

    INSTITUTIONS = "institutions", _("Cải cách thể chế")
    PROCEDURES = "procedures", _("Cải cách thủ tục hành chính")
    ORGANISATION = "organisation", _("Cải cách tổ chức bộ máy")
    CIVIL_SERVICE = "civil-service", _("Cải cách chế độ công vụ")
    PUBLIC_FINANCE = "public-finance", _("Cải cách tài chính công")
    DIGITAL = "digital", _("Chính quyền điện tử, chính quyền số")
    COMMUNICATION = "communication", _("Chỉ đạo điều hành, tuyên truyền")


class ModelStatus(models.TextChoices):
    """``APPLIED`` is what may be said of a model of which a source tells no more."""

    PILOT = "pilot", _("Thí điểm")
    APPLIED = "applied", _("Đã triển khai")
    REPLICATED = "replicated", _("Đã nhân rộng")
    ENDED = "ended", _("Đã kết thúc")
