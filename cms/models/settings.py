"""Who answers for the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home", order=100)
class SiteInfo(BaseSiteSetting):
    name = models.CharField(_("tên trang"), max_length=60, default="Một Cửa")
    owner = models.CharField(_("cơ quan chủ quản"), max_length=160, blank=True)
    owner_in_english = models.CharField(
        _("cơ quan chủ quản, tiếng Anh"), max_length=160, blank=True
    )
    address = models.CharField(_("địa chỉ"), max_length=200, blank=True)
    address_in_english = models.CharField(_("địa chỉ, tiếng Anh"), max_length=200, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("owner"), FieldPanel("owner_in_english")],
            heading=_("Tên"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("address_in_english"),
                FieldPanel("phone"),
                FieldPanel("email"),
            ],
            heading=_("Liên hệ"),
        ),
    ]

    class Meta:
        verbose_name = _("thông tin trang")
        verbose_name_plural = _("thông tin trang")

    def in_language(self, language: str) -> dict[str, str]:
        """name, owner and address; what nobody has translated is said in Vietnamese."""
        is_english = language == "en"
        return {
            "name": self.name,
            "owner": (is_english and self.owner_in_english) or self.owner,
            "address": (is_english and self.address_in_english) or self.address,
        }
