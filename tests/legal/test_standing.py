"""A law takes effect and expires on its day, with nobody there to say so."""

from datetime import date, datetime, timedelta

import pytest

from legal.models import Instrument
from legal.queries import facts_of, library, published
from legal.settling import settle_statuses
from legal.standing import Facts, Standing, standing_on

DAY = date(2026, 11, 23)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
AT = datetime.fromisoformat("2026-11-23T02:00:00+00:00")

# entered, effective, expires, successor's day, amendment's day → the standing on DAY
TABLE = [
    ("in_force", None, None, None, None, "in_force"),
    ("in_force", DAY, None, None, None, "in_force"),
    ("in_force", AFTER, None, None, None, "not_yet"),
    ("not_yet", AFTER, None, None, None, "not_yet"),
    ("not_yet", DAY, None, None, None, "in_force"),
    ("not_yet", None, None, None, None, "not_yet"),
    ("not_yet", BEFORE, DAY, None, None, "expired"),
    ("not_yet", BEFORE, None, None, BEFORE, "amended"),
    ("in_force", BEFORE, AFTER, None, None, "in_force"),
    ("in_force", BEFORE, DAY, None, None, "expired"),
    ("amended", BEFORE, DAY, None, None, "expired"),
    ("in_force", BEFORE, None, AFTER, None, "in_force"),
    ("in_force", BEFORE, None, DAY, None, "expired"),
    ("in_force", BEFORE, None, None, DAY, "amended"),
    ("in_force", BEFORE, None, None, AFTER, "in_force"),
    ("amended", BEFORE, None, None, None, "amended"),
    ("expired", BEFORE, None, None, None, "expired"),
    ("expired", AFTER, None, None, None, "expired"),
    ("to_check", BEFORE, None, None, BEFORE, "to_check"),
    ("to_check", BEFORE, BEFORE, None, None, "expired"),
    ("to_check", AFTER, None, None, None, "not_yet"),
]


def make(number: str = "1/2020/NĐ-CP", **fields) -> Instrument:
    return Instrument.objects.create(
        **{"number": number, "title": "Về việc", "issuer": "Chính phủ", "status": "in_force"}
        | fields
    )


@pytest.mark.parametrize(
    ("entered", "effective", "expires", "replaced", "amended", "expected"), TABLE
)
def test_the_standing_of_a_day(entered, effective, expires, replaced, amended, expected):
    facts = Facts(entered, effective, expires, replaced, [amended] if amended else [])
    assert standing_on(DAY, facts) == expected


@pytest.mark.django_db
def test_the_database_says_the_same():
    expected = {}
    for place, (entered, effective, expires, replaced, amended, standing) in enumerate(TABLE):
        successor = make(f"{place}/2021/NĐ-CP", effective_on=replaced) if replaced else None
        one = make(
            f"{place}/2020/NĐ-CP",
            status=entered,
            effective_on=effective,
            expires_on=expires,
            replaced_by=successor,
        )
        if amended:
            other = make(f"{place}/2022/NĐ-CP", effective_on=amended)
            other.amends.add(one)
            other.save()
        expected[one.number] = standing
    found = {one.number: one.standing for one in published(DAY) if one.number in expected}
    assert found == expected
    again = {
        one.number: standing_on(DAY, facts_of(one)).value
        for one in Instrument.objects.all()
        if one.number in expected
    }
    assert again == expected


@pytest.mark.django_db
def test_a_draft_changes_the_standing_of_nothing():
    draft = make("2/2025/NĐ-CP", effective_on=BEFORE, live=False)
    old = make(replaced_by=draft)
    amended = make("3/2020/NĐ-CP")
    draft.amends.add(amended)
    draft.save()
    assert [one.standing for one in published(DAY)] == ["in_force", "in_force"]
    assert {standing_on(DAY, facts_of(one)) for one in (old, amended)} == {Standing.IN_FORCE}


@pytest.mark.django_db
def test_a_date_is_written_down_on_its_day_and_told_once():
    coming = make("9/2026/NĐ-CP", status="not_yet", effective_on=DAY)
    ending = make("8/2020/NĐ-CP", expires_on=DAY)
    assert settle_statuses(at=AT - timedelta(days=1)) == 0
    assert settle_statuses(at=AT) == 2
    assert settle_statuses(at=AT) == 0
    assert Instrument.objects.get(pk=coming.pk).status == "in_force"
    assert Instrument.objects.get(pk=ending.pk).status == "expired"


@pytest.mark.django_db
def test_a_day_begins_in_vietnam():
    make(expires_on=DAY)
    assert settle_statuses(at=datetime.fromisoformat("2026-11-22T16:59:00+00:00")) == 0
    assert settle_statuses(at=datetime.fromisoformat("2026-11-22T17:00:00+00:00")) == 1


@pytest.mark.django_db
def test_the_editor_opens_what_a_date_has_written():
    ending = make(expires_on=DAY)
    ending.save_revision().publish()
    settle_statuses(at=AT)
    opened = Instrument.objects.get(pk=ending.pk).get_latest_revision_as_object()
    assert opened.status == "expired"


@pytest.mark.django_db
def test_a_draft_waiting_to_be_published_is_left_to_its_author():
    ending = make(expires_on=DAY)
    ending.title = "Tên đang sửa"
    ending.save_revision()
    settle_statuses(at=AT)
    stored = Instrument.objects.get(pk=ending.pk)
    assert (stored.status, stored.title) == ("expired", "Về việc")
    assert stored.get_latest_revision_as_object().title == "Tên đang sửa"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("118/2025", ["118/2025/NĐ-CP"]),
        ("nđ 118", ["118/2025/NĐ-CP"]),
        ("ND118", ["118/2025/NĐ-CP"]),
        ("118", ["118/2025/NĐ-CP", "118/2001/TT-BTC"]),
        ("thông tư 118", ["118/2001/TT-BTC"]),
        ("qđ 6", ["06/QĐ-TTg"]),
        ("quyết định 06 năm 2022", ["06/QĐ-TTg"]),
        ("nq 57 tw", ["57-NQ/TW"]),
        ("nghị định 2025", ["118/2025/NĐ-CP"]),
        ("nghi dinh mot cua", ["118/2025/NĐ-CP"]),
        ("118/2025 một cửa", ["118/2025/NĐ-CP"]),
        ("118/2025 đất đai", []),
        ("999/2025", []),
        ("\0", None),
        ("", None),
    ],
)
def test_instruments_are_found_in_any_spelling(text, found):
    make("118/2025/NĐ-CP", title="Về cơ chế một cửa", issued_on=date(2025, 6, 9))
    make("118/2001/TT-BTC", title="Về phí", issued_on=date(2001, 1, 1))
    make("06/QĐ-TTg", title="Phê duyệt Đề án", issued_on=date(2022, 1, 6))
    make("57-NQ/TW", title="Về đột phá", issued_on=date(2024, 12, 22))
    numbers = [one.number for one in library(DAY, text=text)]
    assert numbers == (found if found is not None else numbers)
    assert found is not None or len(numbers) == 4
