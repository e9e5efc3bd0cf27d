"""Questions in plain text: pasted from Word, e-mail or Zalo, or a text file.

Read as the lines of a Word file without formatting. Where nothing numbers the questions, a blank
line before words that are no option begins the next one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from quizzes.importing.docx import settle_blocks
from quizzes.importing.limits import MAX_LINES
from quizzes.importing.outline import has_lead
from quizzes.importing.parsed import Format, ParseResult, UnreadableFile
from quizzes.importing.text_files import decode_text
from quizzes.importing.word_lines import Line

_QUOTED = re.compile(r"^(?:>\s?)+")  # an answered e-mail
_BULLET = re.compile(r"^\s*[•●▪‣·–-]\s+(?=\*?[A-Ha-h]\s*[.)/:])")
_OPTION = re.compile(r"\s*[*(]{0,2}\s*[A-Ha-h]\s*\*?\s*[.)/:]")
_BELONGS_ABOVE = re.compile(
    r"\s*(?:đáp\s*án|đ/a|answer|key|trả lời|phương án đúng|lời giải|giải thích|hướng dẫn|gợi ý"
    r"|căn cứ|cơ sở pháp lý|trích dẫn|nguồn|chuyên đề|chủ đề|lĩnh vực|mức độ|độ khó)\b"
    r"|\s*(?:ngày )?(?:hết hiệu lực|(?:có )?(?:giá trị|hiệu lực) đến|đúng đến)[^:?]{0,12}:",
    re.IGNORECASE,
)


def read_pasted(data: bytes) -> ParseResult:
    """Raises UnreadableFile."""
    texts = [
        _BULLET.sub("", _QUOTED.sub("", line))
        for line in unicodedata.normalize("NFC", decode_text(data)).split("\n")
    ]
    if len(texts) > MAX_LINES:
        raise UnreadableFile("too_many_lines", limit=MAX_LINES)
    if not any(map(has_lead, texts)):
        texts = list(_numbered(texts))
    lines = [Line(text, (0,) * len(text), place) for place, text in enumerate(texts, 1)]
    return settle_blocks(lines).result(Format.TEXT)


def _numbered(texts: Sequence[str]) -> Iterator[str]:
    """The same lines with "Câu 1:", "Câu 2:" … where a question begins."""
    count = 0
    after_blank, has_options = True, True
    for text in texts:
        if not text.strip():
            after_blank = True
            yield text
            continue
        is_option = bool(_OPTION.match(text))
        begins = after_blank and has_options and not is_option and not _BELONGS_ABOVE.match(text)
        if begins:
            count += 1
            has_options = False
            text = f"Câu {count}: {text.strip()}"
        has_options |= is_option
        after_blank = False
        yield text
