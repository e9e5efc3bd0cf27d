"""The words of an import: names of columns, and why a file cannot be used."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError
from core.uploads import UnsafeUpload, UploadFault
from legal.importing.columns import Field

FIELD_LABELS = {
    Field.NUMBER: gettext_lazy("Số, ký hiệu"),
    Field.KIND: gettext_lazy("Loại văn bản"),
    Field.TITLE: gettext_lazy("Tên văn bản"),
    Field.ISSUER: gettext_lazy("Cơ quan ban hành"),
    Field.ISSUED_ON: gettext_lazy("Ngày ban hành"),
    Field.EFFECTIVE_ON: gettext_lazy("Ngày có hiệu lực"),
    Field.EXPIRES_ON: gettext_lazy("Ngày hết hiệu lực"),
    Field.STATUS: gettext_lazy("Tình trạng"),
    Field.REPLACED_BY: gettext_lazy("Được thay thế bởi"),
    Field.AMENDS: gettext_lazy("Sửa đổi"),
    Field.SUMMARY: gettext_lazy("Tóm tắt"),
    Field.ARTICLE: gettext_lazy("Điều"),
    Field.HEADING: gettext_lazy("Tên điều"),
    Field.TEXT: gettext_lazy("Nội dung"),
}


class UnusableFile(DomainError):
    """The file as a whole cannot be read; nothing was taken from it."""


def refuse_upload(error: UnsafeUpload) -> UnusableFile:
    sentences = {
        UploadFault.TOO_LARGE: _("Tệp lớn quá giới hạn. Hãy chia thành nhiều tệp."),
        UploadFault.UNPACKED_TOO_LARGE: _(
            "Nội dung tệp khi mở ra lớn quá giới hạn. Hãy chép riêng danh mục sang một tệp mới."
        ),
        UploadFault.ENCRYPTED: _("Tệp đang đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."),
        UploadFault.TOO_MANY_ROWS: _(
            "Trang tính có quá nhiều dòng. Hãy xóa các dòng thừa hoặc chia thành nhiều tệp."
        ),
        UploadFault.TOO_MANY_COLUMNS: _(
            "Trang tính có quá nhiều cột. Hãy xóa các cột thừa ở bên phải."
        ),
        UploadFault.CELL_TOO_LONG: _(
            "Có ô chứa quá nhiều chữ. Hãy chia nội dung thành nhiều điều, mỗi điều một dòng."
        ),
        UploadFault.UNKNOWN_FORMAT: _(
            "Tệp không phải là .xlsx. Hãy mở bằng Excel rồi lưu lại thành .xlsx."
        ),
    }
    damaged = _("Không mở được tệp: tệp hỏng hoặc có phần lạ. Hãy lưu lại thành .xlsx rồi thử lại.")
    return UnusableFile(sentences.get(error.code, damaged))
