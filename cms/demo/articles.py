"""Six articles on reform models of 2024, written for the demo.

Facts: the newspaper article named in SOURCE and nothing else; what it does not say, the text does
not claim. Every unit here was in a district, and the districts ended on 1 July 2025.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

SOURCE = "Báo Lao động Thủ đô, 2024: “Góp phần loại bỏ rào cản giữa công dân với chính quyền”"
DISTRICTS_ENDED_ON = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """``body`` holds (block name, value) pairs of cms.blocks.ArticleBody."""

    slug: str
    title: str
    summary: str
    unit: str
    days_old: int
    body: tuple[tuple[str, Any], ...]
    year: int = 2024


def _text(html: str) -> tuple[str, str]:
    return ("text", html)


def _figure(value: str, label: str, note: str = "") -> dict[str, str]:
    return {"value": value, "label": label, "note": note}


ARTICLES = (
    DemoArticle(
        slug="gio-lam-viec-thu-9",
        title="“Giờ làm việc thứ 9”: thêm một giờ cho người không đến được trong giờ hành chính",
        summary="Từ ngày 20/6/2024, bộ phận Một cửa ở huyện Ba Vì và các xã làm thêm một giờ ngoài "
        "giờ hành chính cho mọi thủ tục có phát sinh hồ sơ.",
        unit="Huyện Ba Vì, Hà Nội",
        days_old=4,
        body=(
            _text(
                "<p>Người đi làm ca, công nhân, người buôn bán, người nuôi con nhỏ có chung "
                "một khó "
                "khăn: giờ họ rảnh thì bộ phận Một cửa đã đóng, giờ bộ phận Một cửa mở thì họ "
                "không bỏ việc được. Mỗi lần đi làm thủ tục vì thế là một lần xin nghỉ. Huyện Ba "
                "Vì (Hà Nội) đã chọn cách trả lời đơn giản: mở cửa thêm một giờ.</p>"
                "<h2>Mô hình làm gì</h2>"
                "<p>Từ ngày 20/6/2024, bộ phận Một cửa của huyện và của cấp xã ở Ba Vì làm thêm "
                "một giờ, ngoài giờ hành chính. Giờ thứ chín ấy không dành riêng cho một "
                "vài thủ tục được chọn sẵn: mọi thủ tục có phát sinh hồ sơ đều được tiếp nhận. "
                "Người dân không phải tra xem việc của mình có nằm trong danh sách hay không, và "
                "cũng không phải lên huyện nếu việc thuộc cấp xã.</p>"
            ),
            (
                "figures",
                {
                    "items": [
                        _figure("20/6/2024", "Bắt đầu thực hiện"),
                        _figure("+1 giờ", "Ngoài giờ hành chính"),
                        _figure("2 cấp", "Cùng thực hiện", "huyện và xã"),
                    ]
                },
            ),
            _text(
                "<h2>Vì sao đáng chú ý</h2>"
                "<p>Nhiều giải pháp cải cách bắt đầu từ phần mềm. Giải pháp này bắt đầu từ thời "
                "gian biểu của người dân. Nó không đòi hỏi thiết bị mới, nhưng đòi hỏi sự sẵn "
                "sàng của công chức và cách bố trí ca trực công bằng. Nó cũng bổ sung cho nộp hồ "
                "sơ trực tuyến chứ không thay thế: người chưa quen làm trên mạng vẫn có một giờ "
                "để gặp người hướng dẫn.</p>"
                "<p>Hai cấp cùng làm là điểm quan trọng. Nếu chỉ huyện mở thêm giờ, người dân ở "
                "xã xa vẫn phải đi một quãng đường dài vào cuối ngày.</p>"
                "<h2>Nếu muốn áp dụng ở nơi khác</h2>"
                "<ul><li>Chọn giờ theo thói quen đi lại của người dân địa phương, rồi giữ ổn định "
                "để ai cũng nhớ.</li>"
                "<li>Báo trước bằng nhiều cách: loa truyền thanh, tờ dán ở nơi làm việc, tin trên "
                "Zalo của địa phương.</li>"
                "<li>Lập lịch trực luân phiên và tính đúng chế độ làm thêm giờ cho công chức.</li>"
                "<li>Ghi số hồ sơ nhận trong giờ thứ chín theo từng ngày, để biết giờ nào thực sự "
                "có người cần.</li></ul>"
            ),
            (
                "callout",
                {
                    "kind": "info",
                    "title": "Điều nguồn tin chưa nói",
                    "text": "<p>Bài báo không nêu số hồ sơ đã nhận trong giờ làm thêm, nên bài này "
                    "không đưa ra con số nào về hiệu quả.</p>",
                },
            ),
            _text(
                "<h2>Sau ngày 01/7/2025</h2>"
                "<p>Cấp huyện kết thúc hoạt động từ ngày 01/7/2025, nên bộ phận Một cửa của huyện "
                "Ba Vì như trong bài không còn. Ý tưởng thì vẫn nguyên giá trị với xã, phường: "
                "cửa mở vào lúc người dân đến được.</p>"
            ),
        ),
    ),
    DemoArticle(
        slug="ma-qr-nha-van-hoa-thon",
        title="Quét mã QR ở nhà văn hóa thôn để tra cứu và nộp hồ sơ",
        summary="Huyện Ba Vì dán mã QR tại nhà văn hóa các thôn có Wi-Fi: người dân tra cứu và nộp "
        "hồ sơ bằng điện thoại mà không phải đến bộ phận Một cửa.",
        unit="Huyện Ba Vì, Hà Nội",
        days_old=9,
        body=(
            _text(
                "<p>Với một huyện rộng, quãng đường từ thôn đến bộ phận Một cửa có khi tốn hơn cả "
                "việc điền hồ sơ. Năm 2024, huyện Ba Vì (Hà Nội) đưa điểm bắt đầu của thủ tục về "
                "nơi gần dân nhất: nhà văn hóa thôn.</p>"
                "<h2>Mô hình làm gì</h2>"
                "<p>Tại nhà văn hóa các thôn, nơi đã có Wi-Fi, huyện dán mã QR dẫn tới thủ tục "
                "hành chính. Người dân mở điện thoại, quét mã, đọc được mình cần giấy tờ gì và có "
                "thể nộp hồ sơ ngay trên điện thoại, không phải đến bộ phận Một cửa. Phản hồi ban "
                "đầu của người dân là tích cực.</p>"
                "<h2>Vì sao là nhà văn hóa thôn</h2>"
                "<p>Đây là nơi người dân vốn đã lui tới: họp thôn, sinh hoạt đoàn thể, tập văn "
                "nghệ. Ở đó có mạng không mất tiền, có người quen biết dùng điện thoại giúp người "
                "chưa quen. Một tờ giấy dán tường vì thế làm được việc mà một đường dẫn dài trong "
                "văn bản không làm được: nhắc đúng lúc, đúng chỗ, và chỉ cần một thao tác.</p>"
            ),
            (
                "quote",
                {
                    "text": "Thủ tục bắt đầu ở chỗ người dân đang đứng, không phải ở chỗ cơ quan "
                    "đặt quầy.",
                    "attribution": "Nhận xét của Ban biên tập",
                },
            ),
            _text(
                "<h2>Nếu muốn áp dụng ở nơi khác</h2>"
                "<ul><li>Mỗi mã chỉ nên dẫn tới một nhóm việc: khai sinh, chứng thực, đất đai. Mã "
                "dẫn về trang chủ chung khiến người dân phải tìm lại từ đầu.</li>"
                "<li>Ghi bằng chữ bên dưới mã xem mã dẫn tới đâu, để người quét biết mình sẽ mở "
                "trang nào và kẻ xấu khó dán đè mã giả.</li>"
                "<li>Phân công người ở thôn kiểm tra định kỳ: tờ dán còn rõ không, mã còn mở được "
                "không, Wi-Fi còn chạy không.</li>"
                "<li>Khi thủ tục thay đổi, sửa nội dung ở trang đích chứ không in lại mã; muốn vậy "
                "địa chỉ trong mã phải cố định.</li>"
                "<li>Vẫn giữ lối đi trực tiếp cho người không có điện thoại thông minh.</li></ul>"
            ),
            (
                "callout",
                {
                    "kind": "info",
                    "title": "Điều nguồn tin chưa nói",
                    "text": "<p>Bài báo cho biết phản hồi ban đầu tốt nhưng không nêu số thôn đã "
                    "dán mã hay số hồ sơ đã nộp qua mã.</p>",
                },
            ),
            _text(
                "<h2>Sau ngày 01/7/2025</h2>"
                "<p>Huyện Ba Vì kết thúc hoạt động cùng cấp huyện cả nước từ ngày 01/7/2025. Nếu "
                "tờ mã QR cũ còn trên tường, đơn vị đang quản lý nhà văn hóa cần kiểm tra xem mã "
                "còn dẫn tới trang đúng hay không và thay tờ mới khi cần. Cách làm vẫn dùng được "
                "nguyên vẹn ở cấp xã.</p>"
            ),
        ),
    ),
    DemoArticle(
        slug="nop-ho-so-cap-phep-xay-dung-tai-phuong",
        title="Nộp hồ sơ cấp phép xây dựng trực tuyến ngay tại phường",
        summary="Ở hai phường Thượng Cát và Cổ Nhuế 2, chỉ hơn hai tháng đã có 97 người dân nộp hồ "
        "sơ cấp phép xây dựng trực tuyến mà không phải lên quận.",
        unit="Quận Bắc Từ Liêm, Hà Nội (phường Thượng Cát, Cổ Nhuế 2)",
        days_old=15,
        body=(
            _text(
                "<p>Giấy phép xây dựng là thủ tục nhiều người dân gặp đúng một lần trong đời, vào "
                "lúc dựng nhà. Hồ sơ nhiều bản vẽ, nhiều giấy tờ, và trước đây phải mang lên quận. "
                "Năm 2024, quận Bắc Từ Liêm (Hà Nội) thử để người dân nộp hồ sơ này qua mạng ngay "
                "tại phường.</p>"
                "<h2>Mô hình làm gì</h2>"
                "<p>Mô hình mang tên “Số hóa nộp hồ sơ cấp giấy phép xây dựng tại cấp phường”, "
                "thực hiện ở phường Thượng Cát và phường Cổ Nhuế 2. Hồ sơ được số hóa và nộp trực "
                "tuyến từ cấp phường; người dân không phải đi lên quận để nộp.</p>"
            ),
            (
                "figures",
                {
                    "items": [
                        _figure("97", "Người dân nộp trực tuyến", "hơn 2 tháng"),
                        _figure("2", "Phường thực hiện đầu tiên"),
                        _figure("0", "Lần phải lên quận để nộp"),
                    ]
                },
            ),
            _text(
                "<p>Trong hơn hai tháng, 97 người dân đã nộp hồ sơ theo cách này. Quận dự kiến mở "
                "rộng ra các phường còn lại.</p>"
                "<h2>Vì sao đáng chú ý</h2>"
                "<p>Nộp trực tuyến thường được hiểu là người dân tự làm ở nhà. Với một bộ hồ sơ có "
                "bản vẽ khổ lớn, đó là việc khó. Theo cách hiểu của Ban biên tập, đưa việc số hóa "
                "về phường là một bước trung gian hợp lý: người dân chỉ cần đến nơi gần nhà, còn "
                "hồ sơ thì đi tiếp bằng đường mạng. Quãng đường được cắt khỏi phần của người "
                "dân, không chỉ "
                "khỏi phần của cơ quan.</p>"
                "<p>Cách chọn phạm vi cũng đáng học: một thủ tục, hai phường, hơn hai tháng, "
                "có con số "
                "để nhìn lại, rồi mới mở rộng.</p>"
                "<h2>Nếu muốn áp dụng ở nơi khác</h2>"
                "<ul><li>Chuẩn bị máy quét khổ lớn hoặc quy ước nhận bản vẽ dạng tệp ngay từ đơn "
                "vị thiết kế.</li>"
                "<li>Có bảng kiểm giấy tờ dán tại quầy, để hồ sơ đủ ngay từ lần đầu.</li>"
                "<li>Đếm cả số lần phải bổ sung, không chỉ số hồ sơ đã nộp.</li>"
                "<li>Báo tiến độ qua tin nhắn, để người dân không phải đến hỏi.</li></ul>"
            ),
            (
                "callout",
                {
                    "kind": "warning",
                    "title": "Kiểm tra thẩm quyền hiện hành",
                    "text": "<p>Bài viết mô tả cách làm năm 2024. Thẩm quyền cấp phép và nơi nộp "
                    "hồ sơ có thể đã thay đổi khi không còn cấp huyện; hãy xem mục Văn bản.</p>",
                },
            ),
            _text(
                "<h2>Sau ngày 01/7/2025</h2>"
                "<p>Quận Bắc Từ Liêm kết thúc hoạt động từ ngày 01/7/2025. Câu chuyện “không phải "
                "lên quận” nay là đương nhiên, nhưng bài học về chỗ ngồi số hóa gần nhà và cách "
                "thử hẹp rồi mới mở rộng thì vẫn còn.</p>"
            ),
        ),
    ),
    DemoArticle(
        slug="mot-cua-do-thi-hien-dai",
        title="“Một cửa đô thị hiện đại”: làm thử ở hai phường rồi nhân rộng",
        summary="Mô hình được thí điểm ở phường Trung Văn và phường Mỹ Đình 1, sau đó nhân rộng, "
        "trong loạt sáng kiến của quận Nam Từ Liêm.",
        unit="Quận Nam Từ Liêm, Hà Nội (phường Trung Văn, Mỹ Đình 1)",
        days_old=22,
        body=(
            _text(
                "<p>Phường đô thị đông dân có áp lực riêng: nhiều lượt giao dịch mỗi ngày, nhiều "
                "người mới chuyển đến, yêu cầu cao về thời gian. Mô hình “Một cửa đô thị hiện "
                "đại” là câu trả lời của quận Nam Từ Liêm (Hà Nội) cho những phường như thế.</p>"
                "<h2>Mô hình làm gì</h2>"
                "<p>Mô hình được thí điểm ở phường Trung Văn và phường Mỹ Đình 1. Sau thí điểm, "
                "quận nhân rộng ra những phường khác. Cùng thời gian, phường Mỹ Đình 2 giới thiệu "
                "mô hình “Một cửa số” trong năm 2024.</p>"
                "<p>Đây không phải việc làm đơn lẻ. Quận Nam Từ Liêm và 10 phường của quận là nơi "
                "đầu tiên của Hà Nội thực hiện mô hình “Chính quyền, công sở thân thiện và trách "
                "nhiệm”; quận cũng phát động phong trào thi đua tối ưu hóa quy trình, rút ngắn tối "
                "đa thời gian giải quyết thủ tục, và một cuộc thi tìm hiểu, tuyên truyền về cải "
                "cách hành chính, chuyển đổi số và Đề án 06.</p>"
            ),
            (
                "figures",
                {
                    "items": [
                        _figure("2", "Phường thí điểm", "rồi nhân rộng"),
                        _figure("10", "Phường “thân thiện và trách nhiệm”"),
                        _figure("Thứ 2", "Chỉ số CCHC", "trên 30, 2022–2023"),
                    ]
                },
            ),
            _text(
                "<h2>Vì sao đáng chú ý</h2>"
                "<p>Một phòng tiếp dân mới có thể khánh thành trong một ngày. Một thói quen làm "
                "việc mới thì cần thời gian và cần nhiều sáng kiến cùng hướng. Nhìn cả loạt việc "
                "của Nam Từ Liêm sẽ thấy ba lớp: nơi làm việc (một cửa đô thị hiện đại, một cửa "
                "số), cách ứng xử (thân thiện và trách nhiệm) và động lực (thi đua, cuộc thi). "
                "Trong giai đoạn 2022–2023, quận đứng thứ hai trong 30 quận, huyện, thị xã của Hà "
                "Nội về chỉ số cải cách hành chính.</p>"
                "<h2>Nếu muốn áp dụng ở nơi khác</h2>"
                "<ul><li>Thí điểm ở nơi khó vừa phải, không phải nơi dễ nhất.</li>"
                "<li>Đặt trước câu hỏi đánh giá: thời gian chờ, số lần đi lại, mức hài lòng; đo "
                "trước rồi mới làm.</li>"
                "<li>Viết lại những gì học được thành một tài liệu ngắn trước khi nhân rộng.</li>"
                "<li>Cho phép phường làm sau sửa mô hình theo điều kiện của mình.</li></ul>"
            ),
            (
                "callout",
                {
                    "kind": "info",
                    "title": "Điều nguồn tin chưa nói",
                    "text": "<p>Bài báo không mô tả thiết bị hay quy trình cụ thể của mô hình, nên "
                    "bài này cũng không nêu.</p>",
                },
            ),
            _text(
                "<h2>Sau ngày 01/7/2025</h2>"
                "<p>Quận Nam Từ Liêm kết thúc hoạt động từ ngày 01/7/2025, nên thứ hạng của quận "
                "là chuyện của giai đoạn trước. Người dân hãy xem thông báo của phường nơi mình ở "
                "để biết địa điểm tiếp nhận hồ sơ hiện nay.</p>"
            ),
        ),
    ),
    DemoArticle(
        slug="ngay-khong-viet-ngay-khong-doi",
        title="“Ngày không viết”, “Ngày không đợi” ở bộ phận Một cửa",
        summary="Hai tên gọi ngắn, hai điều người dân ngại nhất khi đi làm thủ tục: phải viết tay "
        "và phải ngồi đợi. Quận Nam Từ Liêm lấy đó làm mục tiêu cho bộ phận Một cửa.",
        unit="Quận Nam Từ Liêm, Hà Nội",
        days_old=30,
        body=(
            _text(
                "<p>Hỏi người vừa rời bộ phận Một cửa xem điều gì mệt nhất, câu trả lời thường "
                "không phải là luật khó. Mệt vì phải viết đi viết lại cùng những thông tin, và vì "
                "phải ngồi đợi. Quận Nam Từ Liêm (Hà Nội) gọi thẳng tên hai điều ấy trong mô hình "
                "“Ngày không viết”, “Ngày không đợi”.</p>"
                "<h2>Mô hình làm gì</h2>"
                "<p>Tại bộ phận Một cửa, có những ngày người dân không phải viết tay, và những "
                "ngày người dân không phải đợi. Mục tiêu nói bằng lời thường, ai cũng kiểm tra "
                "được: ra về mà chưa cầm đến bút, hoặc đến là được tiếp ngay.</p>"
                "<p>Mô hình đi cùng phong trào thi đua của quận về tối ưu hóa quy trình, rút ngắn "
                "tối đa thời gian giải quyết thủ tục hành chính, trong đó các đơn vị đề xuất mô "
                "hình và giải pháp của mình.</p>"
            ),
            (
                "quote",
                {
                    "text": "Một mục tiêu tốt là mục tiêu mà người dân tự kiểm tra được, không cần "
                    "đọc báo cáo.",
                    "attribution": "Nhận xét của Ban biên tập",
                },
            ),
            _text(
                "<h2>Vì sao đáng chú ý</h2>"
                "<p>“Một ngày” là cách khởi đầu khôn ngoan. Cam kết không viết, không đợi suốt năm "
                "có thể quá sức; cam kết cho một ngày thì làm được, và ngày ấy cho thấy chỗ nào "
                "trong quy trình đang cản trở. Biểu mẫu nào vẫn buộc phải viết tay? Giờ nào người "
                "đến dồn lại? Thủ tục nào kéo dài thời gian tiếp một người? Trả lời được những câu "
                "đó, đơn vị có thể biến một ngày thành nhiều ngày.</p>"
                "<h2>Hai việc khác nhau, hai cách làm khác nhau</h2>"
                "<p>Không viết là chuyện của dữ liệu: thông tin đã có thì điền sẵn, biểu mẫu điện "
                "tử thay giấy, công chức nhập giúp rồi in ra để người dân đọc lại và ký. Không đợi "
                "là chuyện của luồng người: hẹn giờ, chia quầy theo nhóm việc, tăng người vào giờ "
                "cao điểm, trả kết quả ở quầy riêng.</p>"
                "<h2>Nếu muốn áp dụng ở nơi khác</h2>"
                "<ul><li>Chọn ngày cố định trong tuần và báo trước.</li>"
                "<li>Đếm hai con số đơn giản: số người phải cầm bút, số phút đợi lâu nhất.</li>"
                "<li>Công khai hai con số ấy ngay tại quầy vào cuối ngày.</li>"
                "<li>Không để “không đợi” thành “không nhận”: ai đến cũng phải được tiếp.</li></ul>"
            ),
            (
                "callout",
                {
                    "kind": "info",
                    "title": "Điều nguồn tin chưa nói",
                    "text": "<p>Bài báo không nêu các biện pháp cụ thể của quận. Phần gợi ý cách "
                    "làm ở trên là của Ban biên tập.</p>",
                },
            ),
            _text(
                "<h2>Sau ngày 01/7/2025</h2>"
                "<p>Quận Nam Từ Liêm kết thúc hoạt động từ ngày 01/7/2025. Hai tên gọi này vẫn có "
                "thể dùng ngay ở bất cứ bộ phận Một cửa nào.</p>"
            ),
        ),
    ),
    DemoArticle(
        slug="cong-thong-tin-phuong-tren-zalo",
        title="Cổng thông tin điện tử của phường trên Zalo",
        summary="Đầu năm 2024, phường Phương Canh mở cổng thông tin điện tử trên Zalo OA, một "
        "trong "
        "bốn nhiệm vụ của mô hình chuyển đổi số cấp phường.",
        unit="Phường Phương Canh, quận Nam Từ Liêm, Hà Nội",
        days_old=41,
        body=(
            _text(
                "<p>Người dân không mở trang web của phường mỗi ngày, nhưng mở Zalo mỗi ngày. Đầu "
                "năm 2024, phường Phương Canh (quận Nam Từ Liêm, Hà Nội) đưa cổng thông tin "
                "điện tử của phường lên Zalo OA, tài khoản chính thức dành cho cơ quan, tổ "
                "chức.</p>"
                "<h2>Mô hình làm gì</h2>"
                "<p>Cổng thông tin trên Zalo là một phần của mô hình chuyển đổi số của phường, "
                "dựng trên ba trụ cột: chính quyền số, kinh tế số và xã hội số. Mô hình có bốn "
                "nhiệm vụ.</p>"
            ),
            (
                "table",
                {
                    "caption": "Bốn nhiệm vụ trong mô hình chuyển đổi số của phường Phương Canh",
                    "columns": [
                        {"type": "text", "heading": "Nhiệm vụ"},
                        {"type": "text", "heading": "Người dân thấy gì"},
                    ],
                    "rows": [
                        {
                            "values": [
                                "Cổng thông tin điện tử phường trên Zalo OA",
                                "Tin của phường đến thẳng điện thoại",
                            ]
                        },
                        {
                            "values": [
                                "Camera an ninh trên các trục đường chính",
                                "Đường phố được quan sát thường xuyên",
                            ]
                        },
                        {
                            "values": [
                                "Chính quyền điện tử hướng tới sự hài lòng",
                                "Giao dịch với phường thuận tiện hơn",
                            ]
                        },
                        {
                            "values": [
                                "Nhà trọ chuyển đổi số",
                                "Chủ trọ và người thuê được đưa vào cùng mô hình",
                            ]
                        },
                    ],
                },
            ),
            _text(
                "<h2>Vì sao đáng chú ý</h2>"
                "<p>Cổng thông tin hay nhất là cổng có người đọc. Đặt tin ở nơi người dân đã có "
                "mặt giúp phường không phải thuyết phục ai cài thêm ứng dụng. Zalo cũng "
                "là cách với tới người thuê trọ, nhóm dân cư dễ bị bỏ sót vì ít dự họp tổ dân "
                "phố.</p>"
                "<p>Việc gắn cổng thông tin với ba nhiệm vụ khác cũng có lý. Một kênh tin chỉ sống "
                "khi phía sau có việc thật: tin về an ninh khi có camera, tin về thủ tục khi nộp "
                "được hồ sơ, tin cho người thuê trọ khi nhà trọ cùng tham gia.</p>"
                "<h2>Nếu muốn áp dụng ở nơi khác</h2>"
                "<ul><li>Giao một người chịu trách nhiệm trả lời tin nhắn và hẹn giờ trả lời; kênh "
                "không hồi âm làm mất lòng tin nhanh hơn không có kênh.</li>"
                "<li>Mỗi tin một việc, kèm đường dẫn tới bài đầy đủ trên trang của phường.</li>"
                "<li>Không nhận giấy tờ cá nhân qua tin nhắn; chuyển người dân sang cổng dịch vụ "
                "công.</li>"
                "<li>Giữ thông tin gốc trên trang do cơ quan quản lý, vì nền tảng bên ngoài có thể "
                "đổi quy định bất cứ lúc nào.</li></ul>"
            ),
            (
                "callout",
                {
                    "kind": "info",
                    "title": "Điều nguồn tin chưa nói",
                    "text": "<p>Bài báo không nêu số người quan tâm kênh Zalo của phường. Cột "
                    "“Người dân thấy gì” là diễn giải của Ban biên tập.</p>",
                },
            ),
            _text(
                "<h2>Sau ngày 01/7/2025</h2>"
                "<p>Quận Nam Từ Liêm kết thúc hoạt động từ ngày 01/7/2025. Kênh Zalo mang tên đơn "
                "vị cũ cần ghi rõ đơn vị nào đang tiếp nhận, để người dân không nhắn vào một địa "
                "chỉ không còn ai trả lời.</p>"
            ),
        ),
    ),
)
