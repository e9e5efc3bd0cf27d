"""Text typed for fonts from before Unicode: TCVN3 ("NguyÔn V¨n") and VNI ("Nguyeãn Vaên").

Such text arrives as Latin-1 characters. Use it through `core.vietnamese`. Nothing here decides
to convert: a screen shows the text before and after, a person confirms.
Sources: TCVN 5712:1993 (VN3); the VNI Windows character set.
"""

import re
import unicodedata
from typing import Literal

type LegacyEncoding = Literal["tcvn3", "vni"]

# Capital vowels with a tone do not exist in TCVN3: an "H" font draws the small ones as capitals.
_TCVN3_TO_UNICODE = dict(
    zip(
        "µ¶·¸¹ »¼½¾Æ ÇÈÉÊË ÌÎÏÐÑ ÒÓÔÕÖ ×ØÜÝÞ ßáâãä åæçèé êëìíî ïñòóô õö÷øù úûüýþ "
        "¨©ª«¬\xad® ¡¢£¤¥¦§",
        "àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ ăâêôơưđ ĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_TCVN3_TRANSLATION = str.maketrans(_TCVN3_TO_UNICODE)

# VNI spells most vowels as a letter and a second character for its marks; these stand alone.
_VNI_ALONE = dict(zip("ìæóíò î ñ ô ö", "ìỉĩíị ỵ đ ơ ư", strict=True))
_VNI_PLAIN_MARKS = "øûõùï"
_VNI_PAIRS = {
    spelling: letter
    for vowel, marks, letters in [
        ("a", _VNI_PLAIN_MARKS, "àảãáạ"),
        ("a", "êèúüéë", "ăằẳẵắặ"),
        ("a", "âàåãáä", "âầẩẫấậ"),
        ("e", _VNI_PLAIN_MARKS, "èẻẽéẹ"),
        ("e", "âàåãáä", "êềểễếệ"),
        ("o", _VNI_PLAIN_MARKS, "òỏõóọ"),
        ("o", "âàåãáä", "ôồổỗốộ"),
        ("ô", _VNI_PLAIN_MARKS, "ờởỡớợ"),
        ("u", _VNI_PLAIN_MARKS, "ùủũúụ"),
        ("ö", _VNI_PLAIN_MARKS, "ừửữứự"),
        ("y", "øûõù", "ỳỷỹý"),
    ]
    for spelling, letter in zip((vowel + mark for mark in marks), letters, strict=True)
}
_VNI_TO_UNICODE = {key: value for key, value in _VNI_ALONE.items() if key != " "} | _VNI_PAIRS
_VNI_SPELLING = re.compile("|".join(sorted(_VNI_TO_UNICODE, key=len, reverse=True)), re.IGNORECASE)

_TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?:"
    r"(?:[aăâeêioôơuưy]|i?ê|yê|uô|ươ|oă|oa|oe|uâ|uy|uyê|uê)(?:ch|c|m|ng|nh|n|p|t)"
    r"|[aeêioôơuưy]|ia|ua|ưa|oa|oe|uê|uy|uơ|uya"
    r"|ai|ay|ao|au|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|iêu|yêu|êu|uôi|ươi|ươu"
    r"|oai|oay|oao|oeo|uay|uây|uyu|uao|uêu"
    r")"
)
_WORD = re.compile(r"[A-Za-z\xa1-\xff\xad]+")
_CAPITALS = re.compile(r"[A-Z]{2}")


def detect_legacy_encoding(text: str) -> LegacyEncoding | None:
    """Which old encoding `text` seems to be in, None for Unicode or when it cannot be told.

    Counts the words that are Vietnamese syllables as they stand and after each conversion; an
    encoding must win outright and explain at least half of the words with non-ASCII characters.
    Short text can be right in both ("Hoàng" is also VNI for "Hồng"): Unicode wins such a tie, so
    ask with as much text of one column as there is. Text with letters that only Unicode has
    (ă, ễ …) is None.
    """
    if any(char > "\xff" and char.isalpha() for char in unicodedata.normalize("NFC", text)):
        return None
    words = [word for word in _WORD.findall(text) if len(word) > 1 and not word.isascii()]
    as_is = sum(map(_is_syllable, words))
    tcvn3 = sum(_is_syllable(convert_legacy(word, "tcvn3")) for word in words)
    vni = sum(_is_syllable(convert_legacy(word, "vni")) for word in words)
    best = max(tcvn3, vni)
    if best <= as_is or tcvn3 == vni or 2 * best < len(words):
        return None
    return "tcvn3" if tcvn3 > vni else "vni"


def convert_legacy(text: str, encoding: LegacyEncoding) -> str:
    """`text` as Unicode (NFC). Characters that the encoding does not use stay as they are.

    TCVN3 text whose ASCII letters are all capitals was typed for a capitals font ("NGUYÔN"):
    it comes out in capitals.
    """
    if encoding == "vni":
        return unicodedata.normalize("NFC", _VNI_SPELLING.sub(_vni_letter, text))
    converted = text.translate(_TCVN3_TRANSLATION)
    if _CAPITALS.search(text) and not re.search("[a-z]", text):
        converted = converted.upper()
    return unicodedata.normalize("NFC", converted)


def _vni_letter(match: re.Match[str]) -> str:
    spelling = match[0]
    letter = _VNI_TO_UNICODE[spelling.lower()]
    return letter.upper() if spelling[0].isupper() else letter


def _is_syllable(word: str) -> bool:
    decomposed = unicodedata.normalize("NFD", word.lower().replace("ñ", "?"))
    bare = "".join(char for char in decomposed if char not in _TONES)
    if len(decomposed) - len(bare) > 1:
        return False
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))
