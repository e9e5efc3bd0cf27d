"""A part of a question as the HTML that GIFT and Moodle XML carry: text, marks, pictures."""

from collections.abc import Sequence
from html import escape

from quizzes.bank_export.exported import Picture
from quizzes.marked_text import TextMark, segments


def html_of(text: str, marks: Sequence[TextMark] = (), pictures: Sequence[Picture] = ()) -> str:
    """Nothing of the text can become markup. Pictures are called as Moodle calls those that lie
    beside the text."""
    parts = []
    for segment in segments(text, marks):
        shown = escape(segment.text, quote=False).replace("\n", "<br>")
        for how in reversed(segment.hows):
            shown = f"<{how}>{shown}</{how}>"
        parts.append(shown)
    parts += [
        f'<img src="@@PLUGINFILE@@/{escape(picture.name)}" alt="{escape(picture.alt)}">'
        for picture in pictures
    ]
    return "".join(parts)
