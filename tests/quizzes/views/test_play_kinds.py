"""Every kind of question on the pages of a round, as a browser without JavaScript and as one with
it sends an answer; and no key in any byte before publication."""

import json
import re

import pytest
import time_machine

from quizzes import pools, starting
from quizzes.enums import ResultVisibility, RoundState
from quizzes.kinds import KINDS
from quizzes.tokens import make_token
from tests.quizzes.kind_samples import SAMPLES
from tests.quizzes.play_factories import SECRET, after, make_entry, make_round

pytestmark = pytest.mark.django_db
CODES = tuple(KINDS)


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SESSION_COOKIE_AGE = 24 * 60 * 60
    with time_machine.travel(after(minutes=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def round():
    return make_round(
        questions=len(CODES),
        kinds=CODES,
        shuffle_questions=False,
        result_visibility=ResultVisibility.AT_ONCE,
    )


@pytest.fixture
def attempt(round):
    return starting.start_attempt(make_entry(round), round, at=after())


@pytest.fixture
def contestant(client, attempt):
    client.force_login(attempt.entry.user)
    return client


@pytest.fixture
def sheet(attempt):
    return pools.sheet_of_attempt(attempt.pk)


def slot_of(sheet, code):
    return next(slot for slot, item in enumerate(sheet) if item.version.kind == code)


def right_choice(item):
    return ["a"] if "options" in item.version.content else SAMPLES[item.version.kind].right


def right_sent(item):
    choice = {"multiple_choice": ["a", "c"], "true_false": ["true"]}.get(
        item.version.kind, right_choice(item)
    )
    return item.positions_of(choice)


def as_form(slot, item, sent):
    """What a browser posts for one question."""
    if not item.field_count:
        return {f"slot-{slot}": [str(place) for place in sent]}
    return {f"slot-{slot}-{place}": value or "" for place, value in enumerate(sent)}


def hidden(response):
    return dict(re.findall(r'name="(had-\d+)" value="([^"]*)"', response.content.decode()))


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def url(attempt):
    return f"/play/attempts/{attempt.pk}/"


@pytest.mark.parametrize("code", CODES)
def test_each_kind_is_answered_by_a_form_and_shown_again(contestant, attempt, sheet, code):
    slot = slot_of(sheet, code)
    item = sheet[slot]
    sent = right_sent(item)
    page = contestant.get(url(attempt))
    contestant.post(url(attempt), {**hidden(page), **as_form(slot, item, sent), "save": "all"})
    stored = attempt.responses.get()
    assert (stored.slot, item.positions_of(stored.choice)) == (slot, sent)

    # the page says the same, and sending it back changes nothing
    page = contestant.get(url(attempt))
    same = {**hidden(page), **as_form(slot, item, sent), "save": "all"}
    assert "Không có gì thay đổi" in text_of(contestant.post(url(attempt), same, follow=True))

    cleared = {**hidden(page), **as_form(slot, item, sent), "clear": str(slot)}
    contestant.post(url(attempt), cleared)
    assert not KINDS[code].is_answered(attempt.responses.get().choice)


@pytest.mark.parametrize("code", CODES)
def test_each_kind_is_answered_through_the_short_path(client, attempt, sheet, code):
    slot = slot_of(sheet, code)
    sent = right_sent(sheet[slot])
    body = {
        "token": make_token(attempt.pk, attempt.entry.user_id),
        "slot": slot,
        "choice": sent,
        "sequence": 5,
    }
    response = client.post("/play/answer/", json.dumps(body), content_type="application/json")
    assert response.status_code == 200, response.content
    state = client.get(f"{'/play/state/'}{attempt.pk}/", headers={"X-Attempt-Token": body["token"]})
    assert state.json()["answers"][0]["choice"] == sent


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "sent", [["<b>"], [{"a": 1}], "x", [None, [1]], {"a": True}, [True], ["9"] * 9]
)
def test_nonsense_is_refused_and_never_breaks(client, attempt, sheet, code, sent):
    body = {
        "token": make_token(attempt.pk, attempt.entry.user_id),
        "slot": slot_of(sheet, code),
        "choice": sent,
        "sequence": 5,
    }
    response = client.post("/play/answer/", json.dumps(body), content_type="application/json")
    assert response.status_code in {200, 400}
    if response.status_code == 200:  # any text is an answer where one is typed
        assert code in {"short_text", "essay"}


def test_no_byte_of_the_paper_holds_a_key_or_an_id(contestant, attempt, round, sheet):
    pages = [url(attempt), f"{url(attempt)}hand-in/", f"/play/{round.pk}/"]
    token = make_token(attempt.pk, attempt.entry.user_id)
    for slot, item in enumerate(sheet):
        body = {"token": token, "slot": slot, "choice": right_sent(item), "sequence": slot}
        contestant.post("/play/answer/", json.dumps(body), content_type="application/json")
    pages.append(f"/play/state/{attempt.pk}/")
    secrets = {SECRET, "CAN-CU-BI-MAT"}
    secrets |= {secret for sample in SAMPLES.values() for secret in sample.secrets}
    typed = {"917.5", "917,5", "bi mat nha nuoc"}
    for page in pages:
        html = contestant.get(page).content.decode()
        for shown in typed:
            html = html.replace(shown, "")
        assert not [secret for secret in secrets if secret in html], page
        assert not re.search(r'(value|id|name|data-[a-z]+)="[a-d]"', html), page


def test_a_slip_in_one_question_does_not_lose_the_others(contestant, attempt, sheet):
    number, single = slot_of(sheet, "number"), slot_of(sheet, "single_choice")
    fields = {f"slot-{number}-0": "mười lăm", f"slot-{single}": "1", "save": "all"}
    page = contestant.get(url(attempt))
    response = contestant.post(url(attempt), {**hidden(page), **fields}, follow=True)
    assert f"Câu {number + 1} chưa lưu được. Hãy nhập một số, ví dụ 15 hoặc 15,5." in text_of(
        response
    )
    assert [answer.slot for answer in attempt.responses.all()] == [single]


def test_a_slip_is_told_to_the_module_of_the_page_too(client, attempt, sheet):
    body = {
        "token": make_token(attempt.pk, attempt.entry.user_id),
        "slot": slot_of(sheet, "number"),
        "choice": ["mười lăm"],
        "sequence": 5,
    }
    response = client.post("/play/answer/", json.dumps(body), content_type="application/json")
    assert response.status_code == 400
    assert "15,5" in response.json()["message"]


def test_two_items_in_one_place_are_kept_and_told(contestant, attempt, sheet):
    slot = slot_of(sheet, "ordering")
    fields = {f"slot-{slot}-0": "1", f"slot-{slot}-1": "1", "save": "all"}
    contestant.post(url(attempt), {**hidden(contestant.get(url(attempt))), **fields})
    page = contestant.get(url(attempt))
    assert "Có nhiều ý cùng chọn thứ tự 2" in text_of(page)
    assert page.content.decode().count('<option value="1" selected>') == 2


def test_an_essay_of_twenty_thousand_characters_is_saved_both_ways(contestant, attempt, sheet):
    slot = slot_of(sheet, "essay")
    text = "ế" * 20_000
    body = {
        "token": make_token(attempt.pk, attempt.entry.user_id),
        "slot": slot,
        "choice": [text],
        "sequence": 5,
    }
    body = json.dumps(body, ensure_ascii=False)
    response = contestant.post("/play/answer/", body, content_type="application/json")
    assert response.status_code == 200
    page = contestant.get(url(attempt))
    longer = {**hidden(page), f"slot-{slot}-0": text + "x", "save": "all"}
    assert "20.000 ký tự" in text_of(contestant.post(url(attempt), longer, follow=True))
    assert attempt.responses.get().choice == text


def test_typed_text_is_escaped(contestant, attempt, sheet):
    slot = slot_of(sheet, "essay")
    fields = {f"slot-{slot}-0": "</textarea><script>alert(1)</script>", "save": "all"}
    contestant.post(url(attempt), {**hidden(contestant.get(url(attempt))), **fields})
    html = contestant.get(url(attempt)).content.decode()
    assert "<script>alert" not in html


def test_points_wait_for_the_essay_and_the_review_shows_every_kind(
    contestant, attempt, round, sheet, clock
):
    token = make_token(attempt.pk, attempt.entry.user_id)
    for slot, item in enumerate(sheet):
        body = {"token": token, "slot": slot, "choice": right_sent(item), "sequence": slot}
        contestant.post("/play/answer/", json.dumps(body), content_type="application/json")
    contestant.post(f"{url(attempt)}hand-in/")
    attempt.refresh_from_db()
    others = 250 * (len(CODES) - 1)
    assert (attempt.centipoints, attempt.unmarked_count) == (others, 1)
    result = text_of(contestant.get(f"{url(attempt)}result/"))
    assert "Chờ chấm tự luận" in result
    assert "chờ chấm tự luận" in text_of(contestant.get(f"/play/{round.pk}/"))
    assert "Đáp án và giải thích có sau" in result

    round.state, round.published_at = RoundState.PUBLISHED, after(minutes=130)
    round.save()
    review = text_of(contestant.get(f"{url(attempt)}result/"))
    for words in (
        "917,5 ± 0,25 ngày",
        "BMNN",
        "HUONG-DAN-BI-MAT",
        "Nhận hồ sơ",
        "Chuyển hồ sơ",
        "Chính phủ",
        "Quầy tiếp nhận đông người",
    ):
        assert words in review


def test_the_review_says_what_was_missed(contestant, attempt, round, sheet):
    slot = slot_of(sheet, "statements")
    fields = {f"slot-{slot}-0": "1", f"slot-{slot}-1": "1", "save": "all"}
    contestant.post(url(attempt), {**hidden(contestant.get(url(attempt))), **fields})
    contestant.post(f"{url(attempt)}hand-in/")
    round.state, round.published_at = RoundState.PUBLISHED, after(minutes=130)
    round.save()
    review = text_of(contestant.get(f"{url(attempt)}result/"))
    assert "Bạn chọn: Đúng" in review
    assert "Bạn chọn: chưa chọn" in review
    assert "Câu này còn 2 ý chưa chọn." in review
