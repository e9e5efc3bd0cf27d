"""Demo texts: the models of Ba Vì and Bắc Từ Liêm."""

from datetime import date

from cms.demo.model_texts import DemoMeasure, DemoModel, district_ended, not_told

IN_2024 = (date(2024, 1, 1), "year")
BA_VI = district_ended("Huyện Ba Vì", now="Cách làm vẫn dùng được ở xã, phường.")
BAC_TU_LIEM = district_ended(
    "Quận Bắc Từ Liêm", now="Trang này ghi lại mô hình như đã thực hiện năm 2024."
)

MODELS = (
    DemoModel(
        slug="gio-lam-viec-thu-9",
        title="Giờ làm việc thứ 9",
        summary="Từ ngày 20/6/2024, bộ phận Một cửa ở huyện Ba Vì và các xã làm thêm một giờ ngoài "
        "giờ hành chính cho mọi thủ tục có phát sinh hồ sơ.",
        unit="Huyện Ba Vì",
        places="Bộ phận Một cửa của huyện và của cấp xã",
        field="procedures",
        launched=(date(2024, 6, 20), "day"),
        problem="<p>Người đi làm ca, công nhân, người buôn bán, người nuôi con nhỏ có chung một "
        "khó khăn: giờ họ rảnh thì bộ phận Một cửa đã đóng, giờ bộ phận Một cửa mở thì họ không "
        "bỏ việc được. Mỗi lần đi làm thủ tục vì thế là một lần xin nghỉ.</p>",
        way="<p>Bộ phận Một cửa của huyện và của cấp xã làm thêm một giờ, ngoài giờ hành chính. "
        "Giờ thứ chín ấy không dành riêng cho vài thủ tục chọn sẵn: mọi thủ tục có phát sinh hồ "
        "sơ đều được tiếp nhận. Người dân không phải tra xem việc của mình có trong danh sách hay "
        "không.</p><p>Hai cấp cùng làm là điểm quan trọng. Nếu chỉ huyện mở thêm giờ, người dân "
        "ở xã xa vẫn phải đi một quãng đường dài vào cuối ngày.</p>",
        result="<p>Người không đến được trong giờ hành chính có thêm một giờ mỗi ngày để nộp hồ "
        "sơ, ở cả hai cấp.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Chọn giờ theo thói quen đi lại của người "
        "dân, rồi giữ ổn định để ai cũng nhớ.</li><li>Báo trước bằng loa truyền thanh, tờ dán ở "
        "nơi làm việc, tin trên Zalo của địa phương.</li><li>Trực luân phiên và tính đúng chế độ "
        "làm thêm giờ cho công chức.</li><li>Ghi số hồ sơ nhận trong giờ thứ chín, để biết giờ "
        "nào thực sự có người cần.</li></ul>",
        ended_note=BA_VI,
        measures=(DemoMeasure("ho-so-gio-thu-9", "Hồ sơ nhận trong giờ thứ 9", "hồ sơ"),),
        body=(
            not_told(
                "Bài báo không nêu số hồ sơ đã nhận trong giờ làm thêm, nên phần kết quả không có "
                "con số nào."
            ),
        ),
    ),
    DemoModel(
        slug="ma-qr-nha-van-hoa-thon",
        title="Tra cứu thủ tục bằng mã QR tại nhà văn hóa các thôn",
        summary="Huyện Ba Vì dán mã QR tại nhà văn hóa các thôn có Wi-Fi: người dân tra cứu và nộp "
        "hồ sơ bằng điện thoại mà không phải đến bộ phận Một cửa.",
        unit="Huyện Ba Vì",
        places="Nhà văn hóa các thôn",
        field="digital",
        launched=IN_2024,
        problem="<p>Với một huyện rộng, quãng đường từ thôn đến bộ phận Một cửa có khi tốn hơn cả "
        "việc điền hồ sơ, nhất là khi chỉ để hỏi cần những giấy tờ gì.</p>",
        way="<p>Tại nhà văn hóa các thôn, nơi có Wi-Fi, huyện dán mã QR dẫn tới thủ tục hành "
        "chính. Người dân quét mã, đọc được mình cần giấy tờ gì và nộp hồ sơ ngay trên điện thoại, "
        "không phải đến bộ phận Một cửa.</p><p>Nhà văn hóa là nơi người dân vốn đã lui tới: có "
        "mạng, có người quen biết dùng điện thoại giúp người chưa quen.</p>",
        result="<p>Phản hồi ban đầu của người dân là tích cực.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Mỗi mã dẫn tới một nhóm việc: khai sinh, "
        "chứng thực, đất đai. Mã dẫn về trang chủ chung khiến người dân phải tìm lại từ đầu.</li>"
        "<li>Ghi bằng chữ bên dưới mã xem mã dẫn tới đâu, để kẻ xấu khó dán đè mã giả.</li>"
        "<li>Phân công người ở thôn kiểm tra: tờ dán còn rõ không, mã còn mở được không, Wi-Fi "
        "còn chạy không.</li><li>Giữ cố định địa chỉ trong mã: thủ tục thay đổi thì sửa trang "
        "đích, không in lại mã.</li></ul>",
        ended_note=BA_VI,
        measures=(DemoMeasure("luot-quet-ma", "Lượt quét mã QR", "lượt"),),
        body=(
            not_told(
                "Bài báo cho biết phản hồi ban đầu tốt nhưng không nêu số thôn đã dán mã hay số hồ "
                "sơ đã nộp qua mã."
            ),
        ),
    ),
    DemoModel(
        slug="hoi-thi-cong-chuc-mot-cua",
        title="Hội thi công chức làm việc tại bộ phận Một cửa",
        summary="Quận Bắc Từ Liêm đổi mới cách tuyên truyền cải cách hành chính bằng một hội thi "
        "của chính những người ngồi ở quầy Một cửa.",
        unit="Quận Bắc Từ Liêm",
        field="communication",
        launched=IN_2024,
        problem="<p>Tuyên truyền cải cách hành chính thường dừng ở khẩu hiệu và văn bản. Người cần "
        "hiểu nhất, công chức tiếp dân hằng ngày, lại là người nghe thụ động.</p>",
        way="<p>Năm 2024, quận tổ chức hội thi dành cho công chức làm việc tại bộ phận Một cửa. "
        "Việc tuyên truyền được làm mới: thay vì nghe, công chức học, trình bày và tranh tài bằng "
        "chính công việc của mình.</p>",
        result="<p>Thành phố đánh giá cao hội thi về tính sáng kiến, hiệu quả và khả năng nhân "
        "rộng.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Công bố thể lệ, thang điểm và cách phân "
        "định khi bằng điểm trước ngày thi.</li><li>Lấy tình huống từ quầy Một cửa của địa phương, "
        "không lấy từ giáo trình.</li><li>Sau hội thi, xem chuyên đề nào cả đơn vị còn yếu để bồi "
        "dưỡng.</li></ul>",
        ended_note=BAC_TU_LIEM,
        body=(not_told("Bài báo không nêu số thí sinh, số vòng thi hay kết quả của hội thi."),),
    ),
    DemoModel(
        slug="nop-ho-so-cap-phep-xay-dung-tai-phuong",
        title="Số hóa nộp hồ sơ cấp giấy phép xây dựng tại cấp phường",
        summary="Ở hai phường Thượng Cát và Cổ Nhuế 2, chỉ hơn hai tháng đã có 97 người dân nộp hồ "
        "sơ cấp phép xây dựng trực tuyến mà không phải lên quận.",
        unit="Quận Bắc Từ Liêm",
        places="Phường Thượng Cát, phường Cổ Nhuế 2",
        field="digital",
        status="pilot",
        problem="<p>Giấy phép xây dựng là thủ tục nhiều người dân gặp đúng một lần, vào lúc dựng "
        "nhà. Hồ sơ nhiều bản vẽ, nhiều giấy tờ, và phải mang lên quận.</p>",
        way="<p>Hồ sơ được số hóa và nộp trực tuyến ngay từ cấp phường; người dân không phải lên "
        "quận để nộp. Quận chọn một thủ tục, hai phường, nhìn lại con số rồi mới mở rộng.</p>",
        result="<p>Trong hơn hai tháng, 97 người dân đã nộp hồ sơ theo cách này. Quận dự kiến mở "
        "rộng ra các phường còn lại.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Chuẩn bị máy quét khổ lớn, hoặc nhận bản "
        "vẽ dạng tệp ngay từ đơn vị thiết kế.</li><li>Dán bảng kiểm giấy tờ tại quầy, để hồ sơ đủ "
        "ngay từ lần đầu.</li><li>Đếm cả số lần phải bổ sung, không chỉ số hồ sơ đã nộp.</li>"
        "</ul>",
        ended_note=BAC_TU_LIEM,
        measures=(
            DemoMeasure(
                "nguoi-nop-truc-tuyen",
                "Người dân nộp hồ sơ trực tuyến tại phường",
                "người",
                points=(("hơn hai tháng", "97", "phường Thượng Cát, Cổ Nhuế 2"),),
            ),
        ),
        body=(
            (
                "callout",
                {
                    "kind": "warning",
                    "title": "Kiểm tra thẩm quyền hiện hành",
                    "text": "<p>Trang này mô tả cách làm năm 2024. Thẩm quyền cấp phép và nơi nộp "
                    "hồ sơ có thể đã thay đổi khi không còn cấp huyện; hãy xem mục Văn bản.</p>",
                },
            ),
        ),
    ),
    DemoModel(
        slug="truyen-thanh-phuong",
        title="Truyền thanh phường đưa cải cách đến từng ngõ",
        summary="Hệ thống truyền thanh các phường của quận Bắc Từ Liêm phát hàng nghìn lượt tin về "
        "cải cách hành chính và pháp luật trong sáu tháng.",
        unit="Quận Bắc Từ Liêm",
        places="Các phường của quận",
        field="communication",
        problem="<p>Không phải ai cũng đọc trang tin của phường. Người lớn tuổi và người ít dùng "
        "mạng dễ đứng ngoài mọi thông báo đăng trên Internet.</p>",
        way="<p>Các phường dùng loa truyền thanh, kênh đã có sẵn ở từng tổ dân phố, để nói về cải "
        "cách hành chính và pháp luật đều đặn.</p>",
        result="<p>Hàng nghìn lượt phát trong sáu tháng.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Viết riêng cho tai nghe: câu ngắn, số đọc "
        "thành lời, không đọc nguyên văn bản.</li><li>Ghi nhật ký phát: bài nào, phường nào, lúc "
        "nào.</li></ul>",
        ended_note=BAC_TU_LIEM,
        measures=(DemoMeasure("luot-phat-thanh", "Lượt phát thanh", "lượt"),),
        body=(not_told("Bài báo không nêu con số chính xác của từng phường."),),
    ),
)
