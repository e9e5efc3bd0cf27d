"""Texts of the demo in English. Facts as in cms.demo.model_texts: what the source does not say is
not claimed, and advice is marked as ours."""

from typing import Any

_SOURCE = "Lao động Thủ đô newspaper, “Góp phần loại bỏ rào cản giữa công dân với chính quyền”"
_DRAWING = "Một Cửa (drawing)"

FIELDS = {
    "Hộ tịch": "Civil status",
    "Chứng thực": "Certification",
    "Xây dựng": "Construction",
    "Đăng ký kinh doanh": "Business registration",
    "Bảo trợ xã hội": "Social assistance",
}
EVENTS = {
    "Sinh con, nuôi con": "Having and raising a child",
    "Kết hôn, gia đình": "Marriage and family",
    "Người thân qua đời": "Death of a relative",
    "Cần giấy tờ có chứng thực": "Certified papers",
    "Xây, sửa nhà": "Building or repairing a house",
    "Mở cửa hàng, làm ăn": "Opening a shop or business",
    "Gặp khó khăn, cần trợ giúp": "Hardship and assistance",
}

ARTICLES: dict[str, dict[str, Any]] = {
    "nam-viec-truoc-khi-den-mot-cua": {
        "english_slug": "five-things-before-you-come",
        "fields": {
            "title": "Five things to do before you come to the one-stop office",
            "summary": "Most second visits are for one missing paper or a forgotten password. "
            "Fifteen minutes at home can save you half a day.",
            "cover_alt": "Three forms with tick boxes and a phone showing a QR code.",
            "cover_credit": _DRAWING,
        },
        "body": [
            (
                "text",
                "<h2>Check the right procedure, on the day</h2><p>What a file needs can change. "
                "Look at the page of the procedure itself, and at the date of its last update at "
                "the foot of that page, rather than a photo of last year's leaflet.</p>"
                "<h2>Bring the originals</h2><p>Clear copies are enough to file, but the officer "
                "compares them with the originals once. Papers that are already in your VNeID "
                "account need not be brought.</p><h2>Charge the phone that has VNeID</h2><p>And "
                "make sure you remember its password.</p><h2>Book a slot if you can only come out "
                "of hours</h2><p>Where an office opens beyond office hours, a booking tells you "
                "when you will be served.</p><h2>Write down the file's code</h2><p>With it you can "
                "follow your file without asking at the counter.</p>",
            ),
            (
                "callout",
                {
                    "kind": "warning",
                    "title": "Forgotten your VNeID password?",
                    "text": "<p>Recover it before you come. It needs the phone number registered "
                    "in your own name, and cannot be done for you at the counter.</p>",
                },
            ),
        ],
    },
    "nop-ho-so-khong-phu-thuoc-dia-gioi": {
        "english_slug": "file-at-any-ward-of-your-city",
        "fields": {
            "title": "File at any ward or commune of your city or province",
            "summary": "Since 1 July 2025 residents may file at whichever one-stop office of their "
            "province or city suits them, not only where they are registered.",
            "cover_alt": "Two officers behind a counter, two residents handing in files.",
            "cover_credit": _DRAWING,
        },
        "body": [
            (
                "text",
                "<p>Decree 118/2025/NĐ-CP allows files to be received regardless of administrative "
                "boundaries within a province. The office that receives a file passes it to the "
                "one competent to decide; the applicant does not carry it there.</p>",
            ),
            (
                "table",
                {
                    "columns": [
                        {"type": "text", "heading": "What you do"},
                        {"type": "text", "heading": "Before 1 July 2025"},
                        {"type": "text", "heading": "Now"},
                    ],
                    "rows": [
                        {"values": ["File", "Where you live, or the district", "Any ward"]},
                        {"values": ["Follow", "Ask where you filed", "Look up the file's code"]},
                        {"values": ["Receive", "Where you filed", "Counter, post or online"]},
                    ],
                    "caption": "What has changed",
                },
            ),
            (
                "text",
                "<h2>When it is still better to go where you live</h2><p>Where a file needs a "
                "check on site, as with land, an officer still comes to the plot. Filing "
                "elsewhere is not slower, but leave a phone number that works.</p>",
            ),
        ],
    },
}

MODELS: dict[str, dict[str, Any]] = {
    "gio-lam-viec-thu-9": {
        "english_slug": "ninth-working-hour",
        "measure": ("Files received in the ninth hour (illustrative figures)", "files"),
        "fields": {
            "title": "The ninth working hour",
            "summary": "From 20 June 2024 the one-stop offices of Ba Vì District and its communes "
            "worked one hour more, out of office hours, for every procedure that makes a file.",
            "unit_name": "Ba Vì District",
            "places": "One-stop offices of the district and its communes",
            "unit_ended_note": "Ba Vì District ended on 1 July 2025, as did districts "
            "nationwide. What it did can still be done in communes and wards.",
            "problem": "<p>Shift workers, traders and parents of small children share one "
            "difficulty: when they are free the office is closed, and when it is open they cannot "
            "leave work.</p>",
            "way": "<p>The one-stop offices of the district and of the communes worked one hour "
            "more, out of office hours. The hour was not for a few chosen procedures: every "
            "procedure that makes a file was received.</p>",
            "result": "<p>People who cannot come in office hours had one more hour a day to file, "
            "at both levels.</p>",
            "adopting": "<p>Advice of our editors:</p><ul><li>Choose the hour by how people "
            "travel, then keep it.</li><li>Announce it by loudspeaker, notices at workplaces and "
            "Zalo.</li>"
            "<li>Take turns, and pay overtime as the rules say.</li><li>Count the files of the "
            "ninth hour.</li></ul>",
            "source_name": _SOURCE,
        },
        "body": [
            (
                "callout",
                {
                    "kind": "info",
                    "title": "What the source does not say",
                    "text": "<p>The article gives no number of files received in the additional "
                    "hour, so the result above has none.</p>",
                },
            )
        ],
    },
    "nop-ho-so-cap-phep-xay-dung-tai-phuong": {
        "english_slug": "building-permits-filed-at-the-ward",
        "measure": ("Residents who filed online at their ward", "people"),
        "fields": {
            "title": "Building permits filed online at the ward",
            "summary": "In two wards, Thượng Cát and Cổ Nhuế 2, 97 residents filed for a building "
            "permit online in just over two months, without going to the district.",
            "unit_name": "Bắc Từ Liêm District",
            "places": "Thượng Cát and Cổ Nhuế 2 wards",
            "unit_ended_note": "Bắc Từ Liêm District ended on 1 July 2025, as did districts "
            "nationwide. This page tells of the model as it was in 2024.",
            "problem": "<p>Most people ask for a building permit once in their lives. The file has "
            "many drawings and papers, and had to be taken to the district.</p>",
            "way": "<p>Files were digitised and sent online from the ward. The district chose one "
            "procedure and two wards before going further.</p>",
            "result": "<p>In just over two months 97 residents filed in this way. It was to be "
            "extended to the other wards.</p>",
            "adopting": "<p>Advice of our editors:</p><ul><li>Have a large-format scanner, or take "
            "drawings as files from the designer.</li><li>Put a checklist of papers at the "
            "counter.</li><li>Count how often a file had to be completed, not only files.</li>"
            "</ul>",
            "source_name": _SOURCE,
        },
        "body": [
            (
                "callout",
                {
                    "kind": "warning",
                    "title": "Check who decides today",
                    "text": "<p>This page describes 2024. Who issues permits, and where to file, "
                    "may have changed since districts ended; see Regulations.</p>",
                },
            )
        ],
    },
}

PROCEDURE: dict[str, Any] = {
    "slug": "dang-ky-khai-sinh",
    "english_slug": "birth-registration",
    "papers": [
        ("Birth registration form (available at the counter)", 1, ""),
        ("Certificate of live birth issued by the health facility", 1, ""),
        (
            "Statement of a witness, or a written undertaking about the birth",
            1,
            "there is no certificate of live birth",
        ),
        (
            "Marriage certificate of the parents (to show only)",
            0,
            "the parents are married and the database does not have it yet",
        ),
        ("Identity card or passport of the person who files (to show only)", 0, ""),
    ],
    "steps": [
        (
            "Fill in the form at the counter or on the National Public Service Portal, and attach "
            "the papers of the list.",
            "",
        ),
        (
            "An officer checks them. If a paper is missing, you are told once, in writing, which.",
            "15 minutes",
        ),
        ("Receive an appointment slip, or the result at once.", ""),
    ],
    "fields": {
        "title": "Birth registration",
        "everyday_name": "Birth certificate",
        "synonyms": "birth certificate\nregister a baby\nnewborn",
        "summary": "For a newborn child, within 60 days of birth. The mother or father files; a "
        "grandparent or another relative may do so instead.",
        "authority": "People's Committee of the ward or commune",
        "who_may_file": "The child's father or mother. If they cannot come, a grandparent or "
        "another relative may, without a power of attorney.",
        "where_to_file": "The one-stop office of the ward or commune, in office hours, or the "
        "National Public Service Portal.",
        "time_limit_note": "Files received after 15:00 are returned on the next working day.",
        "fee_note": "Late registration: a fee set by the city's People's Council.",
        "result": "Birth certificate (original)",
    },
}

CONTEST: dict[str, Any] = {
    "english_slug": "",
    "fields": {
        "title": "Contest of one-stop office staff 2026",
        "summary": "On administrative reform, the one-stop mechanism and how residents are served.",
        "cover_alt": "Three people at three screens in an examination room.",
        "cover_credit": _DRAWING,
        "practice_page": None,
    },
    "body": [
        (
            "text",
            "<p>For people who work at one-stop offices. Questions come from daily work: receiving "
            "files, answering residents, and what to do when papers are missing or time has run "
            "out.</p><p>It is taken on a computer or a phone, at work or at home. Questions and "
            "rules are in Vietnamese. Personal results serve only to rank the contest and to show "
            "each person what to study again.</p>",
        )
    ],
}
