from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from core.immutability import forbid_update


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Cuộc thi")

    def ready(self) -> None:
        post_migrate.connect(_protect_drawn_versions, sender=self)
        from core.audit import register_acts
        from legal.signals import instrument_status_changed
        from quizzes.enums import BankAct, ContestAct
        from quizzes.flagging import recheck_after_change

        register_acts(ContestAct)
        register_acts(BankAct)

        instrument_status_changed.connect(recheck_after_change)

        from legal.citing import count_only
        from quizzes.flag_queries import versions_in_use
        from quizzes.models import LegalFlag, QuestionVersion

        count_only(QuestionVersion, versions_in_use)
        count_only(LegalFlag, LegalFlag.objects.none)  # a flag speaks of a citation, it is none


def _protect_drawn_versions(using: str, **kwargs: Any) -> None:
    """A version that has been drawn never changes (product.md): an answer refers to its words."""
    forbid_update(
        table="quizzes_questionversion",
        columns=["question_id", "number", "kind", "stem", "content", "key", "drawn_at"],
        when='OLD."drawn_at" IS NOT NULL',
        name="drawn_version_never_changes",
        using=using,
    )
    forbid_update(
        table="quizzes_paper",
        columns=["round_id", "seed", "slots", "code"],
        when="TRUE",
        name="paper_never_changes",
        using=using,
    )
