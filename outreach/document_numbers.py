"""How the number of a legal document is said. Pure.

"Nghị định 118/2025/NĐ-CP" is heard as "Nghị định số một trăm mười tám năm hai nghìn không trăm hai
mươi lăm của Chính phủ": a listener can look that up, "trên N Đ C P" nobody keeps in mind. Where a
code is not known the number is spelled as it stands, and the editor is told to check it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from outreach.numbers_in_words import Dialect, cardinal, digit_by_digit

KINDS = {
    "BC": "Báo cáo",
    "CĐ": "Công điện",
    "CT": "Chỉ thị",
    "CTr": "Chương trình",
    "CV": "Công văn",
    "HD": "Hướng dẫn",
    "KH": "Kế hoạch",
    "KL": "Kết luận",
    "L": "Luật",
    "NĐ": "Nghị định",
    "NQ": "Nghị quyết",
    "PL": "Pháp lệnh",
    "QC": "Quy chế",
    "QĐ": "Quyết định",
    "TB": "Thông báo",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TTr": "Tờ trình",
    "VBHN": "Văn bản hợp nhất",
}
ISSUERS = {
    "BCA": "Bộ Công an",
    "BCT": "Bộ Công Thương",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNV": "Bộ Nội vụ",
    "BTC": "Bộ Tài chính",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BTP": "Bộ Tư pháp",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BXD": "Bộ Xây dựng",
    "BYT": "Bộ Y tế",
    "CP": "Chính phủ",
    "HĐND": "Hội đồng nhân dân",
    "QH": "Quốc hội",
    "TTg": "Thủ tướng Chính phủ",
    "UBND": "Ủy ban nhân dân",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "VPCP": "Văn phòng Chính phủ",
}
_LETTERS = {
    "A": "a", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "F": "ép", "G": "giê",
    "H": "hát", "I": "i", "J": "gi", "K": "ca", "L": "e lờ", "M": "em mờ", "N": "en nờ",
    "O": "o", "P": "pê", "Q": "quy", "R": "e rờ", "S": "ét sì", "T": "tê", "U": "u",
    "V": "vê", "W": "vê kép", "X": "ích xì", "Y": "i dài", "Z": "dét",
}  # fmt: skip

PATTERN = re.compile(
    r"(?P<said>(?:"
    + "|".join(sorted(KINDS.values(), key=len, reverse=True))
    # short before the number: "QĐ số 05/2025/QĐ-UBND"
    + r"|\b(?:"
    + "|".join(sorted(KINDS, key=len, reverse=True))
    + r")(?=\s+(?:số|Số)))\s+)?"
    r"(?P<so>(?:số|Số):?\s+)?"
    r"(?P<number>[0-9]{1,6})(?:/(?P<year>[12][0-9]{3}))?"
    r"/(?P<codes>[A-ZĐ][A-Za-zĐđ]{0,9}[0-9]{0,2}(?:-[A-ZĐ][A-Za-zĐđ]{0,9}[0-9]{0,2}){0,3})(?!\w)"
)
_ISSUER_FOLLOWS = re.compile(r"(?:,?\s+ngày\s+[0-9]{1,2}[0-9/.-]{2,8})?,?\s+của\s")


@dataclass(frozen=True, slots=True)
class SaidNumber:
    text: str
    is_sure: bool


def say_document_number(match: re.Match[str], *, dialect: Dialect) -> SaidNumber:
    """The reading of a match of PATTERN."""
    number = cardinal(int(match["number"]), dialect=dialect)
    year = f" năm {cardinal(int(match['year']), dialect=dialect)}" if match["year"] else ""
    kind, issuers = _parts(match["codes"], dialect)
    said = (match["said"] or "").strip()
    said = KINDS.get(said, said)
    if issuers and (kind or said):
        # "… ngày 09/6/2025 của Chính phủ": the sentence itself goes on to say whose it is.
        issuer = "" if _ISSUER_FOLLOWS.match(match.string, match.end()) else f" của {issuers}"
        return SaidNumber(f"{said or kind} số {number}{year}{issuer}", is_sure=True)
    spelled = " ".join(spell(part, dialect=dialect) for part in match["codes"].split("-"))
    year = f" trên {cardinal(int(match['year']), dialect=dialect)}" if match["year"] else ""
    lead = f"{said} số" if said else "số"
    return SaidNumber(f"{lead} {number}{year} trên {spelled}", is_sure=False)


def spell(code: str, *, dialect: Dialect) -> str:
    """Letters by their names, digits together as a number: "A4" → "a bốn"."""
    return " ".join(
        _said_number(piece, dialect) if piece[0].isdigit() else _LETTERS.get(piece.upper(), piece)
        for piece in re.findall(r"[0-9]+|[^\W_]", code)
    )


def _said_number(digits: str, dialect: Dialect) -> str:
    if len(digits) > 6 or not digits.isascii():
        return digit_by_digit(digits)
    return cardinal(int(digits), dialect=dialect)


def _parts(codes: str, dialect: Dialect) -> tuple[str, str]:
    """The kind of document and who issued it; "" for what is not known in full."""
    first, *rest = codes.split("-")
    if not rest and (issuer := _issuer(first, dialect)):
        return "", issuer  # "60/2024/QH15": the kind is said before it, or is a law
    issuers = [_issuer(part, dialect) for part in rest]
    if not rest or not all(issuers):
        return "", ""
    return KINDS.get(first, ""), " và ".join(issuers)


def _issuer(code: str, dialect: Dialect) -> str:
    """QH15 → "Quốc hội khóa mười lăm"."""
    found = re.fullmatch(r"([^\W\d_]+)([0-9]{0,2})", code)
    name = ISSUERS.get(found[1], "") if found else ""
    if found and name and found[2]:
        return f"{name} khóa {cardinal(int(found[2]), dialect=dialect)}"
    return name
