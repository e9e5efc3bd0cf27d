"""The demo content of the public site and of what goes with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import outreach.demo
from cms.demo import (
    contests,
    english,
    news,
    procedure_loading,
    reform_models,
    regulations,
    waiting,
)
from counter.demo.loading import load as load_counters

# Each keeps what is there: a second run makes nothing twice.
LOADERS: tuple[Callable[..., Any], ...] = (
    news.load,
    contests.load,
    procedure_loading.load,
    reform_models.load,
    waiting.load,
    regulations.load,
    english.load,
    load_counters,
    outreach.demo.load,
)


def load_site(*, at: datetime, staff: dict[str, Any]) -> None:
    """``staff``: role → the account that holds it (config.demo.accounts)."""
    for load in LOADERS:
        load(at=at, staff=staff)
