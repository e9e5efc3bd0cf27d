"""Videos of our own library: which files are taken."""

from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from cms.blocks.media import CAPTIONS_EXTENSION, VIDEO_EXTENSIONS

DOCUMENT_MAX_BYTES = 20 * 1024 * 1024
_HEAD_BYTES = 16


class DocumentForm(BaseDocumentForm):
    """Documents up to 20 MB, videos up to WAGTAILDOCS_MAX_UPLOAD_SIZE; a video must be one."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        extension = file.name.rpartition(".")[2].lower()
        if extension not in VIDEO_EXTENSIONS and file.size > DOCUMENT_MAX_BYTES:
            raise ValidationError(
                _("Tệp nặng %(size)s; tài liệu tối đa %(most)s, chỉ video được nặng hơn.")
                % {"size": filesizeformat(file.size), "most": filesizeformat(DOCUMENT_MAX_BYTES)}
            )
        file.seek(0)
        head = file.read(_HEAD_BYTES)
        file.seek(0)
        if not _is_what_it_says(extension, head):
            raise ValidationError(
                _("Nội dung tệp không phải .%(extension)s. Hãy xuất lại tệp từ phần mềm gốc.")
                % {"extension": extension}
            )
        return file


def _is_what_it_says(extension: str, head: bytes) -> bool:
    if extension == "mp4":
        return head[4:8] == b"ftyp"
    if extension == "webm":
        return head.startswith(b"\x1a\x45\xdf\xa3")
    if extension == CAPTIONS_EXTENSION:
        return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
    return True
