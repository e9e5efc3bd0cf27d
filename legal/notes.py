"""Telling what is written for colleagues from what is written for readers. Pure."""

import re

# What checkers left in summaries of the catalogue we started from. Narrow on purpose: a summary
# that happens to speak of checking ("kiểm tra, giám sát …") is for readers.
_FOR_COLLEAGUES = re.compile(
    r"cần kiểm tra|^Kiểm tra (?:tình trạng áp dụng|chương trình thay thế|nghị định mới)"
)
_SOURCE = re.compile(r"\s*\((nguồn (?:thứ cấp|lưu trữ)[^)]*)\)")
_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-ZÀ-ỸĐ])")


def split_note(summary: str) -> tuple[str, str]:
    """(what readers see, what only editors see), each possibly "". Nothing is lost: each sentence
    goes to one of the two, and a remark on the source goes from its sentence to the note."""
    shown, note = [], []
    for sentence in _SENTENCE_END.split(summary):
        if _FOR_COLLEAGUES.search(sentence):
            note.append(sentence)
            continue
        note += [f"{found[0].upper()}{found[1:]}." for found in _SOURCE.findall(sentence)]
        shown.append(_SOURCE.sub("", sentence))
    return " ".join(shown).strip(), " ".join(note).strip()
