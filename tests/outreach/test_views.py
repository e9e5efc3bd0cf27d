"""Who sees what, and what odd addresses and fields are answered with."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.clock import read_clock
from outreach.broadcasting import Aired, record_broadcast
from outreach.models import Broadcast, ReadingSettings, Script, Slot, Topic, ZaloAccount, ZaloPost
from outreach.scripting import current_version, write_by_hand
from people.models import Unit
from people.roles import ADMINISTRATOR, EDITOR, JURY, UNIT_HEAD
from tests.outreach.factories import make_person, make_post, make_script, make_unit

pytestmark = pytest.mark.django_db
HUGE = "9" * 19


@pytest.fixture
def city() -> Unit:
    return make_unit("Thành phố")


@pytest.fixture
def ward(city) -> Unit:
    return make_unit("Phường Thanh Khê", parent=city)


@pytest.fixture
def other_ward(city) -> Unit:
    return make_unit("Phường Hải Châu", parent=city)


@pytest.fixture
def owner(ward):
    return make_person(EDITOR, unit=ward)


@pytest.fixture
def script(ward, owner) -> Script:
    return make_script(ward, by=owner, text="UBND do ABC ghi.")


def as_person(client, person):
    client.force_login(person)
    return client


def line_of(script: Script, person, unit: Unit, **fields) -> Broadcast:
    now = read_clock().replace(second=0, microsecond=0)
    aired = Aired(
        **{
            "unit": unit,
            "version": current_version(script),
            "aired_at": now - timedelta(minutes=5),
            "minutes": 3,
            "place": "Cụm loa 1",
            "announcer": "Lê Thị Ước",
            **fields,
        }
    )
    return record_broadcast(aired, by=person, at=now)


READING = ["script", "sheet", "sheet_pdf"]
WRITING = ["by_hand", "source"]


@pytest.mark.parametrize("name", READING + WRITING)
def test_who_opens_a_script(client, city, ward, other_ward, script, owner, name: str):
    address = reverse(f"outreach:{name}", args=[script.pk])
    assert client.get(address).status_code == 302  # anonymous: to sign in
    for person, status in [
        (owner, 200),
        (make_person(EDITOR, unit=ward), 200),  # a colleague
        (make_person(EDITOR, unit=city), 200),  # the office above
        (make_person(ADMINISTRATOR), 200),
        (make_person(UNIT_HEAD, unit=ward), 200 if name in READING else 403),
        (make_person(EDITOR, unit=other_ward), 404),
        (make_person(EDITOR), 404 if name in READING else 403),
        (make_person(JURY, unit=ward), 403),
    ]:
        assert as_person(client, person).get(address).status_code == status, person


def test_what_comes_from_above_is_read_below_and_not_edited(client, city, ward):
    script = make_script(city)
    below = as_person(client, make_person(EDITOR, unit=ward))
    assert below.get(reverse("outreach:script", args=[script.pk])).status_code == 200
    assert below.get(reverse("outreach:by_hand", args=[script.pk])).status_code == 404
    answer = below.post(
        reverse("outreach:readings", args=[script.pk]), {"base_number": "1", "r:UBND": "x"}
    )
    assert answer.status_code == 404


def test_the_list_shows_what_one_may_read(client, ward, other_ward, owner, script):
    make_script(other_ward, title="Bài của phường khác")
    page = as_person(client, owner).get(reverse("outreach:scripts")).content.decode()
    assert script.title in page
    assert "Bài của phường khác" not in page
    assert "1 chỗ" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    client, ward, owner, count, django_assert_num_queries
):
    for _number in range(count):
        make_script(ward, by=owner)
    as_person(client, owner)
    client.get(reverse("outreach:scripts"))
    with django_assert_num_queries(9):
        client.get(reverse("outreach:scripts"))


def test_an_editor_writes_a_script_and_corrects_a_reading(client, ward, owner):
    as_person(client, owner)
    answer = client.post(
        reverse("outreach:new_script"),
        {
            "title": "Thông báo",
            "unit": ward.pk,
            "topic": Topic.objects.first().pk,
            "text": "UBND và ABC mở 24/7, ABC.",
        },
    )
    script = Script.objects.get()
    assert answer.url == reverse("outreach:script", args=[script.pk])
    page = client.get(answer.url).content.decode()
    assert "Còn 2 chỗ máy không chắc cách đọc" in page
    assert 'name="r:ABC" value=""' in page
    client.post(
        reverse("outreach:readings", args=[script.pk]),
        {
            "base_number": "1",
            "r:ABC": "a bê xê",
            "r:UBND": "Ủy ban nhân dân",
            "r:24/7": "hai mươi tư trên bảy",
            "k:24/7": "on",
        },
    )
    version = current_version(Script.objects.get())
    assert version.reading_text == ("Ủy ban nhân dân và a bê xê mở hai mươi tư trên bảy, a bê xê.")
    assert version.corrections == {"ABC": "a bê xê", "24/7": "hai mươi tư trên bảy"}
    assert version.open_count == 0


def test_an_abbreviation_may_be_read_as_it_is_written(client, script, owner):
    as_person(client, owner).post(
        reverse("outreach:readings", args=[script.pk]), {"base_number": "1", "k:ABC": "on"}
    )
    assert current_version(Script.objects.get()).open_count == 0


def test_an_old_page_overwrites_nothing(client, script, owner):
    write_by_hand(script, text="Bản mới.", base_number=1, by=owner, at=read_clock())
    answer = as_person(client, owner).post(
        reverse("outreach:by_hand", args=[script.pk]), {"text": "Bản cũ.", "base_number": "1"}
    )
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in answer.content.decode()
    assert current_version(Script.objects.get()).reading_text == "Bản mới."


def test_a_hand_written_text_gives_way_only_when_asked(client, script, owner):
    write_by_hand(script, text="Sửa tay.", base_number=1, by=owner, at=read_clock())
    as_person(client, owner)
    address = reverse("outreach:source", args=[script.pk])
    answer = client.post(address, {"text": "UBND họp.", "base_number": "2"})
    assert answer.status_code == 422
    assert "Giữ bản sửa tay" in answer.content.decode()
    client.post(address, {"text": "UBND họp.", "base_number": "2", "hand": "replace"})
    assert current_version(Script.objects.get()).reading_text == "Ủy ban nhân dân họp."


@pytest.mark.parametrize(
    ("title", "text"), [("", "Có chữ."), ("Bài\x00", "Có chữ."), ("Bài", "…"), ("Bài", "")]
)
def test_a_script_that_cannot_be_is_refused_in_words(client, ward, owner, title, text):
    answer = as_person(client, owner).post(
        reverse("outreach:new_script"),
        {"title": title, "text": text, "unit": ward.pk, "topic": Topic.objects.first().pk},
    )
    assert answer.status_code == 422
    assert not Script.objects.exists()


def test_nobody_writes_for_another_ward(client, other_ward, owner):
    answer = as_person(client, owner).post(
        reverse("outreach:new_script"),
        {
            "title": "Bài",
            "text": "Có chữ.",
            "unit": other_ward.pk,
            "topic": Topic.objects.first().pk,
        },
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        f"topic={HUGE}",
        "topic=%00",
        f"unit={HUGE}",
        "unit=x",
        "day=x",
        "day=9999-12-31",
        "day=0001-01-01",
        "month=x",
        "month=0001-01",
        "month=9999-12",
        "month=%00",
        f"script={HUGE}",
        "script=x",
    ],
)
def test_odd_addresses_are_answered_with_the_clear_page(client, owner, script, query):
    as_person(client, owner)
    for name in ("scripts", "schedule", "log", "log_pdf", "log_xlsx", "new_line", "new_slot"):
        assert client.get(f"{reverse(f'outreach:{name}')}?{query}").status_code == 200, name


@pytest.mark.parametrize("name", ["script", "by_hand", "source", "sheet", "correct"])
def test_a_key_beyond_all_keys_is_not_found(client, owner, name):
    address = reverse(f"outreach:{name}", args=[int(HUGE)])
    assert as_person(client, owner).get(address).status_code == 404


# the timetable --------------------------------------------------------------------------------


def slot_fields(chosen: Script, unit: Unit, **fields):
    return {
        "script": chosen.pk,
        "unit": unit.pk,
        "starts_on": "2026-11-23",
        "ends_on": "2026-11-29",
        "weekdays": ["0", "2"],
        "times": "5h30; 17:00 17:00",
        "minutes": "5",
        **fields,
    }


def test_a_script_is_planned_at_several_times_and_clashes_are_shown(client, ward, owner, script):
    as_person(client, owner)
    answer = client.post(reverse("outreach:new_slot"), slot_fields(script, ward))
    assert Slot.objects.count() == 2
    page = client.get(answer.url).content.decode()
    assert "trùng giờ" not in page
    client.post(
        reverse("outreach:new_slot"),
        slot_fields(make_script(ward, title="Bài hai"), ward, times="05:33", weekdays=["0"]),
    )
    page = client.get(answer.url).content.decode()
    assert "2 lần phát trùng giờ" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"times": "25:00"}, "không phải giờ trong ngày"),
        ({"times": "; ;"}, "ít nhất một giờ"),
        ({"times": "1;2;3;4;5;6;7"}, "Nhiều nhất 6 giờ"),
        ({"ends_on": "2026-11-22"}, "Ngày cuối phải từ ngày đầu"),
        ({"ends_on": "2028-11-22"}, "dài nhất một năm"),
        ({"ends_on": "2026-11-23", "weekdays": ["1"]}, "không có ngày nào"),
        ({"starts_on": "31/02/2026"}, "starts_on"),
        ({"minutes": "0"}, "minutes"),
        ({"weekdays": ["9"]}, "weekdays"),
        ({"script": HUGE}, "script"),
    ],
)
def test_a_slot_that_cannot_be_is_refused_in_words(client, ward, owner, script, fields, said):
    answer = as_person(client, owner).post(
        reverse("outreach:new_slot"), slot_fields(script, ward, **fields)
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Slot.objects.exists()


def test_ending_a_slot_keeps_what_was_planned_before_today(client, ward, other_ward, owner, script):
    today = timezone.localdate()
    slot = Slot.objects.create(
        unit=ward,
        script=script,
        starts_on=today - timedelta(days=3),
        ends_on=today + timedelta(days=3),
        at="05:30",
        minutes=3,
        created_by=owner,
        created_at=read_clock(),
    )
    address = reverse("outreach:end_slot", args=[slot.pk])
    outsider = make_person(EDITOR, unit=other_ward)
    assert as_person(client, outsider).post(address).status_code == 404
    as_person(client, owner).post(address)
    slot.refresh_from_db()
    assert slot.ends_on == today - timedelta(days=1)


def test_another_length_of_the_same_airing_is_refused(client, ward, owner, script):
    as_person(client, owner)
    address = reverse("outreach:new_slot")
    client.post(address, slot_fields(script, ward, times="05:30", minutes="5"))
    answer = client.post(address, slot_fields(script, ward, times="05:00; 05:30", minutes="30"))
    assert answer.status_code == 422
    assert "lúc 05:30 với 5 phút" in answer.content.decode()
    assert Slot.objects.get().minutes == 5
    same = client.post(address, slot_fields(script, ward, times="05:30", minutes="5"), follow=True)
    assert "đã có sẵn" in same.content.decode()


def test_two_slots_that_differ_in_their_last_day_are_both_ended(client, ward, owner, script):
    today = timezone.localdate()
    slots = [
        Slot.objects.create(
            unit=ward,
            script=script,
            starts_on=today - timedelta(days=3),
            ends_on=today + timedelta(days=days),
            at="05:30",
            minutes=3,
            created_by=owner,
            created_at=read_clock(),
        )
        for days in (3, 4)
    ]
    as_person(client, owner)
    for slot in slots:
        assert client.post(reverse("outreach:end_slot", args=[slot.pk])).status_code == 302
    assert Slot.objects.get().ends_on == today - timedelta(days=1)


@pytest.mark.parametrize("count", [1, 3])
def test_a_week_costs_the_same_for_one_and_three(
    client, ward, owner, script, count, django_assert_num_queries
):
    as_person(client, owner)
    for number in range(count):
        client.post(
            reverse("outreach:new_slot"), slot_fields(script, ward, times=f"{number + 5}:00")
        )
    address = f"{reverse('outreach:schedule')}?day=2026-11-23"
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)


# the log --------------------------------------------------------------------------------------


def test_a_head_logs_a_broadcast_and_the_month_counts_it(client, ward, script):
    as_person(client, make_person(UNIT_HEAD, unit=ward))
    aired_at = timezone.localtime() - timedelta(minutes=30)
    answer = client.post(
        reverse("outreach:new_line"),
        {
            "script": script.pk,
            "unit": ward.pk,
            "aired_at": f"{aired_at:%Y-%m-%dT%H:%M}",
            "minutes": "4",
            "place": "Cụm loa tổ 5",
            "announcer": "Lê Thị Ước",
        },
    )
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "1 lần phát, 4 phút" in page
    assert "Cụm loa tổ 5" in page
    xlsx = client.get(reverse("outreach:log_xlsx") + f"?month={aired_at:%Y-%m}")
    assert xlsx["Content-Disposition"].startswith("attachment")
    pdf = client.get(reverse("outreach:log_pdf") + f"?month={aired_at:%Y-%m}")
    assert pdf["Content-Disposition"].startswith("inline")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")


def test_the_log_of_another_ward_is_neither_read_nor_corrected(
    client, ward, other_ward, owner, script
):
    line = line_of(script, owner, ward, place="Cụm loa bí mật")
    as_person(client, make_person(EDITOR, unit=other_ward))
    page = client.get(f"{reverse('outreach:log')}?unit={ward.pk}").content.decode()
    assert "Cụm loa bí mật" not in page
    for name in ("correct", "strike"):
        address = reverse(f"outreach:{name}", args=[line.pk])
        assert client.post(address, {"strike_reason": "x"}).status_code == 404
    client.logout()
    assert client.get(reverse("outreach:log")).status_code == 302


def test_correcting_and_striking_out_by_the_page(client, ward, owner, script):
    line = line_of(script, owner, ward)
    as_person(client, owner)
    address = reverse("outreach:correct", args=[line.pk])
    page = client.get(address).content.decode()
    assert "Cụm loa 1" in page
    fields = {
        "script": script.pk,
        "unit": ward.pk,
        "aired_at": f"{timezone.localtime(line.aired_at):%Y-%m-%dT%H:%M}",
        "minutes": "9",
        "place": "Cụm loa 1",
        "announcer": "Lê Thị Ước",
    }
    assert client.post(address, fields).status_code == 422  # no reason
    answer = client.post(address, {**fields, "reason": "Ghi nhầm"})
    page = client.get(answer.url).content.decode()
    assert "Đã sửa bằng dòng khác: Ghi nhầm" in page
    assert "1 lần phát, 9 phút" in page
    newest = Broadcast.objects.get(replaces=line)
    client.post(
        reverse("outreach:strike", args=[newest.pk]), {"strike_reason": "Thực ra không phát"}
    )
    assert "0 lần phát" in client.get(answer.url).content.decode()
    assert Broadcast.objects.count() == 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_for_one_and_three(
    client, ward, owner, script, count, django_assert_num_queries
):
    for number in range(count):
        line_of(script, owner, ward, place=f"Loa {number}")
    as_person(client, owner)
    client.get(reverse("outreach:log"))
    with django_assert_num_queries(10):
        client.get(reverse("outreach:log"))


# settings and Zalo ----------------------------------------------------------------------------


def test_an_administrator_sets_the_pace(client, owner):
    address = reverse("outreach:manner")
    assert as_person(client, owner).get(address).status_code == 403
    as_person(client, make_person(ADMINISTRATOR))
    fields = {"words_per_minute": "150", "region": "south", "place": "Cần Thơ"}
    assert client.post(address, {**fields, "words_per_minute": "5"}).status_code == 422
    assert client.post(address, fields).status_code == 302
    assert ReadingSettings.objects.get().words_per_minute == 150


def test_secrets_are_never_shown_again(client):
    as_person(client, make_person(ADMINISTRATOR))
    address = reverse("outreach:zalo_account")
    fields = {"name": "OA", "app_id": "12", "app_secret": "bi-mat", "refresh_token": "lam-moi"}
    assert client.post(address, {**fields, "app_secret": ""}).status_code == 422
    assert client.post(address, fields).status_code == 302
    for name in ("zalo_account", "zalo"):
        page = client.get(reverse(f"outreach:{name}")).content.decode()
        assert "bi-mat" not in page
        assert "lam-moi" not in page
    kept = ZaloAccount.objects.get().app_secret
    client.post(address, {"name": "OA mới", "app_id": "12", "app_secret": "", "refresh_token": ""})
    assert ZaloAccount.objects.get().app_secret == kept
    client.post(reverse("outreach:zalo_disconnect"))
    assert not ZaloAccount.objects.get().is_on


def test_who_works_the_outbox(client, ward, owner):
    post = make_post()
    ZaloPost.objects.update(state=ZaloPost.State.UNKNOWN, last_error="Hãy xem trên OA.")
    listing, act = reverse("outreach:zalo"), reverse("outreach:zalo_act", args=[post.pk, "posted"])
    assert client.get(listing).status_code == 302
    head = make_person(UNIT_HEAD, unit=ward)
    assert as_person(client, head).get(listing).status_code == 403
    assert client.post(act).status_code == 403
    assert client.get(reverse("outreach:zalo_account")).status_code == 403
    page = as_person(client, owner).get(listing).content.decode()
    assert "Hãy xem trên OA." in page
    assert "Chưa có: gửi lại" in page
    assert client.get(reverse("outreach:zalo_account")).status_code == 403
    assert client.post(reverse("outreach:zalo_act", args=[post.pk, "boom"])).status_code == 404
    client.post(act)
    post.refresh_from_db()
    assert post.state == ZaloPost.State.POSTED


@pytest.mark.parametrize("count", [1, 3])
def test_the_outbox_costs_the_same_for_one_and_three(
    client, owner, count, django_assert_num_queries
):
    for _number in range(count):
        make_post(by=owner)
    as_person(client, owner)
    client.get(reverse("outreach:zalo"))
    with django_assert_num_queries(8):
        client.get(reverse("outreach:zalo"))
