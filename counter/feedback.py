"""Taking a citizen's scores and words, and what staff do with the words."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import Conflict
from counter.enums import CommentState, Factor
from counter.hours import local_day
from counter.models import FeedbackAnswer, Office
from people.models import User

COMMENT_CHARS = 2000


def give_feedback(
    *,
    office: Office,
    procedure_code: str = "",
    scores: Mapping[Factor, int | None],
    comment: str,
    form_key: str,
    at: datetime,
) -> None:
    """Keep one answer; sending the same form again (``form_key``) keeps nothing twice.

    ``scores`` has Factor.OVERALL and any of the others, 1 to 5.
    """
    try:
        with transaction.atomic():
            FeedbackAnswer.objects.create(
                office=office,
                procedure_code=procedure_code,
                given_on=local_day(at),
                comment=comment,
                form_key=form_key,
                **{factor.value: score for factor, score in scores.items()},
            )
    except IntegrityError:
        if not FeedbackAnswer.objects.filter(form_key=form_key).exists():
            raise


def handle_comment(
    office: Office, answer_id: int, *, state: CommentState, by: User, at: datetime
) -> None:
    """Mark a comment read, answered or new again. Raises Conflict for one of another office."""
    changed = (
        FeedbackAnswer.objects.filter(pk=answer_id, office=office)
        .exclude(comment="")
        .update(comment_state=state, handled_by=by, handled_at=at)
    )
    if changed != 1:
        raise Conflict(_("Không có ý kiến này. Hãy tải lại danh sách."))
