"""The texts of a Moodle question: their format, and the pictures that come with each."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from quizzes.importing.html_text import PictureDesk, decode_base64, say_once, take_html, take_plain
from quizzes.importing.markup import has_markup
from quizzes.importing.parsed import Draft, Field, Severity
from quizzes.importing.shaping import RichText

_ROOTS = frozenset({"$course$", "$system$", "$cat$", "$module$", "top"})
_INSIDE = "@@PLUGINFILE@@/"


@dataclass(frozen=True, slots=True)
class Part:
    """One element with a ``text`` child, a ``format`` and perhaps ``file`` children."""

    draft: Draft
    element: etree._Element | None
    desk: PictureDesk
    default_format: str = "html"

    def read(self, part: str = "") -> RichText:
        """``part`` as `take_html` wants it."""
        if self.element is None:
            return RichText("")
        text = inner_text(self.element)
        text_format = self.element.get("format") or self.default_format
        if text_format == "plain_text":
            return take_plain(self.draft, text, part)
        if text_format in {"markdown", "wiki_like"}:
            say_once(self.draft, Field.QUESTION, "markdown_kept", severity=Severity.WARNING)
            return take_plain(self.draft, text, part)
        if text_format == "moodle_auto_format":
            if not has_markup(text):
                return take_plain(self.draft, text, part)
            text = text.replace("\n", "<br>")
        return take_html(self.draft, text, part=part, desk=self.desk, find_file=self._find_file)

    def _find_file(self, source: str) -> bytes | None:
        """Moodle keeps a part's pictures beside its text, in base64."""
        if self.element is None or not source.startswith(_INSIDE):
            return None
        name = unquote(source.removeprefix(_INSIDE).partition("?")[0]).rpartition("/")[2]
        for file in self.element.iterfind("file"):
            if file.get("name") == name and file.get("encoding", "base64") == "base64":
                return decode_base64(file.text or "")
        return None


def inner_text(element: etree._Element | None) -> str:
    """The ``text`` child's text, or the element's own."""
    if element is None:
        return ""
    child = element.find("text")
    return "".join((element if child is None else child).itertext()).strip()


def topic_of_path(path: str) -> str:
    """The last part of "$course$/top/CCHC/Văn thư"; "//" is a slash inside a name."""
    parts = [part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/")]
    parts = [part for part in parts if part and part.lower() not in _ROOTS]
    return parts[-1] if parts else ""
