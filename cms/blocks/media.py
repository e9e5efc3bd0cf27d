"""Pictures, galleries, videos and files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from cms.editors.alternative_text import says_something

VIDEO_EXTENSIONS = frozenset({"mp4", "webm"})
CAPTIONS_EXTENSION = "vtt"


class PictureBlock(blocks.StructBlock):
    # Wagtail's own block asks for alternative text unless the picture is called decorative.
    image = ImageBlock(label=_("Ảnh"))
    caption = blocks.CharBlock(label=_("Chú thích"), required=False, max_length=200)
    credit = blocks.CharBlock(
        label=_("Nguồn ảnh"), required=False, max_length=120, help_text=_("Ví dụ: Nguyễn Thu Hà")
    )

    class Meta:
        icon = "image"
        label = _("Ảnh")
        template = "cms/blocks/picture.html"

    def clean(self, value: Any) -> Any:
        image = value.get("image")
        is_said = (
            image is None or image.decorative or says_something(image.contextual_alt_text or "")
        )
        cleaned = super().clean(value)
        if self.is_deferred_validation or is_said:
            return cleaned
        told = ValidationError(
            _("Hãy viết ảnh cho thấy gì, không phải tên tệp; ảnh chỉ để trang trí thì đánh dấu.")
        )
        inside = blocks.StructBlockValidationError(block_errors={"alt_text": told})
        raise blocks.StructBlockValidationError(block_errors={"image": inside})


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tiêu đề"), required=False, max_length=120)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Các ảnh"), min_num=2, max_num=12)

    class Meta:
        icon = "grip"
        label = _("Bộ ảnh")
        template = "cms/blocks/gallery.html"


class VideoBlock(blocks.StructBlock):
    """A video from our own library: nothing is loaded from elsewhere."""

    file = DocumentChooserBlock(
        label=_("Tệp video"),
        help_text=_("Tệp .mp4 hoặc .webm trong kho tài liệu, tối đa 200 MB."),
    )
    title = blocks.CharBlock(
        label=_("Nội dung video là gì"),
        max_length=160,
        help_text=_("Người nghe bằng trình đọc màn hình biết video nói về điều gì."),
    )
    poster = ImageChooserBlock(
        label=_("Ảnh bìa"), required=False, help_text=_("Hiện trước khi bấm xem.")
    )
    captions = DocumentChooserBlock(
        label=_("Phụ đề"),
        required=False,
        help_text=_("Tệp .vtt. Video có lời nói cần phụ đề cho người nghe kém."),
    )
    credit = blocks.CharBlock(label=_("Nguồn video"), required=False, max_length=120)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms/blocks/video.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {}
        if cleaned["file"].file_extension.lower() not in VIDEO_EXTENSIONS:
            errors["file"] = ValidationError(_("Video phải là tệp .mp4 hoặc .webm."))
        captions = cleaned.get("captions")
        if captions and captions.file_extension.lower() != CAPTIONS_EXTENSION:
            errors["captions"] = ValidationError(_("Phụ đề phải là tệp .vtt (WebVTT)."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


class FileBlock(blocks.StructBlock):
    """A file to take away, with what it is and how large."""

    file = DocumentChooserBlock(label=_("Tệp"))
    title = blocks.CharBlock(
        label=_("Tên hiện trên trang"),
        required=False,
        max_length=160,
        help_text=_("Để trống thì lấy tên của tệp trong kho tài liệu."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Tài liệu")
        template = "cms/blocks/file.html"
