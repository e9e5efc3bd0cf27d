"""What a file would change in the catalogue, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from legal.importing.columns import Field
from legal.importing.matching import Stored
from legal.importing.messages import FIELD_LABELS
from legal.importing.records import Catalogue, Record
from legal.models import Instrument
from legal.numbers import article_anchor, slug_of, split_number

_PLAIN = (
    Field.KIND,
    Field.TITLE,
    Field.ISSUER,
    Field.ISSUED_ON,
    Field.EFFECTIVE_ON,
    Field.EXPIRES_ON,
    Field.STATUS,
    Field.SUMMARY,
)
# Whose number says who issued it: the column may stay empty for them.
_ISSUERS = {"cp": "Chính phủ", "ttg": "Thủ tướng Chính phủ"}


@dataclass(frozen=True, slots=True)
class Change:
    label: Any
    before: str
    after: str


@dataclass(slots=True)
class PlannedInstrument:
    """``instrument`` as stored, or a new one; ``values`` are the fields to write on it."""

    instrument: Instrument
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    replaced_by: str = ""  # identity (matching)
    amends: list[str] = field(default_factory=list)  # identities
    articles: list[dict[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.instrument.pk is None

    @property
    def is_changed(self) -> bool:
        return self.is_new or bool(self.changes)

    @property
    def keeps_draft(self) -> bool:
        """Its editor holds a draft, which the file does not touch."""
        return bool(self.instrument.has_unpublished_changes)


@dataclass(frozen=True, slots=True)
class Plan:
    """``planned`` by identity (matching), in the order of the file; ``rejected`` in the order of
    rows."""

    planned: dict[str, PlannedInstrument]
    rejected: list[Record]
    unknown_columns: list[str]

    @property
    def created(self) -> list[PlannedInstrument]:
        return [one for one in self.planned.values() if one.is_new]

    @property
    def updated(self) -> list[PlannedInstrument]:
        return [one for one in self.planned.values() if not one.is_new and one.changes]

    @property
    def unchanged_count(self) -> int:
        return len(self.planned) - len(self.created) - len(self.updated)


def plan_import(catalogue: Catalogue) -> Plan:
    """Match by number, in any spelling of its marks; say what each row would write. Reads only, in
    a constant number of statements."""
    known = Stored(
        Instrument.objects.select_related("replaced_by").prefetch_related("amends", "articles")
    )
    for record in catalogue.instruments:
        _check_instrument(record, known)
    _refuse_twins(catalogue.instruments, known)
    _refuse_dangling(catalogue.instruments, known)
    planned: dict[str, PlannedInstrument] = {}
    for record in catalogue.instruments:
        if not record.problems:
            planned[known.identity(record.number)] = _planned(record, known)
    articles: dict[tuple[str, str], Record] = {}
    for record in catalogue.articles:
        _refuse_repeated_article(record, known, articles)
        _plan_article(record, planned, known)
    rejected = [r for r in (*catalogue.instruments, *catalogue.articles) if r.problems]
    return Plan(planned, rejected, catalogue.unknown_columns)


def _refuse_twins(records: list[Record], known: Stored) -> None:
    """Rows of different numbers that would have one address, and rows of one document in two
    spellings: which one is right only a person can say."""
    first: dict[str, Record] = {}
    for record in records:
        slug = slug_of(record.number)
        if not slug or _has_problem(record, Field.NUMBER):
            continue
        earlier = first.setdefault(slug, record)
        if earlier is record:
            continue
        one, other = known.find(earlier.number), known.find(record.number)
        if one and other and one != other:
            continue
        record.refuse(
            Field.NUMBER,
            _("“%(value)s” trùng với dòng %(first_row)d; hãy sửa hoặc bỏ một dòng")
            % {"value": record.number, "first_row": earlier.row},
        )


def _refuse_resembling(record: Record, known: Stored) -> None:
    if other := known.resembling(record.number):
        record.refuse(
            Field.NUMBER,
            _(
                "“%(value)s” gần giống “%(other)s” đã có; hãy ghi đúng như vậy, hoặc nhập riêng "
                "nếu là văn bản khác"
            )
            % {"value": record.number, "other": other.number},
        )


def _refuse_repeated_article(
    record: Record, known: Stored, first: dict[tuple[str, str], Record]
) -> None:
    """The same article under two spellings of the document's number."""
    anchor = article_anchor(record.values.get(Field.ARTICLE, ""))
    earlier = first.setdefault((known.identity(record.number), anchor), record)
    if earlier is not record and not record.problems:
        record.refuse(
            Field.ARTICLE,
            _("“%(value)s” trùng với dòng %(first_row)d; hãy sửa hoặc bỏ một dòng")
            % {"value": record.values[Field.ARTICLE], "first_row": earlier.row},
        )


def _check_instrument(record: Record, known: Stored) -> None:
    stored = known.find(record.number)
    if not slug_of(record.number):
        if record.number:
            record.refuse(Field.NUMBER, _("“%s” không phải số, ký hiệu") % record.number)
        return
    _refuse_resembling(record, known)
    if stored is None:
        record.values.setdefault(Field.ISSUER, _issuer_of(record.number))
        for name in (Field.TITLE, Field.ISSUER):
            if not record.values.get(name) and not _has_problem(record, name):
                record.refuse(name, _("thiếu; văn bản chưa có trong danh mục nên cần đủ"))
    effective = record.values.get(Field.EFFECTIVE_ON, stored and stored.effective_on)
    expires = record.values.get(Field.EXPIRES_ON, stored and stored.expires_on)
    if effective and expires and expires < effective:
        record.refuse(
            Field.EXPIRES_ON,
            _("%(expires)s đứng trước ngày có hiệu lực %(effective)s")
            % {"expires": _shown(expires), "effective": _shown(effective)},
        )
    for name in (Field.REPLACED_BY, Field.AMENDS):
        if known.identity(record.number) in map(known.identity, record.values.get(name, [])):
            record.refuse(name, _("văn bản không thể thay thế hoặc sửa đổi chính nó"))


def _has_problem(record: Record, name: Field) -> bool:
    return any(problem.field == name for problem in record.problems)


def _issuer_of(number: str) -> str:
    symbol = split_number(number).symbol.split("-")
    if any(part.startswith("qh") for part in symbol):
        return "Quốc hội"
    return next((_ISSUERS[part] for part in symbol if part in _ISSUERS), "")


def _refuse_dangling(records: list[Record], known: Stored) -> None:
    """What refers to a document that is neither here nor taken from the file is not taken either,
    and so on until nothing more falls."""
    while True:
        here = {known.identity(r.number) for r in records if not r.problems}
        fallen = False
        for record in records:
            if record.problems:
                continue
            for name in (Field.REPLACED_BY, Field.AMENDS):
                for number in record.values.get(name, []):
                    if known.find(number) is None and known.identity(number) not in here:
                        fallen = True
                        record.refuse(
                            name,
                            _(
                                "“%(number)s” chưa có trong danh mục và không nhận được từ tệp; "
                                "hãy thêm văn bản đó trước"
                            )
                            % {"number": number[:64]},
                        )
        if not fallen:
            return


def _planned(record: Record, known: Stored) -> PlannedInstrument:
    stored = known.find(record.number)
    one = PlannedInstrument(stored or Instrument(number=record.number), record.row)
    for name in _PLAIN:
        if name not in record.values:
            continue
        before, after = getattr(one.instrument, name.value), record.values[name]
        if before != after or stored is None:
            one.values[name.value] = after
            one.changes.append(
                Change(FIELD_LABELS[name], _words(name, before), _words(name, after))
            )
    _plan_links(one, record, known)
    return one


def _plan_links(one: PlannedInstrument, record: Record, known: Stored) -> None:
    stored = known.find(record.number)
    successor = record.values.get(Field.REPLACED_BY, [])
    before = stored.replaced_by if stored else None
    if successor and (before is None or before != known.find(successor[0])):
        one.replaced_by = known.identity(successor[0])
        was = before.number if before else ""
        one.changes.append(Change(FIELD_LABELS[Field.REPLACED_BY], was, successor[0]))
    amended = [other.number for other in stored.amends.all()] if stored else []
    added = [n for n in record.values.get(Field.AMENDS, []) if known.identity(n) not in amended]
    if added:
        one.amends = list(dict.fromkeys(map(known.identity, added)))
        one.changes.append(Change(FIELD_LABELS[Field.AMENDS], ", ".join(amended), ", ".join(added)))


def _plan_article(record: Record, planned: dict[str, PlannedInstrument], known: Stored) -> None:
    if record.problems:
        return
    identity, found = known.identity(record.number), known.find(record.number)
    if identity not in planned and found is None:
        record.refuse(
            Field.NUMBER,
            _("“%(number)s” chưa có trong danh mục và không nhận được từ tệp")
            % {"number": record.number},
        )
        return
    if found is not None and identity not in planned:
        planned[identity] = PlannedInstrument(found, record.row)
    one = planned[identity]
    stored = {} if one.is_new else {a.anchor: a for a in one.instrument.articles.all()}
    article = stored.get(article_anchor(record.values[Field.ARTICLE]))
    number = article.number if article else record.values[Field.ARTICLE]
    wanted = {
        "heading": record.values.get(Field.HEADING, article.heading if article else ""),
        "text": record.values.get(Field.TEXT, article.text if article else ""),
    }
    if article and wanted == {"heading": article.heading, "text": article.text}:
        return
    one.articles.append({"number": number, **wanted})
    label = _("Điều %(number)s") % {"number": number}
    was = _cut(f"{article.heading}. {article.text}") if article else ""
    one.changes.append(Change(label, was, _cut(f"{wanted['heading']}. {wanted['text']}")))


def _words(name: Field, value: Any) -> str:
    if name == Field.STATUS:
        return str(dict(Instrument.Status.choices).get(value, value))
    if name == Field.KIND:
        return str(dict(Instrument.Kind.choices).get(value, value))
    return _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return _cut(str(value or ""))


def _cut(text: str) -> str:
    text = text.strip(". \n")
    return text if len(text) <= 120 else f"{text[:119]}…"
