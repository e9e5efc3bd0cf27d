"""The names of what the log holds."""

import pytest

from core.audit import act_label
from printing.enums import CertificateAct
from quizzes.enums import BankAct, ContestAct


@pytest.mark.parametrize("act", [*ContestAct, *BankAct, *CertificateAct])
def test_every_app_names_what_it_records(act):
    assert act_label(act.value) == str(act.label)


def test_an_act_that_nobody_has_named_is_shown_by_its_code():
    assert act_label("jury.sheet_locked") == "jury.sheet_locked"
