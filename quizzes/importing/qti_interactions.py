"""The interactions of QTI that we have: from the elements and the declared response to a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from lxml import etree

from quizzes.importing.answers import Answer, take_options, take_short_text
from quizzes.importing.parsed import Draft, Field, KeyClaim, KeySource, Kind
from quizzes.importing.plain import clean, truth_in
from quizzes.importing.qti_names import attribute, local
from quizzes.importing.shaping import (
    RichText,
    as_text,
    decimal_in,
    plain,
    shape_essay,
    shape_matching,
    shape_number,
    shape_ordering,
)

if TYPE_CHECKING:
    from quizzes.importing.qti_items import Item

type Reader = Callable[["Item", etree._Element], None]

_NUMBERS = frozenset({"integer", "float"})


@dataclass(slots=True)
class _Response:
    """``correct`` as written; ``mapped``: points by value, () when nothing is mapped."""

    cardinality: str = ""
    base_type: str = ""
    correct: list[str] = field(default_factory=list)
    mapped: dict[str, float] = field(default_factory=dict)
    default: float = 0


def _response(item: Item, interaction: etree._Element) -> _Response:
    wanted = attribute(interaction, "responseidentifier")
    for declaration in item.named("responsedeclaration"):
        if attribute(declaration, "identifier") == wanted:
            return _declared(declaration)
    return _Response()


def _declared(declaration: etree._Element) -> _Response:
    response = _Response(
        attribute(declaration, "cardinality").lower(), attribute(declaration, "basetype").lower()
    )
    for element in declaration.iter():
        match local(element):
            case "value" if local(element.getparent()) == "correctresponse":
                response.correct.append(clean("".join(element.itertext())))
            case "mapentry":
                points = _points(attribute(element, "mappedvalue"))
                response.mapped[clean(attribute(element, "mapkey"))] = points
            case "mapping":
                response.default = _points(attribute(element, "defaultvalue"))
    return response


def _points(text: str) -> float:
    number = decimal_in(text)
    return float(number) if number is not None and abs(number) < 1_000_000 else 0.0


def _is_mapped(item: Item, response: _Response) -> bool:
    """Points come from the mapping, unless the item says that only the whole answer counts."""
    templates = [attribute(e, "template") for e in item.named("responseprocessing")]
    return bool(response.mapped) and not any("match_correct" in name for name in templates)


def _choices(item: Item, interaction: etree._Element) -> None:
    response = _response(item, interaction)
    elements = [e for e in interaction if local(e) in {"simplechoice", "inlinechoice"}]
    texts = [item.rich(element) for element in elements]
    ids = [attribute(element, "identifier") for element in elements]
    several = response.cardinality == "multiple" and attribute(interaction, "maxchoices") != "1"
    if not several and _take_truth(item.draft, texts, ids, response):
        return
    if unknown := [value for value in response.correct if value not in ids]:
        item.draft.remark(Field.KEY, "key_unreadable", value=unknown[0][:60])
    shares = _shares(item, ids, response, several=several)
    answers = [Answer(text, share) for text, share in zip(texts, shares, strict=True)]
    take_options(item.draft, answers, several=several, source=KeySource.FILE)


def _shares(item: Item, ids: list[str], response: _Response, *, several: bool) -> list[float]:
    """In percent. Without a mapping the whole of the key counts, and nothing else."""
    right = set(response.correct)
    if not _is_mapped(item, response):
        whole = 100 / len(right) if several and right else 100
        return [whole if i in right else -100.0 if several else 0.0 for i in ids]
    points = [response.mapped.get(i, response.default) for i in ids]
    best = sum(p for p in points if p > 0) if several else max(points, default=0)
    return [100 * p / best if best > 0 else 0.0 for p in points]


def _take_truth(draft: Draft, texts: list[RichText], ids: list[str], response: _Response) -> bool:
    """Two choices "Đúng" and "Sai" are a question of true or false."""
    values = [truth_in(text.text) if len(text.text) > 1 else None for text in texts]
    if sorted(map(str, values)) != ["False", "True"] or any(text.pictures for text in texts):
        return False
    if len(response.correct) != 1 or response.correct[0] not in ids:
        return False
    draft.options = ["Đúng", "Sai"]
    draft.declared = Kind.TRUE_FALSE
    is_true = values[ids.index(response.correct[0])]
    draft.claims.append(KeyClaim(KeySource.FILE, (0 if is_true else 1,)))
    return True


def _order(item: Item, interaction: etree._Element) -> None:
    response = _response(item, interaction)
    texts = {
        attribute(element, "identifier"): item.rich(element)
        for element in interaction
        if local(element) == "simplechoice"
    }
    if sorted(response.correct) != sorted(texts):
        item.draft.options = [text.text for text in texts.values()]
        value = ", ".join(response.correct)
        code = "order_unreadable" if response.correct else "key_missing"
        item.draft.remark(Field.KEY, code, value=value[:60])
        return
    shape_ordering(item.draft, [texts[i] for i in response.correct])


def _pairs(item: Item, interaction: etree._Element) -> None:
    """Two sets to be matched, or one set to be paired."""
    response = _response(item, interaction)
    sets = [e for e in interaction if local(e) == "simplematchset"] or [interaction]
    sides = [
        {
            attribute(element, "identifier"): item.rich(element)
            for element in one
            if local(element) == "simpleassociablechoice"
        }
        for one in sets
    ]
    known = {key: text for side in sides for key, text in side.items()}
    said = [tuple(value.split()) for value in response.correct]
    pairs = [(p[0], p[1]) for p in said if len(p) == 2 and p[0] in known and p[1] in known]
    item.draft.options = [text.text for text in known.values()]
    if not said or len(pairs) < len(said):
        value = "; ".join(response.correct)
        item.draft.remark(
            Field.KEY, "pairs_unreadable" if said else "key_missing", value=value[:60]
        )
        return
    left = [one for one, _other in pairs]
    if len(set(left)) < len(left):  # a left side may belong to several: we have one each
        pairs = [(other, one) for one, other in pairs]
        left = [one for one, _other in pairs]
    if len(set(left)) < len(left):
        item.draft.remark(Field.KEY, "pairs_many")
        return
    used = {i for pair in pairs for i in pair}
    alone = [text for key, text in known.items() if key not in used]
    shape_matching(item.draft, [(known[a], known[b]) for a, b in pairs], extra=alone)


def _text_entry(item: Item, interaction: etree._Element) -> None:
    response = _response(item, interaction)
    if response.base_type in _NUMBERS:
        _number(item, response)
        return
    answers = [Answer(plain(text), 100) for text in response.correct]
    if _is_mapped(item, response):
        best = max(response.mapped.values())
        shares = {text: 100 * p / best if best > 0 else 0 for text, p in response.mapped.items()}
        answers = [Answer(plain(text), share) for text, share in shares.items()]
    # An asterisk means itself here.
    escaped = [Answer(RichText(a.text.text.replace("*", r"\*")), a.share) for a in answers]
    take_short_text(item.draft, escaped)


def _number(item: Item, response: _Response) -> None:
    values = list(dict.fromkeys(response.correct))
    item.draft.declared = Kind.NUMBER
    if len(values) != 1:
        code = "numbers_several" if values else "number_missing"
        item.draft.remark(Field.KEY, code, count=len(values))
        return
    shape_number(item.draft, values[0], _tolerance(item, values[0]))


def _tolerance(item: Item, value: str) -> str:
    """What the item's own processing allows: ``toleranceMode`` absolute or relative, in percent."""
    for element in item.named("equal"):
        mode = attribute(element, "tolerancemode").lower()
        said = attribute(element, "tolerance").split()
        slack, number = decimal_in(said[0]) if said else None, decimal_in(value)
        if mode == "absolute" and slack is not None:
            return as_text(slack)
        if mode == "relative" and slack is not None and number is not None:
            return as_text(abs(number) * slack / Decimal(100))
    return "0"


def _essay(item: Item, interaction: etree._Element) -> None:
    guides = [e for e in item.named("rubricblock") if "scorer" in attribute(e, "view")]
    guide = "\n".join(item.rich(element, "").text for element in guides)
    response = _response(item, interaction)
    if response.correct and not guide:
        guide = "\n".join(response.correct)
    shape_essay(item.draft, guide)


READERS: Mapping[str, Reader] = {
    "choiceinteraction": _choices,
    "inlinechoiceinteraction": _choices,
    "orderinteraction": _order,
    "matchinteraction": _pairs,
    "associateinteraction": _pairs,
    "textentryinteraction": _text_entry,
    "extendedtextinteraction": _essay,
}
