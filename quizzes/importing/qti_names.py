"""The names of QTI, which version 3 spells otherwise: ``qti-simple-choice`` and
``response-identifier`` are ``simpleChoice`` and ``responseIdentifier`` of version 2. Here both are
"simplechoice" and "responseidentifier"."""

from __future__ import annotations

from lxml import etree


def local(element: etree._Element | None) -> str:
    """ "" for a comment, an instruction, or nothing."""
    if element is None or not isinstance(element.tag, str):
        return ""
    name = element.tag.rpartition("}")[2].lower()
    return name.removeprefix("qti-").replace("-", "")


def attribute(element: etree._Element, name: str) -> str:
    for key, value in element.attrib.items():
        if str(key).lower().replace("-", "") == name:
            return str(value).strip()
    return ""
