"""Places, short links, scan counts and the posters that carry them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import vietnamese
from people.models import Unit
from posters.codes import CODE_MAX_LENGTH

PATH_MAX_LENGTH = 500


class Place(models.Model):
    """Nơi treo áp phích."""

    class Kind(models.TextChoices):
        CULTURE_HOUSE = "culture_house", _("Nhà văn hóa")
        RESIDENTIAL_GROUP = "residential_group", _("Tổ dân phố, thôn")
        ONE_STOP = "one_stop", _("Bộ phận Một cửa")
        SCHOOL = "school", _("Trường học")
        HEALTH_STATION = "health_station", _("Trạm y tế")
        MARKET = "market", _("Chợ")
        OTHER = "other", _("Nơi khác")

    name = models.CharField(
        _("tên nơi treo"),
        max_length=120,
        help_text=_("In trên áp phích. Ví dụ: Nhà văn hóa tổ dân phố số 5."),
    )
    kind = models.CharField(
        _("loại nơi"), max_length=24, choices=Kind, default=Kind.RESIDENTIAL_GROUP
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("đơn vị quản lý"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.CharField(
        _("ghi chú"),
        max_length=200,
        blank=True,
        help_text=_("Chỉ biên tập viên thấy. Ví dụ: treo cạnh bảng tin, chị Hoa giữ chìa khóa."),
    )

    class Meta:
        verbose_name = _("nơi treo áp phích")
        verbose_name_plural = _("nơi treo áp phích")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="place_names_differ",
                violation_error_message=_("Đã có nơi treo tên này. Hãy ghi rõ hơn, kèm địa chỉ."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = vietnamese.nfc(self.name)
        self.note = vietnamese.nfc(self.note)


class ShortLink(models.Model):
    """`/q/<code>`: from one place to one page of this site. What is printed never changes."""

    code = models.CharField(_("mã"), max_length=CODE_MAX_LENGTH, unique=True)
    place = models.ForeignKey(
        Place, verbose_name=_("nơi treo"), on_delete=models.PROTECT, related_name="links"
    )
    target_path = models.CharField(_("đường dẫn"), max_length=PATH_MAX_LENGTH)
    # What the page is for whoever knows pages ("page:42"), so that paper survives a moved page.
    target_key = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("tên trang"), max_length=255)
    created_at = models.DateTimeField(_("tạo lúc"))

    class Meta:
        verbose_name = _("liên kết ngắn")
        verbose_name_plural = _("liên kết ngắn")
        ordering = ["pk"]
        permissions = [("make_poster", "Can make posters")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "target_key"],
                condition=~Q(target_key=""),
                name="one_link_a_place_and_target",
            ),
            models.UniqueConstraint(
                fields=["place", "target_path"],
                condition=Q(target_key=""),
                name="one_link_a_place_and_path",
            ),
            models.CheckConstraint(
                condition=Q(target_path__startswith="/") & ~Q(target_path__startswith="//"),
                name="short_link_stays_within_the_site",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ScanCount(models.Model):
    """How often a link was opened on a day. Nothing is known of who opened it."""

    link = models.ForeignKey(ShortLink, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    scan_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "day"], name="one_count_a_link_and_day"),
        ]
        indexes = [models.Index(fields=["day"], name="scan_count_day")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.day}: {self.scan_count}"


class Poster(models.Model):
    """What one poster says; printed again it says the same."""

    class Size(models.TextChoices):
        A3 = "a3", _("A3 (treo tường)")
        A4 = "a4", _("A4 (bảng tin)")
        A5 = "a5", _("A5 (đặt bàn, phát tay)")

    class Layout(models.TextChoices):
        EACH = "each", _("Mỗi thủ tục một mã QR")
        LIST = "list", _("Một mã QR đến danh sách thủ tục")

    place = models.ForeignKey(
        Place, verbose_name=_("nơi treo"), on_delete=models.PROTECT, related_name="posters"
    )
    size = models.CharField(_("khổ giấy"), max_length=2, choices=Size, default=Size.A4)
    layout = models.CharField(_("kiểu"), max_length=8, choices=Layout, default=Layout.EACH)
    title = models.CharField(_("tiêu đề"), max_length=80)
    agency = models.CharField(_("tên cơ quan"), max_length=160)
    contact = models.CharField(_("nơi hỏi thêm"), max_length=120, blank=True)
    list_link = models.ForeignKey(
        ShortLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_on = models.DateField(_("ngày lập"))
    created_at = models.DateTimeField(_("tạo lúc"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("áp phích")
        verbose_name_plural = _("áp phích")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(layout="each", list_link__isnull=True)
                | Q(layout="list", list_link__isnull=False),
                name="poster_has_the_link_of_its_layout",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PosterItem(models.Model):
    """One procedure on a poster, with its own code or only named beside the one code."""

    poster = models.ForeignKey(Poster, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    link = models.ForeignKey(
        ShortLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=255)
    detail = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["poster", "position"], name="poster_items_in_order"),
        ]

    def __str__(self) -> str:
        return self.title
