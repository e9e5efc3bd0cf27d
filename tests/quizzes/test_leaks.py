"""A sealed bank leaks to nobody: every address of the product is asked for by each kind of person
who may not read it, and nothing that comes back, is mailed, logged or kept holds its words."""

import logging
import re
from datetime import timedelta
from io import BytesIO
from itertools import product
from zipfile import ZipFile, is_zipfile

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import Resolver404, get_resolver, reverse

from config import urls
from core.models import AuditEvent, Job
from people import roles
from quizzes.commenting import comment_on
from quizzes.enums import BankAct, RoundState
from quizzes.importing.uploads import keep_upload
from quizzes.models import BlueprintCell, Question, QuestionVersion, Round, RoundQuestion
from quizzes.sealing import seal_bank
from tests.quizzes.bank_factories import AT, fill, make_author, make_bank, make_person, parsed
from tests.quizzes.contest_factories import make_contest, make_organiser
from tests.quizzes.play_factories import make_entry
from tests.quizzes.test_flagging import make_instrument

pytestmark = pytest.mark.django_db
SECRET = "NIEMPHONG7F3"
KEY_SECRET = "DAPAN7F3"
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
# Ends the session, fails on purpose, or needs a token that a person has not got.
_LEFT_OUT = re.compile(r"logout|[\^(]|favicon|oidc|set_?lang|media/|\.js|sprite|failwhale")
# What of the back office and of accounts could show a question: the rest is Wagtail's own.
_BACK_OFFICE = re.compile(
    r"^admin/(questions|reports|pages/search|api|choose|snippets|bulk|documents|images|$)"
)
_ELSEWHERE = re.compile(r"^(admin|accounts|people)/")


class World:
    """A bank sealed to one keeper, drawn from by a round that opens tomorrow."""

    def __init__(self):
        self.bank = make_bank("mat", "Ngân hàng vòng chung kết")
        self.keeper = make_author(self.bank)
        law = make_instrument("61/2018/NĐ-CP", status="expired")
        basis = f"Điều 8 Nghị định số 61/2018/NĐ-CP {SECRET}"
        fill(
            self.bank,
            *[
                parsed(
                    f"{SECRET} Thời hạn giải quyết hồ sơ {number}?",
                    options=(f"Ba ngày {SECRET}", f"Năm ngày {SECRET}"),
                    correct=(1,),
                    explanation=f"{KEY_SECRET} vì luật ghi thế",
                    legal_basis=basis if number else "",
                    topic="Thủ tục",
                )
                for number in range(2)
            ],
            approve=True,
        )
        self.question = self.bank.questions.order_by("pk")[0]
        QuestionVersion.objects.update(created_by=self.keeper)
        comment_on(self.question, text=f"Xem lại {SECRET}", by=self.keeper, at=AT)
        gift = SimpleUploadedFile(f"{SECRET}.gift", f"{SECRET} hỏi? {{=a ~b}}".encode())
        self.job = keep_upload(self.bank, gift, by=self.keeper, at=AT)
        self.round = Round.objects.create(
            contest=make_contest(),
            number=1,
            name="Vòng 1",
            state=RoundState.READY,
            ready_at=AT,
            opens_at=AT + timedelta(days=1),
            closes_at=AT + timedelta(days=2),
            duration_seconds=600,
        )
        cell = BlueprintCell.objects.create(
            round=self.round, topic=self.question.topic, question_count=1
        )
        for question in Question.objects.all():
            RoundQuestion.objects.create(
                round=self.round, cell=cell, version=question.current_version
            )
        draft = Round.objects.create(
            contest=self.round.contest,
            number=2,
            name="Vòng 2",
            opens_at=AT + timedelta(days=3),
            closes_at=AT + timedelta(days=4),
            duration_seconds=600,
        )
        BlueprintCell.objects.create(round=draft, topic=self.question.topic, question_count=1)
        self.entry = make_entry(self.round)
        self.law = law
        self.other_owner = make_author(self.bank)
        seal_bank(
            self.bank,
            people=[self.keeper],
            until=AT + timedelta(days=3),
            quiz_round=self.round,
            reason="Chung kết",
            by=self.keeper,
            at=AT,
        )

    def person(self, kind):
        if kind == "anonymous":
            return None
        if kind == "contestant":
            return self.entry.user
        if kind == "organiser":
            return make_organiser(self.round.contest)
        if kind == "reader not named":
            reader = make_person(roles.ORGANISER)
            self.bank.readers.add(reader)
            self.round.contest.organisers.add(reader)
            return reader
        if kind == "author of another bank":
            return make_author(make_bank("khac", "Khác"))
        if kind == "owner not named":
            return self.other_owner
        return make_person(roles.ADMINISTRATOR, roles.EDITOR, roles.AUTHOR)

    def addresses(self):
        """Every address that is about contests, banks or search, with each way to fill its
        arguments that could concern the bank."""
        known = {
            "number": [1, 2],
            "act": ["strike"],
            "what": ["participation", "standings"],
            "slug": ["mat"],
            "round_id": [self.round.pk],
            "contest_id": [self.round.contest_id],
        }
        first = self.round.pool.first()
        pks = sorted({self.question.pk, self.job.pk, first.pk, self.law.pk})
        for pattern in _patterns(get_resolver()):
            if _LEFT_OUT.search(pattern):
                continue
            if _ELSEWHERE.match(pattern) and not _BACK_OFFICE.match(pattern):
                continue
            is_bank = pattern.startswith("bank/")
            known["code"] = [self.bank.code if is_bank else self.round.contest.code]
            known["pk"] = pks if is_bank else pks[:1]
            names = [name for _converter, name in _ARGUMENT.findall(pattern)]
            for values in product(*(known.get(name, [1]) for name in names)):
                address = pattern
                for value in values:
                    address = _ARGUMENT.sub(str(value), address, count=1)
                yield f"/{address}"
        for word in ("thời hạn giải quyết", "ngày", str(self.question.pk), "#1"):
            yield f"/search/?q={word}"
            yield f"/admin/questions/?q={word}"
            yield f"/admin/pages/search/?q={word}"
            yield f"/admin/reports/site-history/?label={word}"
        yield f"/admin/questions/?bank={self.bank.pk}"
        yield f"/bank/recheck/?bank={self.bank.pk}"


def _patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern, route)
        else:
            yield route


def body_of(response):
    """Everything sent: headers, and what is inside of a workbook or a document."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:  # close() itself would end the test's connection
        close()
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
    return f"{response.headers}{data.decode(errors='replace')}"


def _bare(status):
    def answer(request, exception):
        # Every pattern that was tried is no part of what is sent.
        said = "" if isinstance(exception, Resolver404) else exception.args
        return HttpResponse(f"{request.get_full_path()} {said}", status=status)

    return answer


@pytest.fixture
def bare_errors(monkeypatch, settings):
    """A third of all answers are the page of 404 or 403, made of the address and what was raised.
    These two alone show as much, without the frame around them and a search for redirects."""
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", _bare(status), raising=False)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "redirects" not in name]


@pytest.fixture
def world():
    with time_machine.travel(AT, tick=False):
        yield World()


@pytest.mark.parametrize(
    "kind",
    [
        "anonymous",
        "contestant",
        "author of another bank",
        "organiser",
        "reader not named",
        "owner not named",
        "administrator",
    ],
)
def test_nothing_of_a_sealed_bank_comes_back(client, world, bare_errors, kind, caplog):
    person = world.person(kind)
    if person:
        client.force_login(person)
    client.raise_request_exception = False
    kept = AuditEvent.objects.count()
    with caplog.at_level(logging.INFO):
        for address in world.addresses():
            response = client.get(address)
            assert response.status_code < 500 or response.status_code == 503, address
            said = body_of(response)
            assert SECRET not in said, address
            assert KEY_SECRET not in said, address
    for text in [caplog.text, *(str(message.message()) for message in mail.outbox)]:
        assert SECRET not in text
        assert KEY_SECRET not in text
    for event in AuditEvent.objects.order_by("pk")[kept:]:
        assert SECRET not in f"{event.summary}{event.reason}{event.data}"


@pytest.mark.parametrize("kind", ["contestant", "author of another bank", "administrator"])
def test_the_pages_of_errors_say_nothing_either(client, world, kind):
    client.force_login(world.person(kind))
    code, pk = world.bank.code, world.question.pk
    asked = [reverse("quizzes:question_detail", args=[code, pk]), reverse("quizzes:bank_list")]
    answers = [client.get(address) for address in [*asked, f"/{code}/{pk}/"]]
    assert 404 in [answer.status_code for answer in answers]
    for answer in answers:
        assert SECRET not in body_of(answer)
        assert KEY_SECRET not in body_of(answer)


def test_nothing_that_is_kept_about_the_bank_holds_its_words(world):
    for event in AuditEvent.objects.all():
        assert SECRET not in f"{event.summary}{event.reason}{event.data}"
        assert KEY_SECRET not in f"{event.summary}{event.reason}{event.data}"
    for job in Job.objects.all():
        assert SECRET not in f"{job.message}{job.result}"
        assert SECRET not in job.parameters["file"], "a stored file is not named by its person"


def test_whoever_is_named_reads_every_key_on_record(client, world, bare_errors):
    """Wherever keys come back, that very request is in the log; and the walk does reach them."""
    client.force_login(world.keeper)
    client.raise_request_exception = False
    reads = AuditEvent.objects.filter(action=BankAct.KEY_READ)
    shown, silent = [], []
    for address in world.addresses():
        before = reads.count()
        said = body_of(client.get(address))
        if KEY_SECRET in said or "Đáp án đúng</span>" in said:
            shown.append(address)
            if reads.count() == before:
                silent.append(address)
    assert silent == []
    page = reverse("quizzes:question_detail", args=[world.bank.code, world.question.pk])
    assert page in shown
    assert len(shown) >= 3
