"""Questions in rows: a sheet, a CSV file, or a table in Word with a heading row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizzes.importing.checking import refuse_legacy_text
from quizzes.importing.columns import Header, Rows
from quizzes.importing.file_references import read_reference
from quizzes.importing.parsed import (
    MEDIA,
    Draft,
    Field,
    KeyClaim,
    KeySource,
    Kind,
    Remark,
    Severity,
)
from quizzes.importing.plain import clean, folded, letters_in, sameness, truth_in
from quizzes.importing.row_kinds import SHAPERS, RowAnswer, kind_named, rule_named

_FOOTER = re.compile(
    r"(?:tong (?:so|cong)|nguoi (?:lap|ra de|duyet|bien soan)|ghi chu|luu y|.*\bngay \d+ "
    r"thang \d+|het)\b.*"
)


def read_table(
    rows: Rows, header: Header, *, remarks: list[Remark], sheet: str = ""
) -> Iterator[Draft]:
    """A draft for each row that holds a question; what is no question is noted in ``remarks``."""
    if header.repeated:
        names = ", ".join(header.repeated)
        remarks.append(
            Remark(
                header.row + 1, Field.FILE, "column_repeated", {"names": names}, Severity.WARNING
            )
        )
    if header.unknown:
        names = ", ".join(header.unknown)
        remarks.append(
            Remark(header.row + 1, Field.FILE, "columns_unused", {"names": names}, Severity.NOTE)
        )
    head = [folded(cell) for cell in rows[header.row]] if header.row >= 0 else []
    for index, row in enumerate(rows[header.row + 1 :], header.row + 2):
        cells = [clean(cell) for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled or _is_header_again(head, filled, row):
            continue
        if _is_no_question(cells, filled, header):
            params = {"text": " | ".join(filled)[:80]}
            remarks.append(Remark(index, Field.FILE, "row_left_out", params, Severity.NOTE))
            continue
        draft = _draft(index, cells, header)
        refuse_legacy_text(draft, _at(row, header.columns.get("stem")))
        yield draft


def _is_header_again(head: Sequence[str], filled: Sequence[str], row: Sequence[str]) -> bool:
    """``head`` is folded. Folding every cell is only worth it where the first one fits."""
    first = next((name for name in head if name), None)
    return first == folded(filled[0]) and list(head) == [folded(cell) for cell in row]


def _is_no_question(cells: Sequence[str], filled: Sequence[str], header: Header) -> bool:
    """A part's title over the whole row, or the totals and signatures at the end."""
    has_options = any(_at(cells, column) for column in header.options)
    if has_options or _at(cells, header.columns.get("key")):
        return False
    if _FOOTER.fullmatch(folded(filled[0])):
        return True
    stem = _at(cells, header.columns.get("stem"))
    return not stem and len(set(filled)) == 1 and not filled[0].rstrip(".").isdigit()


def _draft(index: int, cells: Sequence[str], header: Header) -> Draft:
    named = {role: _at(cells, column) for role, column in header.columns.items()}
    number = re.sub(r"\.0$", "", named.get("number", ""))
    draft = Draft(
        number=re.sub(r"^(?:câu|bài)\s*", "", number, flags=re.IGNORECASE).strip(" .:)")[:20],
        row=index,
        stem=named.get("stem", ""),
        explanation=named.get("explanation", ""),
        legal_basis=named.get("legal_basis", ""),
        valid_until=named.get("valid_until", ""),
        topic=named.get("topic", ""),
        difficulty=named.get("difficulty", ""),
    )
    options = [_at(cells, column) for column in header.options]
    while options and not options[-1]:
        options.pop()
    draft.options = options
    _take_kind(draft, named.get("kind", ""))
    if draft.is_refused:
        return draft
    key, rule = named.get("key", ""), named.get("rule", "")
    if draft.declared is not None and draft.declared in SHAPERS:
        asked = rule_named(draft, draft.declared, rule)
        answer = RowAnswer(
            options,
            key,
            named.get("tolerance", ""),
            asked,
            header.numbered,
            named.get("max_words", ""),
        )
        SHAPERS[draft.declared](draft, answer)
        return draft
    if draft.declared is Kind.SITUATION:
        _take_media(draft, named.get("media", ""))
    _take_key(draft, key, header)
    if rule and draft.declared in {None, Kind.MULTIPLE}:
        draft.rule = rule_named(draft, Kind.MULTIPLE, rule)
    return draft


def _take_kind(draft: Draft, text: str) -> None:
    if not text:
        return
    draft.declared = kind_named(text)
    if draft.declared is None:
        draft.remark(Field.KIND, "kind_unknown", kind=text[:40])


def _take_media(draft: Draft, text: str) -> None:
    """Without one the question is refused, as one that came without its picture."""
    reference = read_reference(text)
    if reference is not None:
        draft.pictures[MEDIA] = (reference,)
    else:
        draft.remark(Field.KIND, "situation_without_media")


def _take_key(draft: Draft, text: str, header: Header) -> None:
    truth = truth_in(text)
    if truth is not None and (not draft.options or draft.declared is Kind.TRUE_FALSE):
        _take_truth(draft, truth)
        return
    if not text:
        return  # settled as missing
    indices = letters_in(text)
    if indices is None and header.numbered and re.fullmatch(r"[1-8](?:\s*[,;]\s*[1-8])*", text):
        indices = tuple(sorted({int(digit) - 1 for digit in re.findall(r"[1-8]", text)}))
    same = [i for i, option in enumerate(draft.options) if sameness(option) == sameness(text)]
    if indices is None and len(same) == 1:
        indices = (same[0],)  # the option's own text
    if indices is None:
        draft.remark(Field.KEY, "key_unreadable", value=text[:60])
    else:
        draft.claims.append(KeyClaim(KeySource.COLUMN, indices))
        _settle_truth_options(draft)


def _take_truth(draft: Draft, truth: bool) -> None:
    values = [truth_in(option) for option in draft.options]
    if draft.options and sorted(map(str, values)) != ["False", "True"]:
        draft.remark(Field.OPTIONS, "truth_options")
        return
    draft.options = ["Đúng", "Sai"]
    draft.declared = Kind.TRUE_FALSE
    draft.claims.append(KeyClaim(KeySource.COLUMN, (0 if truth else 1,)))


def _settle_truth_options(draft: Draft) -> None:
    """Declared true/false, the key given as a letter: put "Đúng" first, as everywhere."""
    if draft.declared is not Kind.TRUE_FALSE:
        return
    values = [truth_in(option) for option in draft.options]
    indices = draft.claims[-1].indices
    if len(indices) == 1 and indices[0] < len(values):
        chosen = values[indices[0]]
        if chosen is not None:
            draft.claims.pop()
            _take_truth(draft, chosen)
            return
    draft.remark(Field.OPTIONS, "truth_options")


def _at(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and 0 <= column < len(cells) else ""
