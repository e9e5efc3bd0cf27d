"""What is wrong with a page that was measured, in sentences; nothing is fine."""

from collections.abc import Iterator

from scripts.pages.kinds import PAGE_BYTES, Kind
from scripts.pages.measuring import PageFacts

GRAVE = {"serious", "critical"}
# A tenth is what readers call a jump (web.dev); on these pages nothing has a reason to move.
MOST_SHIFT = 0.02
DESK = 768


def failures(kind: Kind, facts: PageFacts) -> list[str]:
    return [*_weight(kind, facts), *_document(kind, facts), *_behaviour(kind, facts)]


def remarks(facts: PageFacts) -> list[str]:
    """What axe-core finds moderate or minor: told, not failed."""
    return [str(found) for found in facts.violations if found.impact not in GRAVE]


def weighed(kind: Kind, facts: PageFacts) -> int:
    return facts.bytes_without_pictures if kind.is_light else facts.bytes


def allowed(kind: Kind, facts: PageFacts) -> int:
    """A desk loads the site's letters, which a phone is spared on light pages."""
    return PAGE_BYTES if kind.is_light and facts.width >= DESK else kind.most_bytes


def _weight(kind: Kind, facts: PageFacts) -> Iterator[str]:
    weight = weighed(kind, facts)
    most = allowed(kind, facts)
    if weight > most:
        heaviest = sorted(facts.parts, key=lambda part: -part.bytes)[:5]
        told = ", ".join(f"{part.bytes} {part.address.rsplit('/', 1)[-1]}" for part in heaviest)
        yield f"{weight} bytes, {most} allowed: {told}"
    if len(facts.parts) > kind.most_requests:
        yield f"{len(facts.parts)} requests, {kind.most_requests} allowed"


def _document(kind: Kind, facts: PageFacts) -> Iterator[str]:
    document = facts.document
    if facts.status != kind.status:
        yield f"answers {facts.status}, not {kind.status}"
    if document["headings"] != 1:
        yield f"{document['headings']} h1"
    for name in ("title", "language"):
        if not document[name]:
            yield f"no {name}"
    if kind.is_indexed:
        if not document["description"]:
            yield "no description"
        if not document["canonical"]:
            yield "no canonical address"
    for image in document["unsized"]:
        yield f"a picture without its size: {image}"
    if document["width"] > facts.width:
        yield f"{document['width']} px wide on a screen of {facts.width}"
    for letters in facts.mixed_letters:
        yield f"letters of two kinds in one line: {letters}"
    for target in document["small"]:
        yield f"a small target: {target}"


def _behaviour(kind: Kind, facts: PageFacts) -> Iterator[str]:
    if facts.shift > MOST_SHIFT:
        what = "; ".join(f"{value:.3f} {what}" for value, what in facts.shifts)
        yield f"the layout shifts by {facts.shift:.3f}: {what}"
    yield from facts.faults
    yield from (str(found) for found in facts.violations if found.impact in GRAVE)
