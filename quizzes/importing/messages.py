"""The words for what the readers found: each sentence names the place, what is wrong, and what to
do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from quizzes.importing.columns import FieldName
from quizzes.importing.messages_formats import FORMAT_FILES, FORMAT_REMARKS
from quizzes.importing.parsed import Format, Remark, UnreadableFile

_SOURCES = {
    "underline": gettext_noop("gạch chân"),
    "bold": gettext_noop("in đậm"),
    "red": gettext_noop("chữ đỏ"),
    "colour": gettext_noop("chữ màu"),
    "highlight": gettext_noop("tô nền"),
    "star": gettext_noop("dấu sao"),
    "line": gettext_noop("dòng “Đáp án:”"),
    "table": gettext_noop("bảng đáp án"),
    "column": gettext_noop("cột đáp án"),
    "gift": gettext_noop("dấu “=” của GIFT"),
    "file": gettext_noop("đáp án ghi trong tệp"),
}

_FORMATS = {
    "docx": gettext_noop("Word (.docx)"),
    "xlsx": gettext_noop("Excel (.xlsx) hoặc CSV"),
    "gift": gettext_noop("GIFT"),
    "moodle_xml": gettext_noop("Moodle XML"),
    "aiken": gettext_noop("Aiken"),
    "qti": gettext_noop("QTI"),
    "text": gettext_noop("văn bản"),
}

_COLUMNS = {
    "number": gettext_noop("Số thứ tự"),
    "stem": gettext_noop("Nội dung câu hỏi"),
    "kind": gettext_noop("Loại câu hỏi"),
    "option_a": gettext_noop("Phương án A"),
    "option_b": gettext_noop("Phương án B"),
    "option_c": gettext_noop("Phương án C"),
    "option_d": gettext_noop("Phương án D"),
    "option_e": gettext_noop("Phương án E"),
    "option_f": gettext_noop("Phương án F"),
    "option_g": gettext_noop("Phương án G"),
    "option_h": gettext_noop("Phương án H"),
    "key": gettext_noop("Đáp án"),
    "tolerance": gettext_noop("Sai số"),
    "rule": gettext_noop("Cách tính điểm"),
    "max_words": gettext_noop("Số từ tối đa"),
    "media": gettext_noop("Tệp tình huống"),
    "explanation": gettext_noop("Giải thích"),
    "legal_basis": gettext_noop("Căn cứ"),
    "valid_until": gettext_noop("Có giá trị đến"),
    "topic": gettext_noop("Chuyên đề"),
    "difficulty": gettext_noop("Mức độ"),
}

_FIELDS = {
    "file": gettext_noop("Tệp"),
    "question": gettext_noop("Câu hỏi"),
    "number": gettext_noop("Số thứ tự"),
    "kind": gettext_noop("Loại câu hỏi"),
    "stem": gettext_noop("Nội dung câu hỏi"),
    "options": gettext_noop("Phương án"),
    "key": gettext_noop("Đáp án"),
    "explanation": gettext_noop("Giải thích"),
    "legal_basis": gettext_noop("Căn cứ"),
    "valid_until": gettext_noop("Có giá trị đến"),
    "topic": gettext_noop("Chuyên đề"),
    "difficulty": gettext_noop("Mức độ"),
}

_REMARKS = {
    "stem_missing": gettext_noop("Thiếu nội dung câu hỏi. Hãy ghi câu hỏi rồi nhập lại."),
    "options_missing": gettext_noop(
        "Không tìm thấy phương án nào. Hãy ghi mỗi phương án một dòng, bắt đầu bằng A., B., C.… "
        "Nếu là câu tự luận, hãy ghi “(Tự luận)” ngay sau số câu."
    ),
    "options_too_few": gettext_noop("Chỉ có một phương án. Mỗi câu cần từ 2 đến 8 phương án."),
    "options_too_many": gettext_noop(
        "Có %(count)s phương án, nhiều hơn %(limit)s. Hãy bớt phương án hoặc tách thành hai câu."
    ),
    "option_empty": gettext_noop(
        "Phương án %(letter)s để trống. Hãy điền nội dung hoặc bỏ phương án này."
    ),
    "options_same": gettext_noop(
        "Phương án %(one)s và %(other)s giống hệt nhau. Hãy sửa một trong hai phương án."
    ),
    "option_repeated": gettext_noop(
        "Có hai phương án cùng mang chữ %(letter)s. Hãy đánh lại thứ tự A, B, C…"
    ),
    "option_skipped": gettext_noop("Thiếu phương án %(letter)s. Hãy đánh lại thứ tự A, B, C…"),
    "options_run_together": gettext_noop(
        "Có chữ “%(letter)s.” nằm giữa phương án cuối, có thể là một phương án nữa. "
        "Hãy xuống dòng trước mỗi phương án."
    ),
    "option_continues": gettext_noop(
        "Dòng “%(text)s” đứng sau phương án cuối nên được ghép vào phương án đó. Hãy kiểm tra lại."
    ),
    "truth_options": gettext_noop(
        "Câu đúng/sai phải có đúng hai phương án “Đúng” và “Sai”, hoặc để trống các cột phương án."
    ),
    "key_missing": gettext_noop(
        "Chưa có đáp án đúng. Hãy đánh dấu phương án đúng hoặc ghi dòng “Đáp án: …”."
    ),
    "key_partly_marked": gettext_noop(
        "Chưa rõ đáp án: chỉ một phần chữ trong phương án được đánh dấu. "
        "Hãy đánh dấu trọn phương án đúng hoặc ghi dòng “Đáp án: …”."
    ),
    "key_outside": gettext_noop(
        "Đáp án “%(letter)s” không có: câu này chỉ có %(count)s phương án, từ A đến "
        "%(last)s. Hãy sửa đáp án."
    ),
    "key_conflict": gettext_noop(
        "Đáp án không thống nhất: theo %(one_source)s là %(one)s, theo %(other_source)s là "
        "%(other)s. "
        "Hãy để một đáp án."
    ),
    "key_twice": gettext_noop(
        "Có nhiều phương án cùng được đánh dấu đúng (%(letters)s) trong câu chọn một đáp án. "
        "Hãy để một đáp án, hoặc ghi rõ “chọn nhiều đáp án”."
    ),
    "key_unreadable": gettext_noop(
        "Không hiểu đáp án “%(value)s”. Hãy ghi chữ cái của phương án đúng, ví dụ C."
    ),
    "key_text_differs": gettext_noop(
        "Đáp án ghi chữ %(letter)s nhưng nội dung kèm theo khác phương án %(letter)s. Hãy "
        "sửa cho khớp."
    ),
    "key_without_question": gettext_noop(
        "Bảng đáp án có câu %(number)s nhưng trong đề không có câu này. Hãy kiểm tra số thứ tự."
    ),
    "key_line_unread": gettext_noop("Không hiểu “%(text)s” trong phần đáp án nên đã bỏ qua."),
    "multiple_with_one_key": gettext_noop(
        "Câu chọn nhiều đáp án nhưng chỉ có một đáp án đúng. Hãy kiểm tra lại."
    ),
    "number_repeated": gettext_noop(
        "Số câu %(number)s được dùng nhiều lần nên không biết đáp án trong bảng thuộc câu nào. "
        "Hãy đánh lại số câu, hoặc đánh dấu đáp án ngay trong câu."
    ),
    "number_skipped": gettext_noop("Không thấy câu %(number)s ở trước câu này."),
    "kind_unsaid": gettext_noop(
        "Câu không có phương án A, B… nhưng có đáp án “%(value)s”. Nếu là câu trả lời ngắn, hãy "
        "ghi “(Trả lời ngắn)” ngay sau số câu; nếu là câu tự luận, ghi “(Tự luận)”."
    ),
    "kind_has_options": gettext_noop(
        "Câu được ghi là câu trả lời bằng chữ nhưng lại có các phương án A, B… "
        "Hãy bỏ các phương án, hoặc bỏ tên loại câu."
    ),
    "matching_in_word": gettext_noop(
        "Câu ghép đôi cần mỗi dòng một cặp “a) vế trái = vế phải”, không có hình và không có dòng "
        "đáp án. Hãy viết lại các cặp theo tệp mẫu."
    ),
    "order_missing": gettext_noop("Chưa có thứ tự đúng. Hãy ghi dòng “Đáp án: b, a, c”."),
    "written_missing": gettext_noop("Chưa có câu trả lời đúng. Hãy ghi dòng “Đáp án: …”."),
    "truths_missing": gettext_noop(
        "Chưa biết ý nào đúng, ý nào sai. Hãy ghi (Đ) hoặc (S) sau mỗi ý, hoặc ghi dòng "
        "“Đáp án: a) Đ, b) S…”."
    ),
    "truths_incomplete": gettext_noop(
        "Có %(count)s ý nhưng chỉ %(given)s ý được ghi đúng hoặc sai. Hãy ghi (Đ) hoặc (S) cho "
        "từng ý."
    ),
    "truths_conflict": gettext_noop(
        "Đáp án không thống nhất: theo %(one_source)s thì ý đúng là %(one)s, theo "
        "%(other_source)s là %(other)s. Hãy để một đáp án."
    ),
    "picture": gettext_noop(
        "Câu có hình ảnh mà loại tệp này không mang theo được. Hãy bỏ hình, hoặc nhập câu này từ "
        "tệp Word."
    ),
    "picture_format": gettext_noop(
        "Hình kiểu %(name)s không hiện được trên mọi máy. Trong Word, hãy sao chép hình rồi dán "
        "đặc biệt (Paste Special) dưới dạng ảnh PNG."
    ),
    "picture_damaged": gettext_noop("Có hình bị hỏng, không mở được. Hãy chèn lại hình đó."),
    "picture_too_large": gettext_noop(
        "Có hình quá lớn (giới hạn %(limit_mb)s MB và %(limit_mp)s triệu điểm ảnh). "
        "Hãy nén hình trong Word (Compress Pictures) rồi nhập lại."
    ),
    "picture_linked": gettext_noop(
        "Có hình chỉ là liên kết tới tệp khác, không nằm trong tệp Word. Hãy chèn chính hình đó."
    ),
    "picture_misplaced": gettext_noop(
        "Có hình đứng riêng sau phương án cuối nên không rõ thuộc câu nào. "
        "Hãy đặt hình ngay dưới nội dung câu hỏi, hoặc trên cùng dòng với phương án."
    ),
    "picture_in_reason": gettext_noop(
        "Hình trong phần giải thích hoặc đáp án không được lấy. Hãy diễn đạt bằng chữ nếu cần."
    ),
    "option_picture_only": gettext_noop(
        "Phương án %(letter)s chỉ có hình. Hãy ghi thêm vài chữ cạnh hình, ví dụ: Hình 1."
    ),
    "picture_without_words": gettext_noop(
        "Hình của câu hỏi chưa có mô tả cho người không nhìn được. Trong Word, hãy bấm chuột phải "
        "vào hình, chọn Văn bản thay thế (Alt Text)."
    ),
    "option_picture_without_words": gettext_noop(
        "Hình ở phương án %(letter)s chưa có mô tả cho người không nhìn được. Trong Word, hãy bấm "
        "chuột phải vào hình, chọn Văn bản thay thế (Alt Text)."
    ),
    "shape": gettext_noop(
        "Câu có khung vẽ, hộp chữ hoặc biểu đồ, không đọc được. Hãy chụp phần đó thành một hình "
        "PNG rồi chèn vào, hoặc viết lại bằng chữ."
    ),
    "embedded_object": gettext_noop(
        "Câu có đối tượng nhúng từ chương trình khác (Excel, Visio…). Hãy dán lại dưới dạng hình "
        "hoặc viết lại bằng chữ."
    ),
    "footnote": gettext_noop(
        "Câu có chú thích cuối trang; nội dung chú thích không được lấy. "
        "Hãy đưa chú thích vào câu nếu cần."
    ),
    "inserted_file": gettext_noop(
        "Tại đây tệp Word chèn một tệp khác mà hệ thống không đọc. "
        "Hãy mở tệp trong Word, lưu lại rồi tải lên."
    ),
    "emphasis_left_out": gettext_noop(
        "Chữ in đậm, in nghiêng trong phương án không được giữ vì thí sinh có thể đoán ra đáp án."
    ),
    "formula": gettext_noop(
        "Câu có công thức toán học; hiện chưa hỗ trợ. Hãy viết lại công thức bằng chữ thường."
    ),
    "symbol": gettext_noop(
        "Câu có ký hiệu đặc biệt không đọc được thành chữ. Hãy kiểm tra lại nội dung."
    ),
    "struck_text": gettext_noop("Câu có chữ bị gạch ngang; chữ đó vẫn được lấy. Hãy kiểm tra lại."),
    "legacy_font": gettext_noop(
        "Câu dùng phông chữ cũ, không phải Unicode: “%(before)s” có thể là “%(after)s”. "
        "Hãy chuyển tệp sang Unicode rồi nhập lại."
    ),
    "too_long": gettext_noop("Nội dung dài %(length)s ký tự, quá giới hạn %(limit)s. Hãy rút gọn."),
    "difficulty_unknown": gettext_noop(
        "Không hiểu mức độ “%(value)s” nên để trống. Hãy dùng Dễ, Trung bình hoặc Khó."
    ),
    "valid_until_unknown": gettext_noop(
        "Không hiểu ngày “%(value)s” nên để trống. Hãy ghi ngày cuối cùng đáp án còn đúng như "
        "31/12/2027."
    ),
    "repeated_question": gettext_noop(
        "Trùng hoàn toàn với câu %(first)s trong tệp này. Hãy bỏ một câu."
    ),
    "repeated_stem": gettext_noop(
        "Nội dung câu hỏi giống câu %(first)s trong tệp này nhưng phương án hoặc đáp án khác. "
        "Hãy viết rõ hơn để phân biệt hai câu."
    ),
    "near_duplicate": gettext_noop(
        "Gần giống câu #%(twin)s đã có trong ngân hàng: “%(stem)s”. Hãy kiểm tra có trùng không."
    ),
    "topic_kept": gettext_noop(
        "Câu đã có trong ngân hàng ở chuyên đề “%(kept)s”; giữ nguyên, "
        "không chuyển sang “%(given)s”."
    ),
    "difficulty_kept": gettext_noop(
        "Câu đã có trong ngân hàng với mức độ “%(kept)s”; giữ nguyên, không đổi thành “%(given)s”."
    ),
    "question_retired": gettext_noop(
        "Câu đã có trong ngân hàng nhưng đang ngừng dùng. Hãy mở lại câu đó nếu cần."
    ),
    "legal_unknown": gettext_noop(
        "Văn bản trong căn cứ “%(text)s” chưa có trong danh mục văn bản nên chưa liên kết được."
    ),
    "legal_expired": gettext_noop(
        "Văn bản căn cứ %(number)s đã hết hiệu lực. Hãy kiểm tra lại câu hỏi."
    ),
    "column_repeated": gettext_noop("Có hai cột cùng tên (%(names)s); chỉ cột đầu được dùng."),
    "columns_unused": gettext_noop("Các cột không dùng đến: %(names)s."),
    "row_left_out": gettext_noop("Dòng “%(text)s” không phải câu hỏi nên được bỏ qua."),
    "line_left_out": gettext_noop("Dòng “%(text)s” nằm ngoài các câu hỏi nên được bỏ qua."),
    "sheet_left_out": gettext_noop(
        "Trang tính “%(sheet)s” không có dòng tiêu đề cột nên được bỏ qua."
    ),
    "cell_rewritten": gettext_noop(
        "Ô chứa số lẻ hoặc ngày giờ được ghi thành “%(text)s”. Hãy kiểm tra cách viết."
    ),
    "html_converted": gettext_noop("Định dạng HTML được chuyển thành chữ thường."),
    "markdown_kept": gettext_noop(
        "Câu viết theo Markdown; các dấu định dạng được giữ nguyên. Hãy kiểm tra lại."
    ),
    "feedback_joined": gettext_noop(
        "Phản hồi riêng của từng phương án được gộp vào phần giải thích."
    ),
    "weights_dropped": gettext_noop(
        "Điểm riêng của các phương án khác đáp án đúng không được giữ lại."
    ),
    "weights_uneven": gettext_noop(
        "Các đáp án đúng có trọng số không đều hoặc không đủ 100%%; ở đây mọi đáp án đúng "
        "có giá trị như nhau."
    ),
    "gift_braces": gettext_noop(
        "Dấu { } không khớp hoặc có nhiều hơn một phần trả lời. Hãy kiểm tra, và giữa hai "
        "câu để một dòng trống."
    ),
}

_REMARKS |= FORMAT_REMARKS

_FILES = {
    "empty": gettext_noop("Tệp không có nội dung. Hãy chọn lại tệp."),
    "too_large": gettext_noop(
        "Tệp quá lớn (giới hạn %(limit_mb)s MB). Hãy bỏ hình ảnh hoặc tách thành nhiều tệp."
    ),
    "unpacked_too_large": gettext_noop(
        "Tệp giải nén ra quá lớn nên không được mở. Hãy lưu lại thành một tệp mới, gọn hơn."
    ),
    "damaged": gettext_noop(
        "Tệp bị hỏng, không mở được. Hãy mở tệp trong Word hoặc Excel, lưu lại rồi tải lên."
    ),
    "unsafe_xml": gettext_noop(
        "Tệp chứa khai báo không an toàn nên không được mở. Hãy lưu lại thành một tệp mới."
    ),
    "macros": gettext_noop(
        "Tệp Word có chứa mã lệnh (macro, .docm) nên không được mở. Hãy mở trong Word, chọn Lưu "
        "thành (Save As) kiểu “Word Document (.docx)” rồi tải lên."
    ),
    "too_many_pictures": gettext_noop(
        "Tệp có quá nhiều hình lớn. Hãy nén hình trong Word hoặc tách thành nhiều tệp."
    ),
    "encrypted": gettext_noop("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."),
    "old_word": gettext_noop("Tệp Word kiểu cũ (.doc). Hãy mở trong Word và lưu thành .docx."),
    "old_excel": gettext_noop("Tệp Excel kiểu cũ (.xls). Hãy mở trong Excel và lưu thành .xlsx."),
    "binary_workbook": gettext_noop(
        "Tệp Excel nhị phân (.xlsb). Hãy mở trong Excel và lưu thành .xlsx."
    ),
    "opendocument": gettext_noop("Tệp OpenDocument. Hãy lưu thành .docx hoặc .xlsx rồi tải lên."),
    "pdf": gettext_noop(
        "Tệp PDF không đọc được thành câu hỏi. Hãy tải lên tệp Word hoặc Excel gốc."
    ),
    "rtf": gettext_noop("Tệp RTF. Hãy mở trong Word và lưu thành .docx."),
    "unknown_format": gettext_noop(
        "Không nhận ra loại tệp. Hãy dùng tệp Word (.docx), Excel (.xlsx), CSV, GIFT, Moodle XML, "
        "Aiken hoặc QTI."
    ),
    "not_utf8": gettext_noop(
        "Tệp văn bản không dùng bảng mã Unicode (UTF-8). Hãy lưu lại với bảng mã UTF-8."
    ),
    "format_mismatch": gettext_noop(
        "Đã chọn định dạng %(asked)s nhưng nội dung tệp là %(found)s. Hãy chọn lại định dạng."
    ),
    "too_many_lines": gettext_noop(
        "Tệp có quá nhiều dòng (giới hạn %(limit)s). Hãy tách thành nhiều tệp."
    ),
    "too_many_rows": gettext_noop(
        "Trang tính có quá nhiều dòng (giới hạn %(limit)s). Hãy xóa dòng thừa hoặc tách tệp."
    ),
    "too_many_columns": gettext_noop(
        "Trang tính có quá nhiều cột (giới hạn %(limit)s). Hãy xóa các cột thừa."
    ),
    "cell_too_long": gettext_noop(
        "Có ô chứa hơn %(limit)s ký tự. Hãy kiểm tra ô đó hoặc chia thành nhiều câu."
    ),
    "too_many_questions": gettext_noop(
        "Tệp có quá nhiều câu hỏi (giới hạn %(limit)s). Hãy tách thành nhiều tệp."
    ),
    "legacy_font": gettext_noop(
        "Tệp dùng phông chữ cũ, không phải Unicode: “%(before)s” có thể là “%(after)s”. "
        "Hãy chuyển tệp sang Unicode rồi tải lên."
    ),
    "no_questions": gettext_noop(
        "Không tìm thấy câu hỏi nào. Hãy kiểm tra: mỗi câu bắt đầu bằng “Câu 1:”, phương án "
        "bằng “A.”."
    ),
    "no_header": gettext_noop(
        "Không tìm thấy dòng tiêu đề cột. Cần có cột “Câu hỏi”, các cột A, B, C… và cột “Đáp án”."
    ),
}

_FILES |= FORMAT_FILES

MESSAGE_CODES = frozenset(_REMARKS) | frozenset(_FILES)


def column_name(field: FieldName) -> str:
    """What a column can be said to hold, for the list a person chooses from."""
    return _(_COLUMNS[field])


def field_name(remark: Remark) -> str:
    return _(_FIELDS[remark.field])


def describe(remark: Remark) -> str:
    """What is wrong and the remedy, without the place."""
    params = dict(remark.params)
    for name in ("one_source", "other_source"):
        if name in params:
            params[name] = _(_SOURCES[str(params[name])])
    return _(_REMARKS[remark.code]) % params


_BY_QUESTION = frozenset({Format.DOCX, Format.TEXT})
_BY_PLACE = frozenset({Format.MOODLE_XML, Format.QTI})


def place_of(remark: Remark, file_format: Format) -> str:
    """ "Câu 26", "Dòng 27 (câu 26)", or empty for a remark about the file."""
    if not remark.row:
        return ""
    label = remark.label
    if file_format in _BY_QUESTION:
        return _("Câu %(label)s") % {"label": label or remark.row}
    if file_format in _BY_PLACE:
        if not label or label == str(remark.row):
            return _("Câu thứ %(row)s") % {"row": remark.row}
        return _("Câu thứ %(row)s (%(label)s)") % {"row": remark.row, "label": label}
    if not label:
        return _("Dòng %(row)s") % {"row": remark.row}
    if label.isdigit():
        return _("Dòng %(row)s (câu %(label)s)") % {"row": remark.row, "label": label}
    return _("Dòng %(row)s (%(label)s)") % {"row": remark.row, "label": label}


def describe_with_place(remark: Remark, file_format: Format) -> str:
    place = place_of(remark, file_format)
    return f"{place}: {describe(remark)}" if place else describe(remark)


def describe_unreadable(error: UnreadableFile) -> str:
    params = dict(error.params)
    for name in ("asked", "found"):
        if name in params:
            params[name] = _(_FORMATS[str(params[name])])
    params.setdefault("limit_mb", 20)
    return _(_FILES[error.code]) % params
