import json
from pathlib import Path

import pytest

from legal.loading import BadRecord, find_cited, load_instruments
from legal.models import Instrument

FIXTURE = Path(__file__).parents[2] / "config/demo/files/regulations.json"

pytestmark = pytest.mark.django_db


def records() -> list[dict]:
    return json.loads(FIXTURE.read_text(encoding="utf-8"))


def test_the_fixture_loads_whole_and_a_second_time_changes_nothing():
    first = load_instruments(records())
    second = load_instruments(records())

    assert (first.created, first.updated, first.unchanged) == (66, 0, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 66)


def test_a_repealed_instrument_knows_its_successor():
    load_instruments(records())

    old = Instrument.objects.get(number="61/2018/NĐ-CP")

    assert not old.is_in_force
    assert old.replaced_by.number == "118/2025/NĐ-CP"
    assert old.replaced_by.is_in_force


def test_a_bad_record_names_its_place_and_loads_nothing():
    bad = [*records(), {"number": "1/2026/NĐ-CP", "title": "X", "issuer": "Y", "status": "lạ"}]

    with pytest.raises(BadRecord, match="67"):
        load_instruments(bad)
    assert Instrument.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Điểm b khoản 1 Điều 6 Nghị định số 63/2010/NĐ-CP", "63/2010/NĐ-CP"),
        ("Điều 7, Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15; khác", "91/2025/QH15"),
        ("Nghị quyết số 76/NQ-CP ngày 15/7/2021", "76/NQ-CP"),
        ("Nghị quyết 66.7/2025/NQ-CP của Chính phủ", "66.7/2025/NQ-CP"),
        ("Nghị quyết số 57-NQ/TW, Nghị định 45/2020/NĐ-CP", "57-NQ/TW"),
        ("Nghị quyết số 1656/NQ-UBTVQH15 ngày 16/6/2025", "1656/NQ-UBTVQH15"),
    ],
)
def test_the_instrument_cited_in_a_text_is_found(text, number):
    known = {record["number"]: Instrument(number=record["number"]) for record in records()}

    cited = find_cited(text, known)

    assert cited is not None
    assert cited.number == number


def test_a_number_inside_a_longer_number_is_not_cited():
    assert find_cited("Nghị định 145/2020/NĐ-CP", {"45/2020/NĐ-CP": Instrument()}) is None


def test_a_text_without_a_known_number_cites_nothing():
    assert find_cited("Luật Căn cước", {}) is None
