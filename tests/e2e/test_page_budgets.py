"""The pages that are read most keep their budgets: weight, requests, shifts, axe, targets.

`make check-pages` holds every kind of public page of the demo to the same rules.
"""

from collections.abc import Iterator

import pytest

from posters.models import Place
from scripts.pages.judging import failures
from scripts.pages.kinds import HOME_BYTES, LIGHT_BYTES, PICTURE_BYTES, Kind
from scripts.pages.measuring import measure
from tests.cms.factories import make_article, make_procedure
from tests.posters.factories import make_link


@pytest.fixture(scope="module")
def kinds(site: str) -> Iterator[dict[str, Kind]]:
    article = make_article("Năm việc nên làm trước khi đến bộ phận một cửa")
    procedure = make_procedure("Đăng ký giám hộ", documents=["Tờ khai", "Giấy cử người giám hộ"])
    place = Place.objects.get_or_create(name="Nhà văn hóa thôn Đình Quán")[0]
    link = make_link(place, path=procedure.url, key=f"page:{procedure.pk}")
    yield {
        "home": Kind("home", "/", HOME_BYTES),
        "article": Kind("article", article.url, PICTURE_BYTES),
        "procedure": Kind("procedure", procedure.url, LIGHT_BYTES, is_light=True),
        "qr": Kind("qr", f"/q/{link.code}", LIGHT_BYTES, is_light=True),
    }
    # The journeys share a database, and one of them begins where no place is known yet.
    link.delete()
    place.delete()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["home", "article", "procedure", "qr"])
def test_a_page_keeps_its_budget(browser, site: str, kinds, name: str, width: int):
    facts = measure(browser, site, kinds[name].address, width=width, packs_static=True)
    assert facts.bytes > 15_000, "nothing was weighed"
    assert failures(kinds[name], facts) == []
