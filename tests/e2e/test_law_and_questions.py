"""A law is repealed: its questions are flagged, one moves to the new law, one is confirmed."""

import pytest
from django.utils import timezone

from legal.models import Instrument
from people.models import User
from people.roles import AUTHOR
from quizzes.models import Question, QuestionBank, QuestionVersion
from tests.e2e.browsing import DESKTOP, PHONE
from tests.quizzes.bank_factories import fill, make_bank, parsed
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"
OLD, NEW = "161/2018/NĐ-CP", "118/2026/NĐ-CP"


@pytest.fixture
def bank(site: str) -> QuestionBank:
    number = QuestionBank.objects.count()
    return make_bank(f"luat-{number}", f"Ngân hàng về luật {number}")


@pytest.fixture
def people(bank: QuestionBank) -> dict[str, User]:
    """Two authors of a bank; one wrote two questions on a law that will have a successor."""
    for number in (OLD, NEW):
        Instrument.objects.update_or_create(
            number=number,
            defaults={
                "title": "Về thực hiện cơ chế một cửa, một cửa liên thông",
                "issuer": "Chính phủ",
                "status": Instrument.Status.IN_FORCE,
                "replaced_by": None,
            },
        )
    author, reviewer = make_person("Người Soạn", AUTHOR), make_person("Người Duyệt", AUTHOR)
    bank.owners.set([author, reviewer])
    fill(
        bank,
        parsed("Hồ sơ trễ hạn thì phải làm gì?", legal_basis=f"Điều 19 {OLD}"),
        parsed("Ai ký giấy tiếp nhận hồ sơ?", legal_basis=f"Điều 17 {OLD}"),
        approve=True,
    )
    QuestionVersion.objects.filter(question__bank=bank).update(
        created_by=author, drawn_at=timezone.now()
    )
    return {"author": author, "reviewer": reviewer}


def repeal(number: str, successor: str) -> None:
    """What the editor of legal instruments does in the back office."""
    old = Instrument.objects.get(number=number)
    old.status = Instrument.Status.EXPIRED
    old.replaced_by = Instrument.objects.get(number=successor)
    old.save()


def state_of(question: Question) -> str:
    return Question.objects.get(pk=question.pk).state


def test_a_law_is_repealed_flagged_replaced_and_confirmed(visit, bank, people):
    late, signer = "Hồ sơ trễ hạn thì phải làm gì?", "Ai ký giấy tiếp nhận hồ sơ?"
    question = bank.questions.get(current_version__stem=late)
    with visit(width=DESKTOP) as author:
        author.sign_in(people["author"].staff_code, PASSWORD)
        author.goto("/bank/recheck/")
        author.says("Không có câu hỏi nào cần rà soát")
        repeal(OLD, NEW)
        author.goto(f"/bank/{bank.code}/")
        author.says("2 câu hỏi cần rà soát")
        author.press("Mở danh sách cần rà soát")
        author.says("Văn bản được thay thế")
        author.says(NEW)
        author.check()
        row = author.page.locator("li", has_text=late)
        author.press("Đổi văn bản căn cứ", within=row, exact=False)
        author.check()
        author.fill(article="Điều 20")
        author.press("Đổi căn cứ và gửi duyệt")
        author.says("gửi duyệt")
        author.says(f"Điều 20 {NEW}")
    assert state_of(question) == "in_review"
    with visit(width=PHONE, javascript=False) as reviewer:
        reviewer.sign_in(people["reviewer"].staff_code, PASSWORD)
        reviewer.goto("/bank/recheck/")
        reviewer.says("1 câu hỏi cần rà soát")
        reviewer.page.get_by_label(signer, exact=False).check()
        reviewer.fill(note="Nghị định mới giữ nguyên")
        reviewer.press("Xác nhận vẫn đúng")
        reviewer.says("Đã xác nhận 1 câu vẫn đúng")
        reviewer.goto(f"/bank/{bank.code}/questions/{question.pk}/")
        reviewer.press("Duyệt")
        reviewer.says("Đã duyệt câu hỏi")
        reviewer.check()
    assert state_of(question) == "approved"
    assert Question.objects.get(pk=question.pk).current_version.instrument.number == NEW


def test_a_bank_is_sealed_and_its_reading_is_on_record(visit, bank, people):
    question = bank.questions.order_by("pk")[0]
    with visit(width=DESKTOP) as author:
        author.sign_in(people["author"].staff_code, PASSWORD)
        author.goto(f"/bank/{bank.code}/secrecy/")
        author.fill(until="2099-01-01T08:00", reason="Chuẩn bị vòng thi")
        author.check()
        author.press("Niêm phong", within=author.page.locator("main"))
        author.says("Đang niêm phong")
        author.check()
        author.goto(f"/bank/{bank.code}/questions/{question.pk}/")
        author.press("Ai đã xem đáp án")
        author.says(f"Trang câu hỏi: câu #{question.pk}")
        author.check()
    with visit(width=DESKTOP) as other:
        other.sign_in(people["reviewer"].staff_code, PASSWORD)
        other.goto("/bank/")
        other.press(bank.name)
        other.says("không có tên trong niêm phong")
        other.goto(f"/bank/{bank.code}/questions/{question.pk}/")
        other.says("404")
