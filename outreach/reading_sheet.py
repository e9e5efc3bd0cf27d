"""The sheet that is read at the microphone, as PDF: large type, pauses marked."""

from django.template.loader import render_to_string
from django.utils import translation

from outreach.models import Script, ScriptVersion
from outreach.reading import paragraphs_with_pauses
from printing.rendering import render_pdf


def reading_sheet(script: Script, version: ScriptVersion, *, words_per_minute: int) -> bytes:
    """Printed Vietnamese whatever the reader's language."""
    with translation.override("vi"):
        return render_pdf(
            render_to_string(
                "outreach/sheet_pdf.html",
                sheet_context(script, version, words_per_minute=words_per_minute),
            )
        )


def sheet_context(
    script: Script, version: ScriptVersion, *, words_per_minute: int
) -> dict[str, object]:
    seconds = version.seconds_at(words_per_minute)
    return {
        "script": script,
        "version": version,
        "minutes": seconds // 60,
        "seconds": seconds % 60,
        "paragraphs": paragraphs_with_pauses(version.reading_text),
    }
