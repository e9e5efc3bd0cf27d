"""The tabs in which a reform model is written."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    TabbedInterface,
)
from wagtail.models import Page

from cms.panels import tabbed


def reform_model_panels() -> TabbedInterface:
    return tabbed(
        content=[
            *Page.content_panels,
            FieldPanel("summary"),
            FieldRowPanel([FieldPanel("cover"), FieldPanel("cover_alt")]),
            FieldPanel("problem"),
            FieldPanel("way"),
            FieldPanel("result"),
            FieldPanel("adopting"),
            FieldPanel("body"),
        ],
        facts=(
            _("Thông tin mô hình"),
            [
                MultiFieldPanel(
                    [
                        FieldPanel("unit_name"),
                        FieldPanel("unit"),
                        FieldPanel("places"),
                        FieldRowPanel([FieldPanel("unit_ended_on"), FieldPanel("unit_ended_note")]),
                    ],
                    heading=_("Ai làm, ở đâu"),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("launched_on"), FieldPanel("launch_precision")]),
                        FieldRowPanel([FieldPanel("status"), FieldPanel("field")]),
                    ],
                    heading=_("Từ bao giờ, thuộc việc gì"),
                ),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("contact_office"), FieldPanel("contact_phone")])],
                    heading=_("Liên hệ"),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_url")]),
                        FieldRowPanel([FieldPanel("source_on"), FieldPanel("source_precision")]),
                    ],
                    heading=_("Nguồn"),
                ),
                FieldPanel("documents"),
            ],
        ),
        figures=(
            _("Số liệu"),
            [
                HelpPanel(
                    content=_(
                        "<p>Mỗi chỉ tiêu là một biểu đồ trên trang. Đơn vị khác áp dụng mô hình "
                        "sẽ báo cáo hằng tháng theo đúng các chỉ tiêu này, nên đừng xóa chỉ tiêu "
                        "đang có đơn vị báo cáo.</p>"
                    )
                ),
                FieldPanel("measures"),
            ],
        ),
    )
