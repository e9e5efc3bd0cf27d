"""Words: text, quotations, figures, call-outs, tables."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
LINE = ["bold", "italic", "link"]


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Lời trích"))
    attribution = blocks.CharBlock(label=_("Người nói, nguồn"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Trích dẫn")
        template = "cms/blocks/quote.html"


class FigureBlock(blocks.StructBlock):
    """One number and what it counts."""

    value = blocks.CharBlock(
        label=_("Số liệu"), max_length=24, help_text=_("Ví dụ: 97; 8,75; 70 %")
    )
    label = blocks.CharBlock(label=_("Là gì"), max_length=80)
    note = blocks.CharBlock(label=_("Ghi thêm"), required=False, max_length=40)


class FiguresBlock(blocks.StructBlock):
    items = blocks.ListBlock(FigureBlock(), label=_("Số liệu"), min_num=1, max_num=4)

    class Meta:
        icon = "order"
        label = _("Số liệu nổi bật")
        template = "cms/blocks/figures.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Loại"),
        choices=[("info", _("Thông tin")), ("ok", _("Kết quả")), ("warning", _("Lưu ý"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Tiêu đề"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Nội dung"), features=LINE)

    class Meta:
        icon = "info-circle"
        label = _("Khung lưu ý")
        template = "cms/blocks/callout.html"


class TableBlock(TypedTableBlock):
    class Meta:
        template = "cms/blocks/table.html"
