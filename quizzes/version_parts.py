"""A version as labelled texts, whatever its kind: for reading, comparing and its authors' pages.

It says the key: only for who may read the keys of the bank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from core.comparing import Part
from quizzes.kinds import KINDS, Kind
from quizzes.models import QuestionVersion


def parts_of(version: QuestionVersion) -> list[Part]:
    """Stem, the texts of the kind, key, explanation, legal basis; the empty ones are left out."""
    parts = [
        Part("kind", _("Loại câu hỏi"), str(version.get_kind_display())),
        Part("stem", _("Nội dung"), version.stem),
        *_content_parts(version.content),
        *_key_parts(KINDS[version.kind], version.content, version.key),
        Part("explanation", _("Giải thích"), version.explanation),
        Part("legal_basis", _("Căn cứ"), version.legal_basis),
        Part("instrument", _("Văn bản"), version.instrument.number if version.instrument else ""),
        Part("article", _("Điều, khoản"), version.article),
    ]
    return [part for part in parts if part.text]


def _content_parts(content: Mapping[str, Any]) -> Iterator[Part]:
    labels = {
        "options": _("Phương án"),
        "statements": _("Ý"),
        "items": _("Mục"),
        "left": _("Vế trái"),
        "right": _("Vế phải"),
    }
    lists = [*labels, *(name for name in content if name not in labels)]
    for name in lists:
        label = labels.get(name, _("Mục"))
        for sign, item in zip(_signs(name), _items(content, name), strict=False):
            yield Part(f"{name}:{item['id']}", f"{label} {sign}", str(item.get("text", "")))
    yield Part("pictures", _("Hình, video"), _pictures(content))
    if unit := content.get("unit"):
        yield Part("unit", _("Đơn vị tính"), str(unit))
    if max_words := content.get("max_words"):
        yield Part("max_words", _("Số từ tối đa"), str(max_words))


def _key_parts(kind: Kind, content: Mapping[str, Any], key: Mapping[str, Any]) -> Iterator[Part]:
    signs = {
        item["id"]: sign
        for name in ("options", "statements", "items", "left")
        for sign, item in zip(_signs(name), _items(content, name), strict=False)
    }
    right = {
        item["id"]: sign
        for sign, item in zip(_signs("right"), _items(content, "right"), strict=False)
    }
    said: list[str] = []
    for name, between in (("correct", ", "), ("true", ", "), ("order", " → ")):
        if isinstance(key.get(name), list):
            said.append(between.join(signs.get(item, "?") for item in key[name]))
    if isinstance(key.get("pairs"), dict):
        said.append(
            ", ".join(f"{signs.get(a, '?')} – {right.get(b, '?')}" for a, b in key["pairs"].items())
        )
    if "value" in key:
        said.append(str(key["value"]))
    if isinstance(key.get("accepted"), list):
        said.append("; ".join(str(text) for text in key["accepted"]))
    if not said and "guide" not in key:
        said = [*kind.key_words(content, kind.option_ids(content), key)]
    label = _("Các ý đúng") if "true" in key else _("Đáp án")
    yield Part("key", label, " ".join(said))
    if key.get("tolerance"):
        yield Part("tolerance", _("Sai số cho phép"), str(key["tolerance"]))
    if key.get("guide"):
        yield Part("guide", _("Hướng dẫn chấm"), str(key["guide"]))
    if rule := key.get("rule"):
        yield Part("rule", _("Cách tính điểm"), _rule_label(rule))


def _rule_label(rule: str) -> str:
    labels = {
        "all_or_nothing": _("đúng hết mới có điểm"),
        "partial": _("đúng đến đâu tính điểm đến đó"),
        "per_statement": _("mỗi ý đúng một phần điểm"),
        "progressive": _("lũy tiến theo số ý đúng"),
    }
    return labels.get(rule, rule)


def _signs(name: str) -> Iterator[str]:
    """A, B, C…, and 1, 2, 3… for what is matched with them."""
    if name == "right":
        return (str(number) for number in count(1))
    return iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _pictures(content: Mapping[str, Any]) -> str:
    """Each with its number in the bank and what it shows."""
    listed = [file for files in content.get("pictures", {}).values() for file in files]
    if content.get("media"):
        listed.append(content["media"])
    return "\n".join(f"{file.get('file')}: {file.get('alt', '')}" for file in listed)


def _items(content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    listed = content.get(name)
    if not isinstance(listed, list):
        return []
    return [item for item in listed if isinstance(item, dict) and "id" in item]
