"""The outbox against a server that answers as Zalo documents it."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import IntegrityError
from structlog.testing import capture_logs

from core.models import AuditEvent
from outreach.errors import ZaloRefused
from outreach.models import ZaloAccount, ZaloAttempt, ZaloPost
from outreach.tasks import send_to_zalo
from outreach.zalo import outbox, publicity
from outreach.zalo.client import HttpArticleApi, Tokens
from outreach.zalo.connecting import connect, disconnect
from outreach.zalo.outbox import LEASE
from outreach.zalo.sending import give_up_lost_attempts, send_due, send_post
from outreach.zalo.sharing import share_link
from tests.outreach.factories import AT, make_person, make_post
from tests.outreach.fake_zalo import FakeZalo, hang_up, say, say_raw

pytestmark = pytest.mark.django_db
State = ZaloPost.State


@pytest.fixture(autouse=True)
def public_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of these posts are made up: everybody may read them."""
    monkeypatch.setattr(publicity, "_checks", [])


@pytest.fixture
def zalo() -> Iterator[FakeZalo]:
    fake = FakeZalo()
    yield fake
    fake.stop()


@pytest.fixture
def api(zalo: FakeZalo) -> HttpArticleApi:
    return HttpArticleApi(api_url=zalo.url, oauth_url=zalo.url)


@pytest.fixture
def account(zalo: FakeZalo) -> ZaloAccount:
    return connect(
        name="Phường Thanh Khê",
        app_id="123",
        app_secret="bi-mat",
        refresh_token="lam-moi-1",
        by=make_person(),
        at=AT,
    )


def state_of(post: ZaloPost) -> str:
    post.refresh_from_db()
    return post.state


def test_nothing_is_asked_of_zalo_until_an_account_is_connected(zalo, api):
    post = make_post()
    assert send_due(api, at=AT) == 0
    assert zalo.asked == []
    assert state_of(post) == State.WAITING


@pytest.mark.usefixtures("account")
def test_an_article_goes_out_as_documented_and_is_found(zalo, api):
    post = make_post()
    send_due(api, at=AT)
    assert state_of(post) == State.ACCEPTED
    renewal, creation = zalo.asked
    assert renewal[0] == "/v4/oa/access_token"
    assert renewal[1]["secret_key"] == "bi-mat"
    assert renewal[2] == {
        "refresh_token": "lam-moi-1",
        "app_id": "123",
        "grant_type": "refresh_token",
    }
    assert creation[0] == "/v2.0/article/create"
    assert creation[1]["access_token"] == "truy-cap-2"
    assert creation[2] == {
        "type": "normal",
        "title": post.title,
        "author": "Phường Thanh Khê",
        "cover": {
            "cover_type": "photo",
            "photo_url": "https://mot.example/og.png",
            "status": "show",
        },
        "description": "Mở thêm một giờ",
        "body": [
            {"type": "text", "content": "Đoạn &lt;một&gt;"},
            {"type": "text", "content": "Đoạn hai"},
            {"type": "text", "content": f"Đọc đầy đủ: {post.page_url}"},
        ],
        "status": "hide",
        "comment": "hide",
    }
    send_due(api, at=post.next_at)
    assert state_of(post) == State.POSTED
    assert post.article_id == "bai-1"
    assert zalo.asked[-1][2] == {"token": "the-1"}
    send_due(api, at=AT + timedelta(days=1))
    assert zalo.created == 1


@pytest.mark.usefixtures("account")
def test_secrets_are_locked_at_rest_and_logged_nowhere(zalo, api):
    with capture_logs() as logs:
        make_post()
        send_due(api, at=AT)
    account = ZaloAccount.objects.get()
    kept = f"{account.app_secret} {account.access_token} {account.refresh_token}"
    told = f"{logs} {list(AuditEvent.objects.values())} {list(ZaloAttempt.objects.values())}"
    for secret in ("bi-mat", "lam-moi", "truy-cap"):
        assert secret not in kept
        assert secret not in told
    assert "truy-cap" not in repr(Tokens("truy-cap", "lam-moi", 1))


@pytest.mark.usefixtures("account")
def test_the_refresh_token_is_used_once(zalo, api):
    make_post()
    make_post()
    send_due(api, at=AT)
    assert zalo.paths().count("/v4/oa/access_token") == 1
    assert zalo.created == 2


@pytest.mark.usefixtures("account")
def test_a_lost_answer_is_never_sent_again_by_itself(zalo, api):
    post = make_post()
    zalo.answers = [hang_up]
    send_due(api, at=AT)
    assert state_of(post) == State.UNKNOWN
    assert "Official Account" in post.last_error
    send_due(api, at=AT + timedelta(days=2))
    assert zalo.paths().count("/v2.0/article/create") == 1
    # A person has looked and it is not there: not before it is certain that it will not come.
    with pytest.raises(ZaloRefused):
        outbox.retry(post, by=make_person(), at=AT + LEASE / 2)
    outbox.retry(post, by=make_person(), at=AT + LEASE)
    send_due(api, at=AT + LEASE)
    assert state_of(post) == State.ACCEPTED
    assert [attempt.outcome for attempt in post.attempts.all()] == ["unknown", "accepted"]


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    "answer",
    [
        say_raw(b"Bad gateway", status=502),
        say_raw(b"<html>"),
        say_raw(b"[]"),
        say(message="?"),
        say(error=0, data={}),
        say_raw(b'{"error": 0' + b" " * 300_000 + b"}"),
    ],
)
def test_an_answer_that_says_nothing_is_an_unknown_outcome(zalo, api, answer):
    post = make_post()
    zalo.answers = [answer]
    send_due(api, at=AT)
    assert state_of(post) == State.UNKNOWN


@pytest.mark.usefixtures("account")
def test_a_crash_between_sending_and_noting_is_shown_to_a_person(zalo, api):
    post = make_post()

    class Crash(Exception):
        pass

    class CrashingApi(HttpArticleApi):
        def create_article(self, article, *, access_token):
            super().create_article(article, access_token=access_token)
            raise Crash

    with pytest.raises(Crash):
        send_post(post, CrashingApi(api_url=zalo.url, oauth_url=zalo.url), at=AT)
    assert state_of(post) == State.SENDING
    send_due(api, at=AT + LEASE / 2)
    assert state_of(post) == State.SENDING
    send_due(api, at=AT + LEASE * 2)
    assert state_of(post) == State.UNKNOWN
    assert zalo.created == 1


@pytest.mark.usefixtures("account")
def test_what_never_left_is_sent_again_ever_more_rarely(zalo):
    nowhere = HttpArticleApi(api_url="http://127.0.0.1:9", oauth_url=zalo.url)
    post = make_post()
    at = AT
    waits = []
    for _attempt in range(6):
        send_post(post, nowhere, at=at)
        post.refresh_from_db()
        if post.next_at:
            waits.append(post.next_at)
            at = post.next_at
    assert len(waits) == 5
    assert post.state == State.FAILED
    assert "6" in post.last_error


@pytest.mark.usefixtures("account")
def test_a_refusal_is_told_in_plain_words(zalo, api):
    post = make_post()
    zalo.answers = [say(error=-224, message="OA package")]
    send_due(api, at=AT)
    assert state_of(post) == State.FAILED
    assert post.last_error == "Gói dịch vụ của Official Account chưa cho đăng bài qua kết nối này."
    other = make_post()
    zalo.answers = [say(error=-201, message="title\x00 is invalid")]
    send_due(api, at=AT)
    assert state_of(other) == State.FAILED
    assert other.last_error == "Zalo từ chối (mã -201): title is invalid"


@pytest.mark.usefixtures("account")
def test_a_token_that_zalo_drops_early_is_renewed(zalo, api):
    post = make_post()
    zalo.answers = [say(error=-216, message="Access token is invalid")]
    send_due(api, at=AT)
    assert state_of(post) == State.WAITING
    send_due(api, at=post.next_at)
    assert state_of(post) == State.ACCEPTED
    assert zalo.asked[-1][1]["access_token"] == "truy-cap-3"


@pytest.mark.usefixtures("account")
def test_a_dead_refresh_token_is_said_on_the_account(zalo, api):
    zalo.refresh_token = "khac-9"
    post = make_post()
    send_due(api, at=AT)
    assert state_of(post) == State.WAITING
    assert post.attempt_count == 0
    assert "refresh token" in ZaloAccount.objects.get().last_error
    assert post.last_error == ZaloAccount.objects.get().last_error


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("was_renewed", [False, True])
def test_a_changed_key_of_the_server_is_said_and_stops_no_batch(
    zalo, api, settings, was_renewed: bool
):
    accepted = make_post()
    if was_renewed:
        send_due(api, at=AT)
    waiting = make_post()
    asked = len(zalo.asked)
    settings.SECRET_KEY = "mot-khoa-khac"
    send_due(api, at=AT + timedelta(minutes=1))
    account = ZaloAccount.objects.get()
    assert "nhập lại các mã" in account.last_error
    assert account.renewing_since is None
    assert state_of(waiting) == State.WAITING
    assert waiting.last_error == account.last_error
    assert waiting.next_at > AT + timedelta(minutes=1)
    assert state_of(accepted) == (State.ACCEPTED if was_renewed else State.WAITING)
    assert len(zalo.asked) == asked


@pytest.mark.usefixtures("account")
def test_no_redirect_is_followed_with_a_token(zalo, api):
    elsewhere = FakeZalo()
    post = make_post()
    zalo.answers = [say_raw(b"", status=307, Location=f"{elsewhere.url}/v2.0/article/create")]
    send_due(api, at=AT)
    assert elsewhere.asked == []
    assert state_of(post) == State.FAILED
    elsewhere.stop()


@pytest.mark.usefixtures("account")
def test_an_article_still_in_the_works_is_asked_for_later(zalo, api):
    post = make_post()
    send_due(api, at=AT)
    post.refresh_from_db()
    zalo.answers = [say(error=-214, message="processing")]
    send_due(api, at=post.next_at)
    assert state_of(post) == State.ACCEPTED
    send_due(api, at=post.next_at)
    assert state_of(post) == State.POSTED


@pytest.mark.usefixtures("account")
def test_two_workers_send_once(zalo, api):
    post = make_post()
    same = ZaloPost.objects.get(pk=post.pk)
    send_post(post, api, at=AT)
    send_post(same, api, at=AT)
    assert zalo.created == 1


@pytest.mark.usefixtures("account")
def test_a_page_that_is_no_longer_public_is_not_posted(zalo, api):
    post = make_post()
    other = make_post()
    publicity.ask_with(lambda page_id: page_id != post.page_id)
    send_due(api, at=AT)
    assert state_of(post) == State.CANCELLED
    assert "không còn công khai" in post.last_error
    assert state_of(other) == State.ACCEPTED
    assert zalo.created == 1


@pytest.mark.usefixtures("account")
def test_a_post_late_in_a_slow_batch_is_not_given_up_while_it_is_sent(api):
    make_post()
    make_post()
    clock = [AT]
    states = []

    class SlowApi(HttpArticleApi):
        def create_article(self, article, *, access_token):
            clock[0] += LEASE * 0.6
            give_up_lost_attempts(at=clock[0])  # the next beat, while this request is on its way
            states.append(ZaloPost.objects.get(title=article.title).state)
            return super().create_article(article, access_token=access_token)

    slow = SlowApi(api_url=api._api_url, oauth_url=api._oauth_url)
    send_due(slow, at=AT, clock=lambda: clock[0])
    assert states == [State.SENDING] * 2


def test_a_page_is_in_the_outbox_once():
    post = make_post(page_id=7)
    with pytest.raises(ZaloRefused):
        make_post(page_id=7)
    outbox.cancel(post, by=make_person(), at=AT)
    again = make_post(page_id=7)
    ZaloPost.objects.filter(pk=post.pk).update(state=State.FAILED)
    with pytest.raises(ZaloRefused):
        outbox.retry(post, by=make_person(), at=AT)
    assert state_of(again) == State.WAITING


def test_people_act_only_where_it_makes_sense():
    post = make_post()
    with pytest.raises(ZaloRefused):
        outbox.retry(post, by=make_person(), at=AT)
    with pytest.raises(ZaloRefused):
        outbox.mark_posted(post, by=make_person(), at=AT)
    ZaloPost.objects.filter(pk=post.pk).update(state=State.UNKNOWN)
    outbox.mark_posted(post, by=make_person(), at=AT)
    assert state_of(post) == State.POSTED
    with pytest.raises(ZaloRefused):
        outbox.cancel(post, by=make_person(), at=AT)


def test_an_open_attempt_stands_alone():
    post = make_post()
    ZaloAttempt.objects.create(post=post, number=1, started_at=AT)
    with pytest.raises(IntegrityError):
        ZaloAttempt.objects.create(post=post, number=2, started_at=AT)


def test_disconnecting_forgets_every_secret(account):
    disconnect(by=make_person(), at=AT)
    account.refresh_from_db()
    assert (account.app_secret, account.access_token, account.refresh_token) == ("", "", "")
    assert not account.is_on


def test_the_timer_costs_little_while_nothing_is_connected(django_assert_num_queries):
    with django_assert_num_queries(2):
        send_to_zalo()


def test_the_share_link_holds_the_address():
    link = share_link("https://mot.example/tin/đất-đai/?a=1")
    address, _, packed = link.partition("?d=")
    assert address == "https://sp.zalo.me/share_inline"
    assert json.loads(base64.b64decode(unquote(packed))) == {
        "url": "https://mot.example/tin/%C4%91%E1%BA%A5t-%C4%91ai/?a=1"
    }
