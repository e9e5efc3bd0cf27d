"""Keeping the rows of the search true to what is public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import F

from cms.finding.sources import Found, everything
from cms.finding.words import words_of
from cms.models.search import SearchEntry, SearchWord

_BATCH = 200
_WORD_LENGTH = 40


def keep(found: Found) -> None:
    """Write the thing's row, or write it anew; one that says the same already stays as it is."""
    values = entry_values(found)
    with transaction.atomic():
        entry = (
            SearchEntry.objects.select_for_update()
            .filter(source=found.source, source_id=found.source_id)
            .first()
        )
        if entry is None:
            before: set[str] = set()
            SearchEntry.objects.update_or_create(
                source=found.source, source_id=found.source_id, defaults=values
            )
        elif not _differs(entry, values):
            return
        else:
            before = set(entry.words.split())
            for name, value in values.items():
                setattr(entry, name, value)
            entry.save(update_fields=list(values))
        _count(before, set(values["words"].split()))


def forget(source: str, source_id: int) -> None:
    """Nothing finds it any more."""
    with transaction.atomic():
        before = _words_kept(source, source_id)
        for entry in SearchEntry.objects.filter(source=source, source_id=source_id):
            entry.delete()  # each by itself: the engine hears of it
        _count(before, set())


def reconcile(*, day: date) -> tuple[int, int]:
    """Write what is missing or out of date, forget what is no longer public, count the words anew.

    Returns (entries, of them changed). In short transactions: whoever saves an answer meanwhile on
    SQLite, which has one writer at a time, does not wait for it.
    """
    stale = dict(SearchEntry.objects.values_list("pk", "source_id"))
    total = changed = 0
    for chunk in batched(everything(day=day), _BATCH):
        kept = {
            (entry.source, entry.source_id): entry
            for entry in SearchEntry.objects.filter(source_id__in=[one.source_id for one in chunk])
        }
        for found in chunk:
            total += 1
            entry = kept.get((found.source, found.source_id))
            if entry is not None:
                stale.pop(entry.pk, None)
            if entry is None or _differs(entry, entry_values(found)):
                keep(found)
                changed += 1
    for entry in SearchEntry.objects.filter(pk__in=list(stale)):
        forget(entry.source, entry.source_id)
        changed += 1
    recount()
    return total, changed


def recount() -> None:
    """Count in how many entries each word stands."""
    counts: dict[str, int] = {}
    for words in SearchEntry.objects.values_list("words", flat=True).iterator(chunk_size=_BATCH):
        for word in set(words.split()):
            counts[word] = counts.get(word, 0) + 1
    kept = {word.word: word for word in SearchWord.objects.all()}
    for unused in batched([word for word in kept if word not in counts], _BATCH):
        SearchWord.objects.filter(word__in=unused).delete()
    wrong = [
        SearchWord(word=word, entry_count=count)
        for word, count in counts.items()
        if word not in kept or kept[word].entry_count != count
    ]
    for chunk in batched(wrong, _BATCH):
        SearchWord.objects.bulk_create(
            chunk, update_conflicts=True, unique_fields=["word"], update_fields=["entry_count"]
        )


def entry_values(found: Found) -> dict[str, Any]:
    """The columns of the thing's row."""
    # With a word between that no search holds: the end of one is not the beginning of the other.
    title = " - ".join(" ".join(words_of(name)) for name in (found.title, found.also_named) if name)
    text = "\n".join(part for part in (found.summary, *found.texts) if part)
    # A "word" longer than any word is a blob somebody pasted.
    words = [word for word in words_of(f"{found.title} {text}") if len(word) <= _WORD_LENGTH]
    return {
        "facet": found.facet,
        "language": found.language,
        "is_only": found.is_only,
        "address": found.address,
        "kind_label": found.kind_label,
        "title": found.title,
        "summary": found.summary,
        "text": text,
        "shown_on": found.shown_on,
        "is_past": found.is_past,
        "title_words": f" {title} ",
        "words": " ".join(words),
    }


def _differs(entry: SearchEntry, values: dict[str, Any]) -> bool:
    return any(getattr(entry, name) != value for name, value in values.items())


def _words_kept(source: str, source_id: int) -> set[str]:
    kept = SearchEntry.objects.filter(source=source, source_id=source_id).values_list("words")
    return {word for (words,) in kept for word in words.split()}


def _count(before: set[str], after: set[str]) -> None:
    # In one order, so that two writers never wait for each other crosswise.
    for words, step in ((before - after, -1), (after - before, 1)):
        for chunk in batched(sorted(words), _BATCH):
            _step(chunk, step)


def _step(words: Iterable[str], step: int) -> None:
    words = list(words)
    known = SearchWord.objects.select_for_update().filter(word__in=words).order_by("word")
    there = set(known.values_list("word", flat=True))
    SearchWord.objects.filter(word__in=there).update(entry_count=F("entry_count") + step)
    if step > 0:
        SearchWord.objects.bulk_create(
            [SearchWord(word=word, entry_count=1) for word in words if word not in there],
            ignore_conflicts=True,
        )
