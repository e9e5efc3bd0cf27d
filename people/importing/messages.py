"""The words for what is wrong with a roster: what it is, and what to do about it."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.importing.problems import Field, FileCode, Problem, ProblemCode, UnusableFile
from people.importing.rows import Ignored

type Text = str | Promise

FIELD_LABELS: dict[Field, Text] = {
    Field.NUMBER: gettext_lazy("Số thứ tự"),
    Field.STAFF_CODE: gettext_lazy("Mã cán bộ"),
    Field.FULL_NAME: gettext_lazy("Họ và tên"),
    Field.FAMILY_NAMES: gettext_lazy("Họ đệm"),
    Field.GIVEN_NAME: gettext_lazy("Tên (không kèm họ)"),
    Field.BIRTH_DATE: gettext_lazy("Ngày sinh"),
    Field.JOB_TITLE: gettext_lazy("Chức vụ"),
    Field.UNIT: gettext_lazy("Đơn vị"),
    Field.PHONE: gettext_lazy("Điện thoại"),
    Field.EMAIL: gettext_lazy("Thư điện tử"),
    Field.NOTE: gettext_lazy("Ghi chú"),
}

IGNORED_LABELS: dict[Ignored, Text] = {
    Ignored.FOOTER: gettext_lazy("dòng tổng số, chữ ký hoặc ghi chú"),
    Ignored.REPEATED_HEADER: gettext_lazy("tiêu đề cột lặp lại"),
    Ignored.COLUMN_NUMBERS: gettext_lazy("dòng đánh số cột"),
    Ignored.GROUP_HEADING: gettext_lazy("tên nhóm, tên đơn vị"),
}

_FILE: dict[FileCode, Text] = {
    FileCode.EMPTY: gettext_lazy("Tệp không có nội dung. Hãy chọn lại tệp."),
    FileCode.FILE_TOO_BIG: gettext_lazy("Tệp lớn hơn %(limit_mb)s MB. Hãy chia thành nhiều tệp."),
    FileCode.UNPACKED_TOO_BIG: gettext_lazy(
        "Nội dung tệp khi mở ra lớn hơn %(limit_mb)s MB. Hãy chép riêng danh sách sang một tệp mới."
    ),
    FileCode.TOO_MANY_ROWS: gettext_lazy(
        "Trang tính có hơn %(limit)s dòng. Hãy xóa các dòng thừa hoặc chia thành nhiều tệp."
    ),
    FileCode.TOO_MANY_COLUMNS: gettext_lazy(
        "Trang tính có hơn %(limit)s cột. Hãy xóa các cột thừa ở bên phải."
    ),
    FileCode.CELL_TOO_LONG: gettext_lazy(
        "Có ô chứa quá nhiều chữ. Hãy chép riêng danh sách sang một tệp mới."
    ),
    FileCode.UNKNOWN_FORMAT: gettext_lazy("Tệp không phải là .xlsx hoặc .csv."),
    FileCode.OLD_EXCEL: gettext_lazy(
        "Tệp .xls kiểu cũ chưa đọc được. Hãy mở bằng Excel rồi lưu lại thành .xlsx."
    ),
    FileCode.ENCRYPTED: gettext_lazy("Tệp đang đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."),
    FileCode.DAMAGED: gettext_lazy(
        "Không mở được tệp: tệp hỏng hoặc có phần lạ. Hãy mở bằng Excel rồi lưu lại thành .xlsx."
    ),
    FileCode.NOT_UTF8: gettext_lazy(
        "Tệp CSV không dùng bảng mã UTF-8. Hãy lưu lại bằng kiểu “CSV UTF-8” hoặc .xlsx."
    ),
    FileCode.NO_SHEET: gettext_lazy("Tệp không có trang tính nào đang hiện."),
    FileCode.NO_HEADER: gettext_lazy(
        "Không thấy dòng tiêu đề trong %(rows)s dòng đầu. "
        "Cần có cột “Họ và tên” và ít nhất một cột khác có tên."
    ),
    FileCode.NO_NAME_COLUMN: gettext_lazy("Chưa có cột nào là họ và tên. Hãy chọn cột đó."),
    FileCode.NO_IDENTITY_COLUMN: gettext_lazy(
        "Cần ít nhất một cột mã cán bộ, điện thoại hoặc thư điện tử để phân biệt từng người."
    ),
    FileCode.COLUMN_OUT_OF_RANGE: gettext_lazy("Cột %(column)s không có trong tệp."),
    FileCode.NO_ROWS: gettext_lazy("Dưới dòng tiêu đề không có người nào."),
}

_ROW: dict[ProblemCode, Text] = {
    ProblemCode.NAME_MISSING: gettext_lazy("thiếu họ và tên; hãy điền vào ô này"),
    ProblemCode.NAME_NOT_A_NAME: gettext_lazy("“%(value)s” không phải là họ và tên"),
    ProblemCode.IDENTITY_MISSING: gettext_lazy(
        "cần có mã cán bộ, điện thoại hoặc thư điện tử để phân biệt từng người"
    ),
    ProblemCode.UNIT_MISSING: gettext_lazy(
        "thiếu đơn vị; hãy điền vào ô này hoặc chọn đơn vị chung cho cả tệp"
    ),
    ProblemCode.STAFF_CODE_BAD: gettext_lazy(
        "“%(value)s” không dùng được; mã chỉ gồm chữ cái không dấu, chữ số và dấu . / - _"
    ),
    ProblemCode.BIRTH_DATE_BAD: gettext_lazy(
        "không đọc được “%(value)s”; hãy ghi đủ ngày/tháng/năm, ví dụ 05/09/1985"
    ),
    ProblemCode.BIRTH_DATE_IMPOSSIBLE: gettext_lazy(
        "“%(value)s” không có trong lịch; hãy ghi ngày/tháng/năm, ví dụ 05/09/1985"
    ),
    ProblemCode.BIRTH_DATE_IMPLAUSIBLE: gettext_lazy(
        "“%(value)s” không thể là ngày sinh của cán bộ; hãy kiểm tra năm"
    ),
    ProblemCode.BIRTH_YEAR_ONLY: gettext_lazy("chỉ có năm “%(value)s”, nên ngày sinh để trống"),
    ProblemCode.PHONE_BAD: gettext_lazy(
        "“%(value)s” không phải số di động; cần đúng một số có 10 chữ số, ví dụ 0912345678"
    ),
    ProblemCode.EMAIL_BAD: gettext_lazy(
        "“%(value)s” không phải địa chỉ thư điện tử; ví dụ đúng: ten@hanoi.gov.vn"
    ),
    ProblemCode.TOO_LONG: gettext_lazy("dài quá %(limit)s ký tự; hãy rút gọn"),
    ProblemCode.DUPLICATE: gettext_lazy(
        "“%(value)s” trùng với dòng %(first_row)s; hãy sửa hoặc bỏ một dòng"
    ),
    ProblemCode.LEGACY_FONT: gettext_lazy(
        "gõ bằng phông cũ: “%(before)s” đọc là “%(after)s”; hãy xác nhận chuyển mã"
    ),
    ProblemCode.BELONGS_TO_ANOTHER: gettext_lazy(
        "“%(value)s” đang là của %(person)s; hãy kiểm tra đây là người nào"
    ),
    ProblemCode.CODE_DIFFERS: gettext_lazy(
        "điện thoại hoặc thư điện tử ở dòng này đang là của %(person)s, mã cán bộ lại là "
        "“%(value)s”; hãy kiểm tra đây là người nào"
    ),
    ProblemCode.NAME_DIFFERS: gettext_lazy(
        "mã cán bộ này đang là của %(person)s, họ và tên trong tệp lại là “%(value)s”; "
        "hãy sửa mã hoặc sửa tên tài khoản trước"
    ),
    ProblemCode.NAME_CHANGED: gettext_lazy("đổi từ “%(before)s” thành “%(value)s”"),
    ProblemCode.SAME_PERSON: gettext_lazy(
        "dòng này và dòng %(first_row)s là cùng một tài khoản của %(person)s; hãy bỏ một dòng"
    ),
    ProblemCode.ACCOUNT_CLOSED: gettext_lazy(
        "tài khoản của %(person)s đang khóa; thông tin được cập nhật, tài khoản vẫn khóa"
    ),
    ProblemCode.ACCOUNT_PROTECTED: gettext_lazy(
        "tài khoản của %(person)s có quyền quản lý nên không sửa được bằng danh sách; "
        "hãy bỏ dòng này hoặc nhờ Quản trị sửa tài khoản"
    ),
    ProblemCode.UNIT_AMBIGUOUS: gettext_lazy(
        "có %(count)s đơn vị cùng tên “%(value)s”; hãy chọn đơn vị cấp trên khi nhập"
    ),
}


def describe_file(error: UnusableFile) -> str:
    """One or two sentences: why the file cannot be used, and the remedy."""
    return str(_FILE[error.code]) % error.params


def describe(problem: Problem) -> str:
    """What is wrong with one cell, without its column: “31/02/1990” không có trong lịch …"""
    return str(_ROW[problem.code]) % problem.params


def describe_with_field(problem: Problem) -> str:
    return f"{FIELD_LABELS[problem.field]}: {describe(problem)}"


def describe_all(problems: Iterable[Problem]) -> str:
    """Every problem of one row in one sentence, each with its column."""
    return _("%(problems)s.") % {"problems": "; ".join(map(describe_with_field, problems))}
