from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OutreachAct(TextChoices):
    """What outreach writes into the audit log."""

    BROADCAST_CORRECTED = "outreach.broadcast_corrected", _("Sửa nhật ký phát thanh")
    SLOT_ENDED = "outreach.slot_ended", _("Bỏ khỏi lịch phát")
    ZALO_CONNECTED = "outreach.zalo_connected", _("Nối Zalo Official Account")
    ZALO_DISCONNECTED = "outreach.zalo_disconnected", _("Ngắt Zalo Official Account")
    ZALO_QUEUED = "outreach.zalo_queued", _("Đưa bài vào danh sách gửi Zalo")
    ZALO_RETRIED = "outreach.zalo_retried", _("Gửi lại bài lên Zalo")
    ZALO_CANCELLED = "outreach.zalo_cancelled", _("Hủy gửi bài lên Zalo")
    ZALO_SEEN = "outreach.zalo_seen", _("Xác nhận bài đã có trên Zalo")
