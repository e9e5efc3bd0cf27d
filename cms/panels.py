"""The tabs of the page editor, the same for every page type."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page


def tabbed(*, content: list[Any], **more: tuple[Any, list[Any]]) -> TabbedInterface:
    """Nội dung / … / Chia sẻ và tìm kiếm / Cài đặt.

    ``more``: tabs in between, in the order given: ``figures=(_("Số liệu"), [panels])``.
    """
    between = [ObjectList(panels, heading=heading) for heading, panels in more.values()]
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Nội dung")),
            *between,
            ObjectList(_sharing_panels(), heading=_("Chia sẻ và tìm kiếm")),
            ObjectList(Page.settings_panels, heading=_("Cài đặt")),
        ]
    )


def _sharing_panels() -> list[Any]:
    return [
        MultiFieldPanel(
            [
                FieldPanel("share_image"),
                FieldPanel(
                    "search_description",
                    help_text=_(
                        "Một, hai câu hiện dưới tiêu đề khi trang được chia sẻ qua Zalo và khi "
                        "được tìm thấy. Để trống thì lấy phần tóm tắt."
                    ),
                ),
                FieldPanel(
                    "seo_title",
                    help_text=_("Tiêu đề trên thẻ trình duyệt, nếu cần khác tiêu đề trang."),
                ),
            ],
            heading=_("Khi được chia sẻ và tìm thấy"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text=_(
                        "Phần cuối của địa chỉ trang. Sau khi đăng chỉ đổi khi thật cần: địa chỉ "
                        "cũ được tự động dẫn sang địa chỉ mới."
                    ),
                ),
                FieldPanel("show_in_menus"),
            ],
            heading=_("Địa chỉ và thanh điều hướng"),
        ),
    ]
