"""Writing scripts: the rules propose, a person decides, nothing a person wrote is lost unasked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.vietnamese import nfc
from outreach.errors import HandWrittenText, ScriptChanged, TextRefused
from outreach.models import Abbreviation, ReadingSettings, Script, ScriptVersion, Topic
from outreach.reading import (
    MAX_TEXT_CHARS,
    Piece,
    clean_text,
    count_words,
    read_aloud,
    reading_text,
)
from people.models import Unit, User


@dataclass(frozen=True, slots=True)
class Source:
    """The article a script was made from. cms passes plain values down."""

    title: str = ""
    url: str = ""
    page_id: int | None = None


def reading_settings() -> ReadingSettings:
    """The settings of this place, or what they are before anybody has set them."""
    return ReadingSettings.objects.first() or ReadingSettings()


def read_source(
    text: str, *, corrections: Mapping[str, str], settings: ReadingSettings | None = None
) -> tuple[Piece, ...]:
    """The pieces of a text by the dictionary and the manner of this place."""
    return read_aloud(
        text,
        abbreviations=dict(Abbreviation.objects.values_list("written", "said")),
        corrections=corrections,
        dialect=(settings or reading_settings()).dialect,
    )


@transaction.atomic
def create_script(
    *,
    title: str,
    text: str,
    unit: Unit,
    topic: Topic,
    by: User,
    at: datetime,
    source: Source | None = None,
) -> Script:
    """A script with its first version, as the rules read it. Raises TextRefused."""
    source = source or Source()
    if not nfc(title):
        raise TextRefused(_("Hãy ghi tên bài."))
    script = Script.objects.create(
        title=nfc(title)[:200],
        unit=unit,
        topic=topic,
        source_title=nfc(source.title)[:255],
        source_url=source.url[:500],
        source_page_id=source.page_id,
        created_by=by,
        created_at=at,
        changed_at=at,
    )
    _add_version(script, source_text=text, corrections={}, by=by, at=at)
    return script


def correct_readings(
    script: Script, *, readings: Mapping[str, str], base_number: int, by: User, at: datetime
) -> ScriptVersion:
    """Say for originals how they are read ("" takes the rule's reading back).

    Raises ScriptChanged, HandWrittenText: in a text written by hand there is nothing to put it in.
    """
    current = current_version(script)
    if current.is_hand_written:
        raise HandWrittenText
    corrections = {**current.corrections}
    for original, reading in readings.items():
        if nfc(reading):
            corrections[nfc(original)] = nfc(reading)[:500]
        else:
            corrections.pop(nfc(original), None)
    return _save(
        script,
        source_text=current.source_text,
        corrections=corrections,
        base_number=base_number,
        by=by,
        at=at,
    )


def write_by_hand(
    script: Script, *, text: str, base_number: int, by: User, at: datetime
) -> ScriptVersion:
    """Keep this reading text as it is. Raises ScriptChanged, TextRefused."""
    current = current_version(script)
    return _save(
        script,
        source_text=current.source_text,
        corrections=current.corrections,
        by_hand=text,
        base_number=base_number,
        by=by,
        at=at,
    )


def rewrite_source(
    script: Script,
    *,
    text: str,
    base_number: int,
    by: User,
    at: datetime,
    keeps_hand: bool | None = None,
) -> ScriptVersion:
    """Change what was written, or run the rules over it again.

    Where the reading text was written by hand somebody must have said whether it stays
    (``keeps_hand`` True) or gives way (False); without a word HandWrittenText is raised.
    """
    current = current_version(script)
    by_hand = None
    if current.is_hand_written:
        if keeps_hand is None:
            raise HandWrittenText
        by_hand = current.reading_text if keeps_hand else None
    return _save(
        script,
        source_text=text,
        corrections=current.corrections,
        by_hand=by_hand,
        base_number=base_number,
        by=by,
        at=at,
    )


def current_version(script: Script) -> ScriptVersion:
    return script.versions.get(number=script.version_number)


@transaction.atomic
def _save(script: Script, *, base_number: int, at: datetime, **texts: Any) -> ScriptVersion:
    locked = Script.objects.select_for_update().get(pk=script.pk)
    if locked.version_number != base_number:
        raise ScriptChanged
    version = _add_version(locked, at=at, **texts)
    script.version_number, script.changed_at = locked.version_number, at
    return version


def _add_version(
    script: Script,
    *,
    source_text: str,
    corrections: Mapping[str, str],
    by: User,
    at: datetime,
    by_hand: str | None = None,
) -> ScriptVersion:
    """The next version; the current one where nothing differs from it."""
    source_text = _checked(source_text)
    pieces = read_source(source_text, corrections=corrections)
    automatic = reading_text(pieces)
    read = automatic if by_hand is None else _checked(by_hand)
    last = script.versions.filter(number=script.version_number).first()
    texts = (source_text, dict(corrections), automatic, read)
    if last and texts == (
        last.source_text,
        last.corrections,
        last.automatic_text,
        last.reading_text,
    ):
        return last
    script.version_number += 1
    script.changed_at = at
    version = ScriptVersion.objects.create(
        script=script,
        number=script.version_number,
        source_text=source_text,
        corrections=dict(corrections),
        automatic_text=automatic,
        reading_text=read,
        word_count=count_words(read),
        open_count=0
        if read != automatic
        else len({piece.original for piece in pieces if piece.needs_eye}),
        created_by=by,
        created_at=at,
    )
    script.save(update_fields=["version_number", "changed_at"])
    return version


def _checked(text: str) -> str:
    cleaned = clean_text(text)
    if not count_words(cleaned):
        raise TextRefused(_("Bài chưa có chữ nào. Hãy ghi nội dung cần đọc."))
    if len(cleaned) > MAX_TEXT_CHARS:
        raise TextRefused(
            _("Bài dài %(count)d ký tự, nhiều nhất là %(limit)d. Hãy chia thành nhiều bài.")
            % {"count": len(cleaned), "limit": MAX_TEXT_CHARS}
        )
    return cleaned
