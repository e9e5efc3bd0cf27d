"""Demo texts: the models of Nam Từ Liêm and its wards."""

from datetime import date

from cms.demo.model_texts import (
    DemoMeasure,
    DemoModel,
    district_ended,
    not_told,
    ward_before_2025,
)

IN_2024 = (date(2024, 1, 1), "year")
DISTRICT = "Quận Nam Từ Liêm"
ENDED = district_ended(
    DISTRICT, now="Người dân xem thông báo của phường nơi mình ở để biết nơi tiếp nhận hiện nay."
)
WARD = ward_before_2025("quận Nam Từ Liêm")

MODELS = (
    DemoModel(
        slug="chinh-quyen-cong-so-than-thien-trach-nhiem",
        title="Chính quyền, công sở thân thiện và trách nhiệm",
        summary="Quận Nam Từ Liêm và 10 phường của quận là nơi đầu tiên ở Hà Nội thực hiện mô hình "
        "về cách công sở cư xử với người dân.",
        unit=DISTRICT,
        places="Quận và 10 phường",
        field="civil-service",
        problem="<p>Một thủ tục đúng hạn vẫn có thể để lại ấn tượng xấu, nếu người dân không được "
        "chào hỏi, không được giải thích, hoặc không biết hỏi ai.</p>",
        way="<p>Quận và cả 10 phường cùng thực hiện mô hình “Chính quyền, công sở thân thiện và "
        "trách nhiệm”. Làm đồng thời ở hai cấp để người dân gặp cùng một cách ứng xử, dù đến quận "
        "hay đến phường.</p>",
        result="<p>Nam Từ Liêm là nơi đầu tiên của Hà Nội thực hiện mô hình này. Giai đoạn "
        "2022–2023, quận đứng thứ hai trong 30 quận, huyện, thị xã về chỉ số cải cách hành chính; "
        "nguồn tin không nói mô hình góp bao nhiêu vào thứ hạng ấy.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Nói rõ “thân thiện” và “trách nhiệm” là "
        "những việc nào ở quầy, để ai cũng kiểm tra được.</li><li>Đo bằng khảo sát hài lòng sau "
        "mỗi lượt giao dịch, công bố theo tháng.</li></ul>",
        ended_note=ENDED,
        body=(not_told("Bài báo không nêu từng tiêu chí của mô hình."),),
    ),
    DemoModel(
        slug="mot-cua-do-thi-hien-dai",
        title="Một cửa đô thị hiện đại",
        summary="Mô hình được thí điểm ở phường Trung Văn và phường Mỹ Đình 1, sau đó nhân rộng, "
        "trong loạt sáng kiến của quận Nam Từ Liêm.",
        unit=DISTRICT,
        places="Phường Trung Văn, phường Mỹ Đình 1, rồi thêm phường khác",
        field="procedures",
        status="replicated",
        problem="<p>Phường đô thị đông dân có áp lực riêng: nhiều lượt giao dịch mỗi ngày, nhiều "
        "người mới chuyển đến, yêu cầu cao về thời gian.</p>",
        way="<p>Mô hình được làm thử ở phường Trung Văn và phường Mỹ Đình 1. Sau thí điểm, quận "
        "nhân rộng ra những phường khác.</p>",
        result="<p>Từ hai phường thí điểm, mô hình được nhân rộng.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Thí điểm ở nơi khó vừa phải, không phải "
        "nơi dễ nhất.</li><li>Đặt trước câu hỏi đánh giá: thời gian chờ, số lần đi lại, mức hài "
        "lòng; đo trước rồi mới làm.</li><li>Viết lại những gì học được thành một tài liệu ngắn "
        "trước khi nhân rộng.</li></ul>",
        ended_note=ENDED,
        body=(
            not_told(
                "Bài báo không mô tả thiết bị hay quy trình cụ thể của mô hình, cũng không nêu số "
                "phường đã nhân rộng."
            ),
        ),
    ),
    DemoModel(
        slug="ngay-khong-viet-ngay-khong-doi",
        title="Ngày không viết, Ngày không đợi",
        summary="Hai tên gọi ngắn, hai điều người dân ngại nhất khi đi làm thủ tục: phải viết tay "
        "và phải ngồi đợi. Quận Nam Từ Liêm lấy đó làm mục tiêu cho bộ phận Một cửa.",
        unit=DISTRICT,
        places="Các bộ phận Một cửa",
        field="procedures",
        problem="<p>Hỏi người vừa rời bộ phận Một cửa xem điều gì mệt nhất, câu trả lời thường "
        "không phải là luật khó. Mệt vì phải viết đi viết lại cùng những thông tin, và vì phải "
        "ngồi đợi.</p>",
        way="<p>Tại bộ phận Một cửa có những ngày người dân không phải viết tay, và những ngày "
        "người dân không phải đợi. Mục tiêu nói bằng lời thường, ai cũng kiểm tra được.</p>",
        result="<p>Mô hình được thực hiện ở bộ phận Một cửa của quận, cùng với phong trào thi đua "
        "rút ngắn thời gian giải quyết thủ tục.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>“Không viết” là chuyện của dữ liệu: thông "
        "tin đã có thì điền sẵn, công chức nhập giúp rồi in ra để người dân đọc lại và ký.</li>"
        "<li>“Không đợi” là chuyện của luồng người: hẹn giờ, chia quầy theo nhóm việc, trả kết quả "
        "ở quầy riêng.</li><li>Đếm hai con số: số người phải cầm bút, số phút đợi lâu nhất.</li>"
        "<li>Không để “không đợi” thành “không nhận”: ai đến cũng phải được tiếp.</li></ul>",
        ended_note=ENDED,
        measures=(
            DemoMeasure("nguoi-phai-viet-tay", "Người phải viết tay trong ngày", "người"),
            DemoMeasure("phut-doi-lau-nhat", "Thời gian đợi lâu nhất", "phút", kind="level"),
        ),
        body=(
            not_told(
                "Bài báo không nêu các biện pháp cụ thể của quận. Phần gợi ý là của Ban biên tập."
            ),
        ),
    ),
    DemoModel(
        slug="cong-thong-tin-phuong-tren-zalo",
        title="Cổng thông tin điện tử phường trên Zalo OA",
        summary="Đầu năm 2024, phường Phương Canh mở cổng thông tin điện tử trên Zalo OA, một "
        "trong bốn nhiệm vụ của mô hình chuyển đổi số cấp phường.",
        unit="Phường Phương Canh, quận Nam Từ Liêm",
        field="digital",
        launched=IN_2024,
        problem="<p>Người dân không mở trang web của phường mỗi ngày, nhưng mở Zalo mỗi ngày. Tin "
        "đăng ở nơi không ai ghé thì coi như chưa đăng.</p>",
        way="<p>Phường đưa cổng thông tin điện tử lên Zalo OA, tài khoản chính thức dành cho cơ "
        "quan, tổ chức. Đây là một phần của mô hình chuyển đổi số dựng trên ba trụ cột: chính "
        "quyền số, kinh tế số và xã hội số.</p>",
        result="<p>Cổng thông tin mở từ đầu năm 2024, cùng ba nhiệm vụ khác của mô hình.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Giao một người trả lời tin nhắn và hẹn giờ "
        "trả lời; kênh không hồi âm làm mất lòng tin nhanh hơn không có kênh.</li><li>Mỗi tin một "
        "việc, kèm đường dẫn tới bài đầy đủ trên trang của phường.</li><li>Không nhận giấy tờ cá "
        "nhân qua tin nhắn.</li></ul>",
        ended_note=WARD,
        body=(
            (
                "table",
                {
                    "caption": "Bốn nhiệm vụ của mô hình chuyển đổi số phường Phương Canh",
                    "columns": [
                        {"type": "text", "heading": "Nhiệm vụ"},
                        {"type": "text", "heading": "Việc"},
                    ],
                    "rows": [
                        {"values": ["1", "Cổng thông tin điện tử phường trên Zalo OA"]},
                        {"values": ["2", "Camera an ninh trên các trục đường chính"]},
                        {"values": ["3", "Chính quyền điện tử hướng tới sự hài lòng"]},
                        {"values": ["4", "Nhà trọ chuyển đổi số"]},
                    ],
                },
            ),
            not_told("Bài báo không nêu số người quan tâm kênh Zalo của phường."),
        ),
    ),
    DemoModel(
        slug="nha-tro-chuyen-doi-so",
        title="Nhà trọ chuyển đổi số",
        summary="Nhiệm vụ thứ tư trong mô hình chuyển đổi số của phường Phương Canh, hướng tới "
        "những khu nhà trọ trên địa bàn.",
        unit="Phường Phương Canh, quận Nam Từ Liêm",
        field="digital",
        problem="<p>Người thuê trọ thay đổi chỗ ở nhiều, ít dự họp tổ dân phố, nên dễ bị bỏ sót "
        "khi chính quyền thông báo hay hướng dẫn thủ tục.</p>",
        way="<p>Phường xếp nhà trọ thành một nhiệm vụ riêng của mô hình chuyển đổi số, bên cạnh "
        "cổng thông tin trên Zalo OA, camera an ninh ở các trục đường chính và chính quyền điện tử "
        "hướng tới sự hài lòng.</p>",
        result="<p>Nhà trọ là một trong bốn nhiệm vụ của mô hình ba trụ cột của phường.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Bắt đầu từ việc người thuê trọ cần nhất: "
        "đăng ký tạm trú, học cho con, khám chữa bệnh.</li><li>Chủ trọ là đầu mối, không phải "
        "người làm thay: dữ liệu cá nhân do chính người thuê khai.</li></ul>",
        ended_note=WARD,
        body=(not_told("Bài báo không nêu số nhà trọ tham gia hay phần mềm được dùng."),),
    ),
    DemoModel(
        slug="mot-cua-so",
        title="Một cửa số",
        summary="Phường Mỹ Đình 2 giới thiệu mô hình “Một cửa số” trong năm 2024.",
        unit="Phường Mỹ Đình 2, quận Nam Từ Liêm",
        field="digital",
        launched=IN_2024,
        problem="<p>Hồ sơ nộp qua mạng mà vẫn xử lý bằng giấy thì người dân chờ như cũ, công chức "
        "làm hai lần.</p>",
        way="<p>Năm 2024, phường giới thiệu mô hình “Một cửa số”, tiếp theo loạt mô hình về bộ "
        "phận Một cửa của quận Nam Từ Liêm.</p>",
        result="<p>Mô hình được giới thiệu năm 2024; nguồn tin chưa nói đến kết quả.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Đi một hồ sơ từ đầu đến cuối và ghi mỗi "
        "chỗ còn phải in giấy.</li><li>Giữ một quầy có người giúp cho ai chưa quen làm trên "
        "máy.</li></ul>",
        ended_note=WARD,
        body=(not_told("Bài báo chỉ nêu tên và thời gian, không mô tả cách làm cụ thể."),),
    ),
    DemoModel(
        slug="cuoc-thi-cchc-chuyen-doi-so-de-an-06",
        title="Cuộc thi tìm hiểu cải cách hành chính, chuyển đổi số, Đề án 06",
        summary="Quận Nam Từ Liêm phát động năm 2024 một cuộc thi tìm hiểu và tuyên truyền về cải "
        "cách hành chính, chuyển đổi số và Đề án 06.",
        unit=DISTRICT,
        field="communication",
        launched=IN_2024,
        problem="<p>Ba chương trình lớn chạy cùng lúc, nhiều từ mới: người dân và cả cán bộ khó "
        "biết cái nào giúp được việc gì cho mình.</p>",
        way="<p>Quận phát động cuộc thi vừa tìm hiểu vừa tuyên truyền: người dự thi học để trả lời "
        "và kể lại cho người khác.</p>",
        result="<p>Cuộc thi được phát động năm 2024; nguồn tin chưa nói đến kết quả.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Mỗi câu hỏi dẫn điều luật còn hiệu lực và "
        "có lời giải thích để học được ngay.</li><li>Đếm người dự thi, không chỉ lượt thi.</li>"
        "</ul>",
        ended_note=ENDED,
        body=(not_told("Bài báo không nêu số người dự thi."),),
    ),
    DemoModel(
        slug="thi-dua-rut-ngan-thoi-gian-thu-tuc",
        title="Thi đua tối ưu hóa quy trình, rút ngắn tối đa thời gian giải quyết thủ tục",
        summary="Quận Nam Từ Liêm mở phong trào thi đua để các đơn vị đề xuất mô hình, giải pháp "
        "rút ngắn thời gian giải quyết thủ tục hành chính.",
        unit=DISTRICT,
        field="procedures",
        problem="<p>Thời hạn ghi trong quy định là mức tối đa, nhưng dễ thành mức thường dùng: hồ "
        "sơ xong sớm vẫn nằm chờ đến ngày hẹn.</p>",
        way="<p>Phong trào thi đua khuyến khích các đơn vị tìm mô hình và giải pháp tối ưu hóa quy "
        "trình, rút ngắn tối đa thời gian giải quyết thủ tục hành chính.</p>",
        result="<p>Phong trào là nơi sinh ra các mô hình, giải pháp của quận và phường.</p>",
        adopting="<p>Gợi ý của Ban biên tập:</p><ul><li>Đo thời gian thật của từng bước trước khi "
        "cắt.</li><li>Tính cả số hồ sơ phải bổ sung: rút ngắn bằng cách trả lại sớm không phải là "
        "rút ngắn.</li></ul>",
        ended_note=ENDED,
        measures=(
            DemoMeasure(
                "ngay-giai-quyet-trung-binh", "Thời gian giải quyết trung bình", "ngày", "level"
            ),
        ),
        body=(not_told("Bài báo không nêu thủ tục nào đã được rút ngắn bao nhiêu ngày."),),
    ),
)
