"""What Moodle's two formats have no place for, in the tags that `quizzes.importing.tags` reads."""

from collections.abc import Mapping

from quizzes.bank_export.exported import DIFFICULTY_NAMES, KIND_NAMES, RULE_NAMES, ExportedQuestion
from quizzes.importing import tags
from quizzes.importing.parsed import Kind

_NAMED = frozenset({Kind.STATEMENTS, Kind.SITUATION})


def tags_of(question: ExportedQuestion) -> dict[str, str]:
    """Of what both formats lack: name → value, without empty ones."""
    media = question.media
    has_rule = question.kind in {Kind.STATEMENTS, Kind.MATCHING}
    return _filled(
        {
            tags.KIND: KIND_NAMES[question.kind] if question.kind in _NAMED else "",
            tags.FILE: media.reference if media is not None and media.picture is None else "",
            tags.RULE: RULE_NAMES.get(question.rule, "") if has_rule else "",
            tags.DIFFICULTY: DIFFICULTY_NAMES.get(question.difficulty, ""),
            tags.LEGAL_BASIS: question.legal_basis,
            tags.LAST_DAY: question.last_day,
        }
    )


def gift_tags_of(question: ExportedQuestion) -> dict[str, str]:
    """GIFT has neither units nor essays with a guide: the guide is the general feedback there."""
    is_essay = question.kind is Kind.ESSAY
    more = _filled(
        {
            tags.KIND: KIND_NAMES[Kind.ESSAY] if is_essay else "",
            tags.UNIT: str(question.content.get("unit") or ""),
            tags.MAX_WORDS: str(question.content.get("max_words") or ""),
            tags.EXPLANATION: question.explanation if is_essay else "",
        }
    )
    return tags_of(question) | more


def _filled(named: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in named.items() if value}
