"""Fifty at once on one attempt, on both databases: one consistent outcome, nothing lost, nothing
counted that is not stored, and no "database is locked"."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.running import Site, site


@pytest.fixture(scope="module", params=["postgresql", "sqlite"])
def storms(request: pytest.FixtureRequest) -> Iterator[Site]:
    # Nothing here needs Redis: nobody listens at this port.
    with site(request.param, redis_url="redis://127.0.0.1:9/0", name="motcua_storm") as running:
        yield running


def storm(running: Site, scenario: str) -> dict[str, Any]:
    output = running.python("tests.faults.storm", scenario)
    return dict(json.loads(output.splitlines()[-1]))


def test_every_acknowledged_answer_is_in_the_score(storms: Site) -> None:
    outcome = storm(storms, "hand_in")
    assert outcome["problems"] == []
    assert outcome["saves"] > 100


def test_the_deadline_is_one_moment_for_all(storms: Site) -> None:
    outcome = storm(storms, "deadline")
    assert outcome["problems"] == []
    assert outcome["saves"] > 100


def test_fifty_devices_start_one_attempt(storms: Site) -> None:
    assert storm(storms, "start")["problems"] == []


def test_fifty_people_share_the_paper_codes_out(storms: Site) -> None:
    assert storm(storms, "codes")["problems"] == []


def test_choices_arriving_in_any_order_end_with_the_latest(storms: Site) -> None:
    assert storm(storms, "order") == {"problems": [], "responses": 4}
