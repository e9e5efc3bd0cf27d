"""Who answers for the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home", order=100)
class SiteInfo(BaseSiteSetting):
    name = models.CharField(_("tên trang"), max_length=60, default="Một Cửa")
    owner = models.CharField(_("cơ quan chủ quản"), max_length=160, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=200, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("owner")], heading=_("Tên")),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("phone"), FieldPanel("email")],
            heading=_("Liên hệ"),
        ),
    ]

    class Meta:
        verbose_name = _("thông tin trang")
        verbose_name_plural = _("thông tin trang")
