"""The words for what the readers of the text formats and the kinds without options find."""

from __future__ import annotations

from django.utils.translation import gettext_noop

FORMAT_REMARKS = {
    "items_too_few": gettext_noop("Chỉ có %(count)s ý. Câu loại này cần từ 2 đến 8 ý."),
    "items_too_many": gettext_noop(
        "Có %(count)s ý, nhiều hơn %(limit)s. Hãy bớt ý hoặc tách thành hai câu."
    ),
    "item_empty": gettext_noop("Ý thứ %(place)s để trống. Hãy điền nội dung hoặc bỏ ý này."),
    "items_same": gettext_noop(
        "Ý thứ %(one)s và ý thứ %(other)s giống hệt nhau. Hãy sửa một trong hai ý."
    ),
    "pair_without_right": gettext_noop(
        "Có vế trái chưa ghép với vế phải nào. Hãy ghi mỗi cặp là “vế trái = vế phải”."
    ),
    "pairs_all_alike": gettext_noop(
        "Mọi vế trái đều ghép với cùng một vế phải. Hãy ghi ít nhất hai vế phải khác nhau."
    ),
    "right_too_many": gettext_noop("Có %(count)s vế phải, nhiều hơn %(limit)s. Hãy bớt vế phải."),
    "number_missing": gettext_noop("Chưa có đáp số. Hãy ghi số đúng, ví dụ 15 hoặc 15,5."),
    "number_unreadable": gettext_noop(
        "Không hiểu đáp số “%(value)s”. Hãy ghi một số, ví dụ 15 hoặc 15,5; sai số ghi "
        "sau dấu ±, ví dụ 15 ± 0,5."
    ),
    "numbers_several": gettext_noop(
        "Có %(count)s đáp số khác nhau; mỗi câu chỉ nhận một số kèm sai số. Hãy để một số, "
        "hoặc đổi thành câu trả lời ngắn."
    ),
    "units_dropped": gettext_noop(
        "Chỉ đơn vị “%(unit)s” được giữ; các đơn vị quy đổi khác bị bỏ. Hãy kiểm tra lại."
    ),
    "accepted_missing": gettext_noop(
        "Chưa có câu trả lời được chấp nhận. Hãy ghi ít nhất một câu trả lời đúng."
    ),
    "accepted_too_many": gettext_noop(
        "Có %(count)s câu trả lời được chấp nhận, nhiều hơn %(limit)s. Hãy bớt."
    ),
    "accepted_pattern": gettext_noop(
        "Câu trả lời dùng dấu * thay cho chữ bất kỳ; ở đây chưa hỗ trợ. Hãy ghi rõ từng câu "
        "trả lời đúng."
    ),
    "guide_missing": gettext_noop(
        "Câu tự luận chưa có hướng dẫn chấm. Hãy ghi các ý cần có để giám khảo chấm."
    ),
    "case_ignored": gettext_noop(
        "Tệp yêu cầu phân biệt chữ hoa, chữ thường; ở đây câu trả lời được so không phân biệt "
        "hoa thường và dấu. Hãy kiểm tra lại."
    ),
    "weights_otherwise": gettext_noop(
        "Cách tính điểm từng phần của tệp không giữ được: ở đây chỉ có điểm khi chọn đúng và "
        "đủ mọi đáp án. Hãy kiểm tra lại."
    ),
    "order_unreadable": gettext_noop(
        "Không hiểu thứ tự đúng “%(value)s”. Hãy ghi đủ các chữ theo thứ tự, ví dụ B-A-C."
    ),
    "truths_unreadable": gettext_noop(
        "Không hiểu đáp án “%(value)s”. Hãy ghi Đ hoặc S cho từng ý, ví dụ Đ, S, Đ, S."
    ),
    "pairs_unreadable": gettext_noop(
        "Không hiểu các cặp ghép “%(value)s”. Hãy ghi mỗi ô một cặp “vế trái = vế phải”, hoặc "
        "ghi đáp án như 1-b, 2-a."
    ),
    "pairs_many": gettext_noop(
        "Có vế ghép với nhiều vế khác; ở đây mỗi vế trái chỉ ghép với một vế phải. Hãy tách câu."
    ),
    "rule_unknown": gettext_noop(
        "Không hiểu cách tính điểm “%(value)s” nên dùng cách thường dùng của loại câu này."
    ),
    "media": gettext_noop(
        "Câu có âm thanh, video, công thức hoặc đối tượng nhúng không chuyển thành chữ được. "
        "Hãy bỏ đối tượng đó; nếu là video hoặc hình của câu tình huống, hãy thêm vào ngân hàng "
        "ở mục “Tệp hình, video”."
    ),
    "picture_absent": gettext_noop(
        "Có hình không nằm trong tệp (chỉ là liên kết, hoặc tệp hình bị thiếu). Hãy xuất lại tệp "
        "kèm hình, hoặc bỏ hình."
    ),
    "picture_undescribed": gettext_noop(
        "Hình của câu chưa có mô tả cho người không nhìn được. Hãy thêm mô tả (alt) cho hình."
    ),
    "situation_without_media": gettext_noop(
        "Câu tình huống cần một hình hoặc video mà tệp này không mang theo. Hãy nhập thành "
        "câu một đáp án, rồi thêm hình hoặc video trong ngân hàng."
    ),
    "media_not_in_bank": gettext_noop(
        "Câu tình huống dùng một hình hoặc video mà ngân hàng này chưa có. Hãy thêm tệp đó vào "
        "ngân hàng ở mục “Tệp hình, video” rồi nhập lại."
    ),
    "sheet_pictures": gettext_noop(
        "Tệp Excel có hình; hình trong Excel không được lấy. Câu nào cần hình, hãy nhập từ tệp "
        "Word."
    ),
    "rows_hidden": gettext_noop(
        "Tệp có dòng bị ẩn hoặc đang bị lọc; các dòng đó vẫn được đọc. Hãy kiểm tra lại."
    ),
    "sheets_hidden": gettext_noop("Tệp có trang tính bị ẩn; trang đó được bỏ qua."),
    "gift_order": gettext_noop(
        "Không hiểu dòng đầu của câu sắp xếp: “%(text)s”. Hãy ghi như {>3 ALL VERTICAL "
        "ALL_OR_NOTHING, rồi mỗi dòng một ý theo thứ tự đúng."
    ),
    "max_words_unreadable": gettext_noop(
        "Không hiểu số từ tối đa “%(value)s” nên để trống. Hãy ghi một số, ví dụ 300."
    ),
    "kind_unknown": gettext_noop(
        "Không hiểu loại câu hỏi “%(kind)s”. Các loại có thể dùng: một đáp án, nhiều đáp án, "
        "đúng/sai, nhóm đúng/sai, sắp xếp, ghép đôi, điền số, trả lời ngắn, tự luận."
    ),
    "kind_not_ours": gettext_noop(
        "Chưa hỗ trợ loại câu hỏi “%(kind)s”. Hãy đổi thành một loại gần nhất (một đáp án, "
        "ghép đôi, trả lời ngắn…) rồi nhập lại, hoặc bỏ câu này."
    ),
    "kind_refused": gettext_noop(
        "Nội dung hoặc đáp án của câu chưa dùng được với loại câu này. Hãy kiểm tra lại."
    ),
    "not_a_question": gettext_noop(
        "Đoạn này chỉ là lời dẫn, không phải câu hỏi. Hãy bỏ đoạn này, hoặc ghép lời dẫn vào "
        "câu hỏi."
    ),
    "gift_pair": gettext_noop(
        "Không hiểu cặp ghép “%(text)s”. Hãy ghi mỗi cặp là “= vế trái -> vế phải”."
    ),
    "aiken_answer": gettext_noop(
        "Thiếu dòng “ANSWER: X” sau các phương án. Hãy thêm dòng này, X là chữ của đáp án đúng."
    ),
    "line_unplaced": gettext_noop(
        "Dòng “%(text)s” không thuộc phần nào của câu hỏi. Hãy kiểm tra cách viết, và giữa hai "
        "câu để một dòng trống."
    ),
    "qti_part_missing": gettext_noop(
        "Tệp %(name)s ghi trong danh mục của gói nhưng không có trong gói. Hãy xuất lại gói."
    ),
    "qti_part_unreadable": gettext_noop(
        "Tệp %(name)s trong gói bị hỏng hoặc không an toàn nên được bỏ qua. Hãy xuất lại gói."
    ),
    "several_parts": gettext_noop(
        "Câu có nhiều phần trả lời; ở đây mỗi câu chỉ có một. Hãy tách thành nhiều câu."
    ),
    "old_code_page": gettext_noop(
        "Tệp dùng bảng mã cũ Windows-1258 và đã được đọc sang Unicode. Hãy kiểm tra dấu tiếng Việt."
    ),
}

FORMAT_FILES = {
    "unknown_xml": gettext_noop(
        "Không nhận ra tệp XML này. Hãy dùng tệp Moodle XML hoặc QTI (2.1, 2.2, 3.0)."
    ),
    "old_qti": gettext_noop(
        "Tệp QTI phiên bản 1.2 chưa đọc được. Hãy xuất lại theo QTI 2.1 hoặc 3.0, hoặc Moodle XML."
    ),
    "no_items": gettext_noop(
        "Gói QTI không có câu hỏi nào. Hãy chọn đúng gói câu hỏi đã xuất (có tệp imsmanifest.xml)."
    ),
}
