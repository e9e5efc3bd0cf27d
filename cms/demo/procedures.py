"""Twelve procedures that people most often bring to a ward, written for the demo.

Every page says that it is a demonstration: names, codes and papers follow the national list as far
as we know it, and what differs by city or has just changed (fees above all) is said to be by the
rule, not made up.
"""

from dataclasses import dataclass

BY_COUNCIL = "theo nghị quyết của HĐND thành phố"
WARD = "Ủy ban nhân dân phường, xã"
AT_COUNTER = (
    "Bộ phận Một cửa của phường, xã, trong giờ làm việc; hoặc gửi qua Cổng Dịch vụ công quốc gia."
)


@dataclass(frozen=True, slots=True)
class DemoPaper:
    name: str
    originals: int = 0
    copies: int = 0
    condition: str = ""


@dataclass(frozen=True, slots=True)
class DemoProcedure:
    """`steps` are (text, time); `bases` are (number of the instrument, article)."""

    slug: str
    code: str
    title: str
    everyday_name: str
    synonyms: str
    summary: str
    field: str
    events: tuple[str, ...]
    who: str
    papers: tuple[DemoPaper, ...]
    steps: tuple[tuple[str, str], ...]
    result: str
    days: int | None = None
    time_note: str = ""
    fee: int | None = None
    fee_text: str = ""
    fee_note: str = ""
    online: str = "part"
    where: str = AT_COUNTER
    bases: tuple[tuple[str, str], ...] = (("118/2025/NĐ-CP", ""),)


CIVIL, NOTARY = "Hộ tịch", "Chứng thực"
BUILDING, BUSINESS, WELFARE = "Xây dựng", "Đăng ký kinh doanh", "Bảo trợ xã hội"
FIELDS = (CIVIL, NOTARY, BUILDING, BUSINESS, WELFARE)

BIRTH, MARRIAGE, DEATH = "Sinh con, nuôi con", "Kết hôn, gia đình", "Người thân qua đời"
PAPERS, HOUSE = "Cần giấy tờ có chứng thực", "Xây, sửa nhà"
SHOP, HELP = "Mở cửa hàng, làm ăn", "Gặp khó khăn, cần trợ giúp"
EVENTS = (BIRTH, MARRIAGE, HOUSE, SHOP, PAPERS, HELP, DEATH)

_IDENTITY = DemoPaper("Căn cước, thẻ căn cước hoặc hộ chiếu của người đi nộp (chỉ xuất trình)")
_SHORT_WAY = (
    ("Điền tờ khai tại quầy hoặc trên Cổng Dịch vụ công, kèm giấy tờ trong danh sách.", ""),
    ("Công chức kiểm tra; thiếu giấy nào sẽ nói rõ một lần bằng phiếu hướng dẫn.", "15 phút"),
    ("Nhận giấy hẹn hoặc nhận kết quả ngay.", ""),
)

PROCEDURES = (
    DemoProcedure(
        slug="dang-ky-khai-sinh",
        code="1.001193",
        title="Đăng ký khai sinh",
        everyday_name="Làm giấy khai sinh",
        synonyms="giấy khai sinh\nlàm giấy khai sinh cho con\nđăng ký cho con mới sinh\n"
        "làm khai sinh cho bé\ngks",
        summary="Cho trẻ mới sinh, trong 60 ngày kể từ ngày sinh. Cha hoặc mẹ đi nộp; ông bà, "
        "người thân đi thay cũng được.",
        field=CIVIL,
        events=(BIRTH,),
        who="Cha hoặc mẹ của trẻ. Nếu cha mẹ không đi được thì ông, bà hoặc người thân khác đi "
        "thay, không cần giấy ủy quyền.",
        papers=(
            DemoPaper("Tờ khai đăng ký khai sinh (mẫu có sẵn tại quầy)", 1),
            DemoPaper("Giấy chứng sinh do cơ sở y tế cấp", 1),
            DemoPaper(
                "Văn bản của người làm chứng hoặc giấy cam đoan về việc sinh",
                1,
                0,
                "không có giấy chứng sinh",
            ),
            DemoPaper(
                "Giấy chứng nhận kết hôn của cha mẹ (chỉ xuất trình)",
                0,
                0,
                "cha mẹ đã kết hôn mà dữ liệu chưa có",
            ),
            _IDENTITY,
        ),
        steps=_SHORT_WAY,
        days=0,
        time_note="Nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo.",
        fee=0,
        fee_note="Đăng ký quá hạn: lệ phí theo nghị quyết của HĐND thành phố.",
        result="Giấy khai sinh (bản chính)",
        online="full",
        bases=(("118/2025/NĐ-CP", ""), ("26/2023/QH15", "")),
    ),
    DemoProcedure(
        slug="dang-ky-khai-tu",
        code="1.000656",
        title="Đăng ký khai tử",
        everyday_name="Khai tử cho người thân",
        synonyms="giấy chứng tử\nbáo tử\nngười nhà mất\nlàm giấy khai tử",
        summary="Khi có người thân qua đời, trong 15 ngày kể từ ngày mất.",
        field=CIVIL,
        events=(DEATH,),
        who="Vợ, chồng, con, cha, mẹ hoặc người thân khác của người đã mất.",
        papers=(
            DemoPaper("Tờ khai đăng ký khai tử (mẫu có sẵn tại quầy)", 1),
            DemoPaper("Giấy báo tử hoặc giấy tờ thay giấy báo tử", 1),
            _IDENTITY,
        ),
        steps=_SHORT_WAY,
        days=0,
        time_note="Cần xác minh thì không quá 3 ngày làm việc.",
        fee=0,
        fee_note="Đăng ký quá hạn: lệ phí theo nghị quyết của HĐND thành phố.",
        result="Trích lục khai tử",
        online="full",
    ),
    DemoProcedure(
        slug="dang-ky-ket-hon",
        code="1.000894",
        title="Đăng ký kết hôn",
        everyday_name="Đăng ký kết hôn",
        synonyms="làm giấy kết hôn\nđăng ký hôn thú\ncưới\nlấy vợ lấy chồng",
        summary="Hai bên nam nữ cùng có mặt khi nhận giấy chứng nhận.",
        field=CIVIL,
        events=(MARRIAGE,),
        who="Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi, tự nguyện kết hôn và không thuộc trường hợp cấm.",
        papers=(
            DemoPaper("Tờ khai đăng ký kết hôn, hai người có thể khai chung", 1),
            DemoPaper(
                "Giấy xác nhận tình trạng hôn nhân",
                1,
                0,
                "một bên thường trú ở nơi khác và dữ liệu dân cư chưa có thông tin",
            ),
            DemoPaper("Căn cước hoặc hộ chiếu của cả hai người (chỉ xuất trình)"),
        ),
        steps=(
            *_SHORT_WAY[:2],
            ("Hai người cùng ký vào sổ và giấy chứng nhận kết hôn.", "tại chỗ"),
        ),
        days=0,
        time_note="Cần xác minh thì không quá 5 ngày làm việc.",
        fee=0,
        fee_note="Cho công dân Việt Nam cư trú ở trong nước.",
        result="Giấy chứng nhận kết hôn, mỗi người một bản",
    ),
    DemoProcedure(
        slug="xac-nhan-tinh-trang-hon-nhan",
        code="1.004873",
        title="Cấp Giấy xác nhận tình trạng hôn nhân",
        everyday_name="Xác nhận độc thân",
        synonyms="giấy độc thân\nxác nhận tình trạng hôn nhân\ngiấy chưa kết hôn\nđể vay ngân hàng"
        "\nđể mua bán nhà đất",
        summary="Dùng khi kết hôn ở nơi khác, vay vốn, mua bán nhà đất. Phải ghi rõ dùng vào việc "
        "gì.",
        field=CIVIL,
        events=(MARRIAGE,),
        who="Người cần giấy, tại nơi thường trú; chưa có nơi thường trú thì tại nơi tạm trú.",
        papers=(
            DemoPaper("Tờ khai cấp giấy xác nhận tình trạng hôn nhân", 1),
            DemoPaper("Trích lục ghi chú ly hôn hoặc bản án, quyết định ly hôn", 0, 1, "đã ly hôn"),
            DemoPaper("Giấy chứng tử của vợ hoặc chồng", 0, 1, "vợ hoặc chồng đã mất"),
            _IDENTITY,
        ),
        steps=_SHORT_WAY,
        days=3,
        fee_text=BY_COUNCIL,
        result="Giấy xác nhận tình trạng hôn nhân, dùng trong 6 tháng",
        online="full",
    ),
    DemoProcedure(
        slug="trich-luc-ho-tich",
        code="2.000635",
        title="Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh",
        everyday_name="Xin bản sao khai sinh, trích lục",
        synonyms="bản sao khai sinh\nmất giấy khai sinh\nxin lại giấy khai sinh\ntrích lục",
        summary="Khi cần thêm bản sao hoặc bản chính đã mất mà sổ gốc còn lưu.",
        field=CIVIL,
        events=(BIRTH, MARRIAGE),
        who="Người có tên trong giấy; người thân hoặc người được ủy quyền nộp thay.",
        papers=(
            DemoPaper("Tờ khai cấp bản sao trích lục hộ tịch", 1),
            DemoPaper("Văn bản ủy quyền", 1, 0, "nộp thay người không phải ruột thịt"),
            _IDENTITY,
        ),
        steps=_SHORT_WAY,
        days=0,
        fee=8000,
        fee_text="một bản",
        result="Bản sao trích lục hoặc bản sao Giấy khai sinh",
        online="full",
    ),
    DemoProcedure(
        slug="chung-thuc-ban-sao",
        code="2.000815",
        title="Chứng thực bản sao từ bản chính giấy tờ, văn bản",
        everyday_name="Chứng thực bản sao",
        synonyms="sao y\nsao y bản chính\ncông chứng giấy tờ\nphô tô công chứng\nbản sao y",
        summary="Mang bản chính và bản chụp đến bất kỳ phường, xã nào, không phụ thuộc nơi ở.",
        field=NOTARY,
        events=(PAPERS,),
        who="Bất kỳ ai giữ bản chính giấy tờ do cơ quan, tổ chức Việt Nam cấp.",
        papers=(
            DemoPaper("Bản chính giấy tờ cần sao", 1),
            DemoPaper("Bản chụp từ bản chính", 0, 1, "quầy không có máy chụp"),
        ),
        steps=(
            ("Đưa bản chính và bản chụp tại quầy.", ""),
            ("Công chức đối chiếu, ký và đóng dấu bản sao.", "trong ngày"),
        ),
        days=0,
        time_note="Nhận sau 15 giờ, hoặc nhiều trang, thì có thể hẹn ngày làm việc tiếp theo.",
        fee=2000,
        fee_text="một trang",
        fee_note="Từ trang thứ ba 1.000 đồng một trang, nhiều nhất 200.000 đồng một bản.",
        result="Bản sao có chứng thực",
        where="Bộ phận Một cửa của bất kỳ phường, xã nào, trong giờ làm việc.",
        online="part",
    ),
    DemoProcedure(
        slug="chung-thuc-chu-ky",
        code="2.000884",
        title="Chứng thực chữ ký trong giấy tờ, văn bản",
        everyday_name="Chứng thực chữ ký",
        synonyms="xác nhận chữ ký\ngiấy ủy quyền\nxác nhận sơ yếu lý lịch\nsơ yếu lý lịch",
        summary="Cho sơ yếu lý lịch, giấy ủy quyền và giấy tờ khác phải ký trước mặt công chức.",
        field=NOTARY,
        events=(PAPERS,),
        who="Chính người ký; đến cùng giấy tờ chưa ký.",
        papers=(
            DemoPaper("Giấy tờ sẽ ký vào, chưa ký trước", 1),
            DemoPaper("Căn cước, thẻ căn cước hoặc hộ chiếu còn giá trị (chỉ xuất trình)"),
        ),
        steps=(
            ("Ký trước mặt công chức tiếp nhận.", ""),
            ("Công chức chứng thực và trả giấy.", "trong ngày"),
        ),
        days=0,
        fee=10000,
        fee_text="một trường hợp",
        result="Giấy tờ có chữ ký được chứng thực",
        where="Bộ phận Một cửa của bất kỳ phường, xã nào, trong giờ làm việc.",
        online="none",
    ),
    DemoProcedure(
        slug="cap-giay-phep-xay-dung-nha-o",
        code="1.009994",
        title="Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
        everyday_name="Xin phép xây nhà",
        synonyms="giấy phép xây dựng\ngpxd\nxây nhà\nlàm nhà mới\ncơi nới",
        summary="Trước khi khởi công nhà ở riêng lẻ tại nơi phải có giấy phép.",
        field=BUILDING,
        events=(HOUSE,),
        who="Chủ đất hoặc người có quyền sử dụng đất hợp pháp; có thể ủy quyền.",
        papers=(
            DemoPaper("Đơn đề nghị cấp giấy phép xây dựng", 1),
            DemoPaper("Giấy tờ về quyền sử dụng đất", 0, 1),
            DemoPaper("Bản vẽ thiết kế xây dựng", 0, 2),
            DemoPaper("Cam kết bảo đảm an toàn", 1, 0, "có công trình liền kề"),
            DemoPaper("Giấy ủy quyền", 1, 0, "nộp thay chủ nhà"),
        ),
        steps=(
            ("Nộp hồ sơ tại Bộ phận Một cửa hoặc qua mạng.", ""),
            ("Cán bộ kiểm tra hồ sơ, xem thực địa khi cần.", ""),
            ("Nhận giấy phép và bản vẽ đóng dấu.", ""),
        ),
        time_note="Theo quy trình của thành phố, ghi trên giấy hẹn.",
        fee_text=BY_COUNCIL,
        result="Giấy phép xây dựng kèm bản vẽ",
        online="full",
    ),
    DemoProcedure(
        slug="dang-ky-ho-kinh-doanh",
        code="1.001612",
        title="Đăng ký thành lập hộ kinh doanh",
        everyday_name="Đăng ký hộ kinh doanh",
        synonyms="mở cửa hàng\ngiấy phép kinh doanh\nbán hàng\nmở quán\nđăng ký bán tạp hóa",
        summary="Cho cá nhân, gia đình mở cửa hàng, quán, cơ sở dịch vụ tại một địa điểm.",
        field=BUSINESS,
        events=(SHOP,),
        who="Cá nhân từ đủ 18 tuổi hoặc các thành viên hộ gia đình, không thuộc trường hợp cấm.",
        papers=(
            DemoPaper("Giấy đề nghị đăng ký hộ kinh doanh", 1),
            DemoPaper("Biên bản họp thành viên hộ gia đình", 0, 1, "các thành viên cùng đăng ký"),
            DemoPaper("Văn bản ủy quyền cho một người làm chủ hộ", 0, 1, "nhiều người đăng ký"),
        ),
        steps=_SHORT_WAY,
        days=3,
        fee_text=BY_COUNCIL,
        result="Giấy chứng nhận đăng ký hộ kinh doanh, kèm mã số thuế",
        online="full",
    ),
    DemoProcedure(
        slug="tro-cap-bao-tro-xa-hoi",
        code="1.001776",
        title="Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hằng tháng",
        everyday_name="Trợ cấp xã hội hằng tháng",
        synonyms="trợ cấp người già\ntrợ cấp người khuyết tật\ntiền bảo trợ\ntrợ cấp mồ côi\n"
        "người cao tuổi không có lương hưu",
        summary="Cho trẻ mồ côi, người cao tuổi không có lương hưu, người khuyết tật nặng và "
        "người khác theo quy định.",
        field=WELFARE,
        events=(HELP,),
        who="Người thuộc diện được hưởng, hoặc người giám hộ, người chăm sóc nộp thay.",
        papers=(
            DemoPaper("Tờ khai đề nghị trợ cấp xã hội (theo mẫu của từng đối tượng)", 1),
            DemoPaper("Giấy xác nhận khuyết tật", 0, 1, "hưởng theo diện khuyết tật"),
            DemoPaper("Giấy khai sinh", 0, 1, "hưởng cho trẻ em"),
            _IDENTITY,
        ),
        steps=(
            ("Nộp hồ sơ; cán bộ đối chiếu với dữ liệu dân cư và bảo hiểm.", ""),
            ("Phường, xã xét duyệt và niêm yết công khai.", ""),
            ("Nhận quyết định, sau đó nhận tiền hằng tháng.", ""),
        ),
        time_note="Theo quy định hiện hành, ghi trên giấy hẹn.",
        fee=0,
        result="Quyết định trợ cấp xã hội hằng tháng",
        online="part",
    ),
    DemoProcedure(
        slug="xac-dinh-muc-do-khuyet-tat",
        code="1.001699",
        title="Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật",
        everyday_name="Giấy xác nhận khuyết tật",
        synonyms="giấy khuyết tật\nlàm chế độ khuyết tật\ngiám định khuyết tật",
        summary="Bước đầu để hưởng chính sách cho người khuyết tật.",
        field=WELFARE,
        events=(HELP,),
        who="Người khuyết tật hoặc người đại diện.",
        papers=(
            DemoPaper("Đơn đề nghị xác định mức độ khuyết tật", 1),
            DemoPaper("Bệnh án, giấy tờ khám, điều trị có liên quan", 0, 1, "đã đi khám, điều trị"),
            _IDENTITY,
        ),
        steps=(
            ("Nộp đơn; người không đi lại được có thể đề nghị xem xét tại nhà.", ""),
            ("Hội đồng họp, quan sát và phỏng vấn.", ""),
            ("Kết luận được thông báo công khai, sau đó cấp giấy.", ""),
        ),
        time_note="Theo quy định hiện hành, ghi trên giấy hẹn.",
        fee=0,
        result="Giấy xác nhận khuyết tật",
        online="part",
        bases=(("63/2010/NĐ-CP", ""), ("61/2018/NĐ-CP", "")),
    ),
    DemoProcedure(
        slug="dang-ky-nhan-cha-me-con",
        code="1.001022",
        title="Đăng ký nhận cha, mẹ, con",
        everyday_name="Nhận cha, mẹ, con",
        synonyms="nhận con\nnhận cha cho con\nthêm tên cha vào khai sinh",
        summary="Khi cần ghi nhận quan hệ cha, mẹ, con trước pháp luật; các bên cùng có mặt.",
        field=CIVIL,
        events=(BIRTH,),
        who="Người nhận và người được nhận; con chưa thành niên thì người đang nuôi dưỡng đi cùng.",
        papers=(
            DemoPaper("Tờ khai đăng ký nhận cha, mẹ, con", 1),
            DemoPaper("Chứng cứ về quan hệ cha con hoặc mẹ con, như kết quả giám định", 1),
            _IDENTITY,
        ),
        steps=_SHORT_WAY,
        days=3,
        time_note="Cần xác minh thì kéo dài thêm không quá 5 ngày làm việc.",
        fee_text=BY_COUNCIL,
        result="Trích lục đăng ký nhận cha, mẹ, con",
        online="part",
    ),
)
