"""The bodies of pages: which blocks stand where."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.media import FileBlock, GalleryBlock, PictureBlock, VideoBlock
from cms.blocks.teasers import ContestTeaserBlock, PageTeaserBlock
from cms.blocks.writing import RICH_TEXT, CalloutBlock, FiguresBlock, QuoteBlock, TableBlock

_WORDS = _("Chữ và số")
_MEDIA = _("Ảnh, video, tệp")
_POINTERS = _("Dẫn tới nơi khác trên trang")


class ShortBody(blocks.StreamBlock):
    """A part of a page: text with the few things that belong inside it."""

    text = blocks.RichTextBlock(
        label=_("Văn bản"),
        features=RICH_TEXT,
        icon="pilcrow",
        template="cms/blocks/text.html",
        group=_WORDS,
    )
    callout = CalloutBlock(group=_WORDS)
    table = TableBlock(
        [
            ("text", blocks.CharBlock(label=_("Chữ"), required=False)),
            ("numeric", blocks.CharBlock(label=_("Số"), required=False)),
        ],
        label=_("Bảng"),
        icon="table",
        group=_WORDS,
    )


class ArticleBody(ShortBody):
    """A whole article."""

    quote = QuoteBlock(group=_WORDS)
    figures = FiguresBlock(group=_WORDS)
    picture = PictureBlock(group=_MEDIA)
    gallery = GalleryBlock(group=_MEDIA)
    video = VideoBlock(group=_MEDIA)
    file = FileBlock(group=_MEDIA)
    contest = ContestTeaserBlock(group=_POINTERS)
    page = PageTeaserBlock(group=_POINTERS)

    class Meta:
        # Each of these asks the database when it is shown.
        block_counts = {"contest": {"max_num": 1}, "page": {"max_num": 2}}
