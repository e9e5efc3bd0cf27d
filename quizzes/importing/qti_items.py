"""One item of QTI: its body, its one interaction, its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from quizzes.importing.html_text import PictureDesk, no_files, take_html
from quizzes.importing.parsed import Draft, Field
from quizzes.importing.plain import clean
from quizzes.importing.qti_interactions import READERS
from quizzes.importing.qti_names import attribute, local
from quizzes.importing.shaping import RichText, dress

_GAP = "_____"
_INLINE = frozenset({"textentryinteraction", "inlinechoiceinteraction"})
_NOT_SHOWN = frozenset({
    "rubricblock", "modalfeedback", "feedbackblock", "feedbackinline", "stylesheet",
    "templateblock", "templateinline", "catalog", "cataloginfo",
})  # fmt: skip


@dataclass(slots=True)
class Item:
    """An ``assessmentItem``. ``draft`` is what is being made of it."""

    root: etree._Element
    desk: PictureDesk
    find_file: Callable[[str], bytes | None] = no_files
    draft: Draft = field(default_factory=lambda: Draft(number="", row=0))

    def named(self, *names: str) -> Iterator[etree._Element]:
        """Elements of these names, wherever they stand."""
        return (element for element in self.root.iter() if local(element) in names)

    def rich(self, element: etree._Element, part: str = "option") -> RichText:
        return take_html(
            self.draft,
            html_of(element, None),
            part=part,
            desk=self.desk,
            find_file=self.find_file,
        )


def read_item(item: Item, row: int) -> Draft:
    title = " ".join(clean(attribute(item.root, "title")).split())
    identifier = attribute(item.root, "identifier")
    draft = item.draft = Draft(number=(title or identifier or str(row))[:60], row=row)
    body = next(item.named("itembody"), None)
    interactions = [] if body is None else _interactions(body)
    if body is not None:
        _read_body(item, body)
    _read_feedback(item)
    if any(item.named("templatedeclaration")):
        draft.remark(Field.KIND, "kind_not_ours", kind="template")
    elif not interactions:
        draft.remark(Field.KIND, "not_a_question")
    elif len(interactions) > 1:
        draft.remark(Field.QUESTION, "several_parts")
    elif local(interactions[0]) not in READERS:
        draft.remark(Field.KIND, "kind_not_ours", kind=local(interactions[0])[:40])
    else:
        READERS[local(interactions[0])](item, interactions[0])
    return draft


def _interactions(body: etree._Element) -> list[etree._Element]:
    return [element for element in body.iter() if local(element).endswith("interaction")]


def _read_body(item: Item, body: etree._Element) -> None:
    stem = take_html(
        item.draft,
        html_of(body, _GAP),
        part="stem",
        desk=item.desk,
        find_file=item.find_file,
    )
    item.draft.stem = dress(item.draft, "stem", stem)


def _read_feedback(item: Item) -> None:
    texts = [item.rich(element, "").text for element in item.named("modalfeedback")]
    item.draft.explanation = "\n".join(dict.fromkeys(text for text in texts if text))


def html_of(element: etree._Element, gap: str | None) -> str:
    """The XHTML inside an element. An interaction gives its prompt; one that stands in a sentence
    gives ``gap``."""
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        name = local(child)
        if name in _INLINE:
            pieces.append(gap or "")
        elif name.endswith("interaction"):
            pieces += [
                f"<p>{html_of(prompt, gap)}</p>" for prompt in child if local(prompt) == "prompt"
            ]
        elif name and name not in _NOT_SHOWN:
            pieces.append(_tag(child, name, gap))
        pieces.append(escape(child.tail or "", quote=False))
    return "".join(pieces)


def _tag(element: etree._Element, name: str, gap: str | None) -> str:
    if name == "object" and attribute(element, "type").startswith("image/"):
        alt = " ".join("".join(element.itertext()).split())
        return _image(attribute(element, "data"), alt)
    if name == "img":
        return _image(attribute(element, "src"), attribute(element, "alt"))
    return f"<{name}>{html_of(element, gap)}</{name}>"


def _image(source: str, alt: str) -> str:
    return f'<img src="{escape(source)}" alt="{escape(alt)}">'
