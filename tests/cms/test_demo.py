"""The demo models: all there, honest about their source, and readable."""

import re

import pytest
from django.utils import timezone

from cms.demo import reform_models
from cms.demo.reform_models import MODELS
from cms.models import Adoption, ReformModelPage
from core.clock import read_clock
from people import roles
from tests.people.factories import make_unit, make_user

NAMES = (
    "Giờ làm việc thứ 9",
    "mã QR",
    "cấp giấy phép xây dựng",
    "công sở thân thiện và trách nhiệm",
    "Một cửa đô thị hiện đại",
    "Ngày không viết, Ngày không đợi",
    "Zalo OA",
    "Nhà trọ chuyển đổi số",
    "Một cửa số",
    "Hội thi công chức",
    "Thi đua tối ưu hóa quy trình",
)
# What the source counts, and the dates; anything else would be invented.
TOLD = {"97", "20/6/2024", "01/7/2025", "2024", "2025", "10", "30", "2022–2023", "06", "1", "2"}


@pytest.mark.parametrize("name", NAMES)
def test_every_model_of_the_source_is_there(name):
    assert any(name in model.title for model in MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.slug)
def test_a_text_has_no_number_that_the_source_does_not_give(model):
    text = " ".join([model.title, model.summary, model.problem, model.way, model.result])
    words = re.findall(r"\d[\d/–]*", re.sub("<[^>]+>", " ", text).replace("thứ 9", ""))
    assert set(words) <= TOLD
    assert "01/7/2025" in model.ended_note
    assert {point[1] for measure in model.measures for point in measure.points} <= {"97"}


@pytest.mark.django_db
def test_loading_twice_makes_each_model_once_and_one_that_spreads(client):
    for name in ("Một", "Hai", "Ba", "Bốn"):
        make_unit(f"Phường {name}", parent=make_unit())
    staff = {
        role: make_user(role, unit=make_unit())
        for role in (roles.ADMINISTRATOR, roles.ORGANISER, roles.EDITOR)
    }
    for _time in range(2):
        reform_models.load(at=read_clock(), staff=staff)
    pages = ReformModelPage.objects.live()
    assert pages.count() == len(MODELS)
    assert sorted(Adoption.objects.values_list("state", flat=True)) == [
        "registered",
        "running",
        "running",
        "running",
    ]
    for page in pages:
        text = client.get(page.url).text
        assert "Lao động Thủ đô" in text
        assert "năm 2024" in text
        assert "01/7/2025" in text
    spreading = pages.get(slug=reform_models.SPREADING)
    assert "số minh họa của bản demo" in client.get(spreading.url).text
    assert spreading.launched_on.year == 2024 <= timezone.localdate().year
