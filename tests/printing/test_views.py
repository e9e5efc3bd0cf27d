"""Every page tried by the owner, a colleague, an outsider, and someone not signed in."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.models import Job
from printing import batches
from printing.issuing import issue, revoke
from printing.models import Certificate
from printing.views import results, verify
from quizzes.enums import RoundState
from quizzes.models import Round, Standing
from tests.printing.factories import AT, make_organiser, make_published_round, make_user
from tests.printing.pdf import plain, reader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def quiz_round():
    return make_published_round(persons=3)


@pytest.fixture
def organiser(quiz_round):
    return make_organiser(quiz_round)


@pytest.fixture
def certificate(quiz_round, organiser):
    issue(quiz_round, kind=Certificate.Kind.AWARD, by=organiser, at=AT)
    return Certificate.objects.get(register_number=1)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


class TestVerify:
    def url(self, code):
        return reverse("printing:verify", args=[code])

    def test_anyone_sees_name_unit_what_for_and_that_it_is_valid(self, certificate):
        response = Client().get(self.url(certificate.code))
        assert response.status_code == 200
        shown = text_of(response)
        assert "Có hiệu lực" in shown
        for part in (certificate.full_name, certificate.unit_name, "Đạt giải Nhất", "Vòng 1"):
            assert part in shown

    def test_and_nothing_else(self, certificate):
        user = certificate.entry.user
        user.phone, user.email = "0912345678", "an@example.gov.vn"
        user.save()
        page = Client().get(self.url(certificate.code)).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        for secret in (user.phone, user.email, user.staff_code, "01/2026", "05/11", "Tổ Chức"):
            assert secret not in page
        assert re.findall(r"<dt>(.*?)</dt>", main) == ["Họ và tên", "Đơn vị", "Thành tích"]

    def test_a_revoked_one_says_so_but_not_why(self, certificate, organiser):
        revoke(certificate, reason="Thi hộ", by=organiser, at=AT)
        shown = text_of(Client().get(self.url(certificate.code)))
        assert "Đã thu hồi" in shown
        assert "Có hiệu lực" not in shown
        assert "Thi hộ" not in shown

    @pytest.mark.parametrize("code", ["x", "khong-co", "A" * 300, "%00", "\x00", "'--"])
    def test_an_unknown_code_is_answered_clearly(self, certificate, code):
        response = Client().get(self.url(code))
        assert response.status_code == 404
        assert "Không có giấy chứng nhận này" in text_of(response)

    def test_is_kept_out_of_search_engines_and_caches(self, certificate):
        response = Client().get(self.url(certificate.code))
        assert "noindex" in response["X-Robots-Tag"]
        assert "no-store" in response["Cache-Control"]
        assert b'content="noindex, nofollow"' in response.content

    def test_is_limited_gently(self, certificate, monkeypatch):
        monkeypatch.setattr(verify, "READS_PER_MINUTE", 3)
        client = Client()
        codes = [client.get(self.url(certificate.code)).status_code for _ in range(5)]
        assert codes.count(200) >= 3
        assert codes[-1] == 429

    def test_only_reads(self, certificate):
        assert Client().post(self.url(certificate.code)).status_code == 405

    def test_reads_one_row(self, certificate, django_assert_num_queries):
        with django_assert_num_queries(1):
            Client().get(self.url(certificate.code))


class TestOwnCertificate:
    def url(self, certificate):
        return reverse("printing:download", args=[certificate.pk])

    def test_the_owner_downloads_it_and_so_does_an_organiser(self, certificate, organiser):
        for user in (certificate.entry.user, organiser):
            response = signed_in(user).get(self.url(certificate))
            assert response["Content-Type"] == "application/pdf"
            assert "no-store" in response["Cache-Control"]
            assert "GCN-2026-00001-nguyen-thi-an-1.pdf" in response["Content-Disposition"]
            page = plain(content(response))[0]
            assert "Nguyễn Thị Ẩn 1" in page
            assert "Số: 01/GCN-BTC" in page

    def test_is_shown_inside_zalo_which_saves_no_files(self, certificate):
        client = signed_in(certificate.entry.user)
        inside = {"User-Agent": "Mozilla/5.0 (Linux; Android 13) Zalo android/23"}
        page = client.get(reverse("printing:mine"), headers=inside).content.decode()
        assert "Bạn đang xem trong Zalo" in page
        shown = client.get(self.url(certificate), headers=inside)
        assert shown["Content-Disposition"].startswith("inline")
        saved = client.get(self.url(certificate))
        assert saved["Content-Disposition"].startswith("attachment")

    def test_is_the_same_paper_after_the_signer_has_changed(self, certificate):
        contest = certificate.round.contest
        contest.signer_name, contest.name = "Người Khác", "Tên khác"
        contest.save()
        page = plain(content(signed_in(certificate.entry.user).get(self.url(certificate))))[0]
        assert "Nguyễn Văn Bình" in page
        assert "Tên khác" not in page

    def test_a_colleague_an_outsider_and_another_organiser_find_nothing(self, certificate):
        colleague = Standing.objects.get(position=2).entry.user
        for user in (colleague, make_user("Người Ngoài"), make_organiser()):
            assert signed_in(user).get(self.url(certificate)).status_code == 404

    def test_someone_not_signed_in_is_sent_to_sign_in(self, certificate):
        response = Client().get(self.url(certificate))
        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]

    def test_a_revoked_one_is_no_longer_given(self, certificate, organiser):
        revoke(certificate, reason="Sai tên", by=organiser, at=AT)
        for user in (certificate.entry.user, organiser):
            assert signed_in(user).get(self.url(certificate)).status_code == 404

    def test_my_list_holds_only_mine(self, certificate):
        shown = text_of(signed_in(certificate.entry.user).get(reverse("printing:mine")))
        assert "Đạt giải Nhất" in shown
        assert "Đạt giải Nhì" not in shown
        shown = text_of(signed_in(make_user()).get(reverse("printing:mine")))
        assert "Chưa có giấy chứng nhận nào" in shown


class TestWhoOrganises:
    """Pages of the organisers: others learn nothing, not even that the thing exists."""

    @pytest.fixture
    def addresses(self, quiz_round, certificate, organiser):
        job = Job.objects.create(
            kind="printing.certificates",
            created_by=organiser,
            created_at=AT,
            parameters={"round": quiz_round.pk},
        )
        return [
            reverse("printing:issue", args=[quiz_round.pk]),
            reverse("printing:register", args=[quiz_round.contest_id]),
            reverse("printing:revoke", args=[certificate.pk]),
            reverse("printing:result_sheet", args=[quiz_round.pk]),
            reverse("printing:job", args=[job.pk]),
            reverse("printing:job_file", args=[job.pk]),
        ]

    def test_the_organiser_gets_in(self, addresses, organiser):
        client = signed_in(organiser)
        assert [client.get(url).status_code for url in addresses] == [200, 200, 200, 200, 200, 404]
        assert b"7" in client.get(addresses[-1]).content  # a clear page, not a bare 404

    def test_a_contestant_an_outsider_and_another_organiser_do_not(self, addresses, certificate):
        for user in (certificate.entry.user, make_user(), make_organiser()):
            client = signed_in(user)
            for url in addresses:
                assert client.get(url).status_code == 404
                assert client.post(url).status_code in {404, 405}

    def test_nor_does_someone_who_lost_the_role(self, addresses, organiser):
        organiser.groups.clear()
        client = signed_in(organiser)
        assert {client.get(url).status_code for url in addresses} == {404}

    def test_someone_not_signed_in_is_sent_to_sign_in(self, addresses):
        for url in addresses:
            for response in (Client().get(url), Client().post(url)):
                assert response.status_code == 302
                assert "/accounts/login/" in response["Location"]

    def test_jobs_of_other_kinds_are_not_shown(self, organiser, quiz_round):
        job = Job.objects.create(
            kind="people.import", created_at=AT, parameters={"round": quiz_round.pk}
        )
        url = reverse("printing:job", args=[job.pk])
        assert signed_in(organiser).get(url).status_code == 404


class TestIssuing:
    def url(self, quiz_round):
        return reverse("printing:issue", args=[quiz_round.pk])

    def issue(self, client, quiz_round, callbacks, **choice):
        with callbacks(execute=True):
            return client.post(self.url(quiz_round), choice)

    def test_from_the_choice_to_the_file(
        self, quiz_round, organiser, django_capture_on_commit_callbacks
    ):
        client = signed_in(organiser)
        assert "Tất cả người đạt giải: 3 người" in text_of(client.get(self.url(quiz_round)))
        response = self.issue(
            client, quiz_round, django_capture_on_commit_callbacks, what="award", form="pdf"
        )
        job = Job.objects.get()
        assert response["Location"] == reverse("printing:job", args=[job.pk])
        assert (job.state, job.done_count, job.total_count) == (Job.State.DONE, 3, 3)
        assert "Cấp mới 3 giấy" in text_of(client.get(response["Location"]))
        file = client.get(reverse("printing:job_file", args=[job.pk]))
        assert "attachment" in file["Content-Disposition"]
        pages = plain(content(file))
        assert [f"Nguyễn Thị Ẩn {n}" in page for n, page in enumerate(pages, 1)] == [True] * 3

    def test_a_second_time_the_same_numbers_come_out(
        self, quiz_round, organiser, django_capture_on_commit_callbacks
    ):
        client = signed_in(organiser)
        for _ in range(2):
            self.issue(
                client, quiz_round, django_capture_on_commit_callbacks, what="award", form="zip"
            )
        assert Certificate.objects.count() == 3
        files = [
            content(client.get(reverse("printing:job_file", args=[job.pk])))
            for job in Job.objects.order_by("pk")
        ]
        names = [zipfile.ZipFile(BytesIO(file)).namelist() for file in files]
        assert names[0] == names[1]
        assert names[0][0] == "GCN-2026-00001-nguyen-thi-an-1.pdf" or len(names[0]) == 3

    def test_one_award_alone(self, quiz_round, organiser, django_capture_on_commit_callbacks):
        best = quiz_round.awards.get(name="Giải Nhất")
        self.issue(
            signed_in(organiser),
            quiz_round,
            django_capture_on_commit_callbacks,
            what=f"award-{best.pk}",
            form="pdf",
        )
        assert Certificate.objects.get().full_name == "Nguyễn Thị Ẩn 1"

    @pytest.mark.parametrize("what", ["", "award-999999", "award-x", "everything"])
    def test_a_choice_that_is_none_is_refused_and_nothing_written(
        self, quiz_round, organiser, what
    ):
        response = signed_in(organiser).post(self.url(quiz_round), {"what": what, "form": "exe"})
        assert response.status_code == 422
        assert Certificate.objects.count() == Job.objects.count() == 0

    def test_before_publication_only_a_draft_is_shown(self, quiz_round, organiser):
        Round.objects.update(state=RoundState.CLOSED)
        client = signed_in(organiser)
        assert "Cấp và tạo tệp" not in text_of(client.get(self.url(quiz_round)))
        client.post(self.url(quiz_round), {"what": "award", "form": "pdf"})
        assert Job.objects.count() == 0
        preview = client.post(
            reverse("printing:preview", args=[quiz_round.pk]), {"what": "award", "form": "pdf"}
        )
        (page,) = plain(content(preview))
        assert page.count("DỰ THẢO") == 2
        assert "Nguyễn Thị Ẩn 1" in page
        assert Certificate.objects.count() == 0

    def test_preview_is_for_organisers(self, quiz_round):
        url = reverse("printing:preview", args=[quiz_round.pk])
        data = {"what": "award", "form": "pdf"}
        assert signed_in(make_organiser()).post(url, data).status_code == 404
        assert Client().post(url, data).status_code == 302

    def test_without_results_it_says_what_to_do(self, organiser, quiz_round):
        quiz_round.result_runs.update(is_current=False)
        assert "Chưa có kết quả" in text_of(signed_in(organiser).get(self.url(quiz_round)))

    def test_a_poll_gets_the_bar_alone(self, quiz_round, organiser):
        job = Job.objects.create(
            kind="printing.certificates",
            created_at=AT,
            state=Job.State.RUNNING,
            done_count=5,
            total_count=10,
            parameters={"round": quiz_round.pk},
        )
        response = signed_in(organiser).get(
            reverse("printing:job", args=[job.pk]), headers={"HX-Request": "true"}
        )
        assert b"<html" not in response.content
        assert "50%" in response.content.decode()

    def test_files_go_after_a_week(self, quiz_round, organiser, django_capture_on_commit_callbacks):
        client = signed_in(organiser)
        self.issue(client, quiz_round, django_capture_on_commit_callbacks, what="award", form="pdf")
        job = Job.objects.get()
        assert batches.drop_old_files(at=job.finished_at + timedelta(days=6)) == 0
        assert batches.drop_old_files(at=job.finished_at + timedelta(days=8)) == 1
        assert not batches.private_files().exists(job.result["file"])
        gone = client.get(reverse("printing:job_file", args=[job.pk]))
        assert gone.status_code == 404
        assert "7 ngày" in text_of(gone)


class TestRegister:
    def url(self, quiz_round, **query):
        return reverse("printing:register", args=[quiz_round.contest_id], query=query or None)

    def test_is_searched(self, quiz_round, certificate, organiser):
        client = signed_in(organiser)
        shown = text_of(client.get(self.url(quiz_round, q="an 2")))
        assert "Nguyễn Thị Ẩn 2" in shown
        assert "Nguyễn Thị Ẩn 1" not in shown
        assert "Không tìm thấy" in text_of(client.get(self.url(quiz_round, q="zzz")))
        assert client.get(self.url(quiz_round, page="x", state="y")).status_code == 200

    def test_revoking_and_undoing(self, quiz_round, certificate, organiser):
        client = signed_in(organiser)
        revoke_url = reverse("printing:revoke", args=[certificate.pk])
        restore_url = reverse("printing:restore", args=[certificate.pk])
        assert client.post(revoke_url, {"reason": " "}).status_code == 422
        assert client.post(revoke_url, {"reason": "Sai tên"}, follow=True).status_code == 200
        certificate.refresh_from_db()
        assert certificate.revoked_reason == "Sai tên"
        assert "Đã thu hồi" in text_of(client.get(self.url(quiz_round)))
        assert client.get(restore_url).status_code == 405
        client.post(restore_url)
        certificate.refresh_from_db()
        assert not certificate.is_revoked

    def test_an_outsider_restores_nothing(self, certificate, organiser):
        revoke(certificate, reason="x", by=organiser, at=AT)
        url = reverse("printing:restore", args=[certificate.pk])
        for user in (certificate.entry.user, make_organiser()):
            assert signed_in(user).post(url).status_code == 404
        certificate.refresh_from_db()
        assert certificate.is_revoked

    def test_takes_the_same_statements_for_1_and_for_3(
        self, quiz_round, organiser, django_assert_num_queries
    ):
        issue(
            quiz_round,
            kind=Certificate.Kind.AWARD,
            award=quiz_round.awards.get(name="Giải Nhất"),
            by=organiser,
            at=AT,
        )
        client = signed_in(organiser)
        client.get(self.url(quiz_round))
        for _ in range(2):
            with django_assert_num_queries(8):
                client.get(self.url(quiz_round))
            issue(quiz_round, kind=Certificate.Kind.AWARD, by=organiser, at=AT)


class TestResultSheet:
    def url(self, quiz_round):
        return reverse("printing:result_sheet", args=[quiz_round.pk])

    def test_is_downloaded(self, quiz_round, organiser):
        response = signed_in(organiser).post(
            self.url(quiz_round), {"orientation": "landscape", "order": "unit"}
        )
        pdf = content(response)
        assert response["Content-Disposition"].endswith('-1.pdf"')
        assert float(reader(pdf).pages[0].mediabox.width) > 800
        assert "Nguyễn Thị Ẩn 3" in " ".join(plain(pdf))

    def test_a_large_one_is_made_in_the_background(
        self, quiz_round, organiser, monkeypatch, django_capture_on_commit_callbacks
    ):
        monkeypatch.setattr(results, "AT_ONCE_PERSONS", 2)
        client = signed_in(organiser)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(
                self.url(quiz_round), {"orientation": "portrait", "order": "rank"}
            )
        job = Job.objects.get()
        assert response["Location"] == reverse("printing:job", args=[job.pk])
        assert job.state == Job.State.DONE
        assert "Tải tệp về" in text_of(client.get(response["Location"]))
        pdf = content(client.get(reverse("printing:job_file", args=[job.pk])))
        assert "Nguyễn Thị Ẩn 3" in " ".join(plain(pdf))

    def test_a_wrong_choice_is_refused(self, quiz_round, organiser):
        response = signed_in(organiser).post(self.url(quiz_round), {"orientation": "x"})
        assert response.status_code == 422

    def test_without_results_it_says_so(self, quiz_round, organiser):
        quiz_round.result_runs.update(is_current=False)
        client = signed_in(organiser)
        assert "Chưa có kết quả" in text_of(client.get(self.url(quiz_round)))
        assert client.post(self.url(quiz_round), {}).status_code == 422


class TestAKilledWorker:
    @pytest.fixture
    def job(self, quiz_round, organiser):
        return Job.objects.create(
            kind="printing.certificates",
            task="printing.make_certificates",
            created_by=organiser,
            created_at=AT,
            started_at=AT,
            heartbeat_at=AT,
            state=Job.State.RUNNING,
            parameters={
                "round": quiz_round.pk,
                "kind": "participation",
                "award": None,
                "form": "pdf",
            },
        )

    def test_its_job_goes_on(self, job, organiser, django_capture_on_commit_callbacks):
        client = signed_in(organiser)
        page = text_of(client.get(reverse("printing:job", args=[job.pk])))
        assert "Bị gián đoạn" in page
        assert "Chạy tiếp" in page
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("printing:job_resume", args=[job.pk]))
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.message

    def test_not_for_an_outsider(self, job):
        address = reverse("printing:job_resume", args=[job.pk])
        assert signed_in(make_organiser()).post(address).status_code == 404
        assert Client().post(address).status_code == 302
