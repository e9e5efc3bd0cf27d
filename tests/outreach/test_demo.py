import pytest
from django.utils import timezone

from outreach import demo
from outreach.models import Broadcast, Script, Slot
from outreach.queries import totals_of_month
from outreach.scheduling import planned_airings
from outreach.scripting import current_version
from outreach.timetable import week_of
from people.models import Unit
from people.roles import EDITOR
from tests.outreach.factories import AT, make_person, make_unit

pytestmark = pytest.mark.django_db


def test_the_demo_has_scripts_timetables_and_two_months_of_log_and_loads_once():
    city = make_unit("Thành phố")
    wards = [make_unit(f"Phường {number}", parent=city) for number in (1, 2)]
    staff = {EDITOR: make_person(EDITOR, unit=Unit.objects.get(pk=city.pk))}
    demo.load(at=AT, staff=staff)
    counts = Script.objects.count(), Slot.objects.count(), Broadcast.objects.count()
    assert counts[0] == 3
    # the rules know every word of them: an editor of the demo has nothing left to settle
    assert {current_version(script).open_count for script in Script.objects.all()} == {0}
    first, last = week_of(timezone.localdate(AT))
    assert any(airing.clashes for airing in planned_airings(wards[0], first=first, last=last))
    for month in (timezone.localdate(AT), timezone.localdate(AT).replace(month=10)):
        assert {total.unit for total in totals_of_month(Unit.objects.all(), month=month)} == {
            "Phường 1",
            "Phường 2",
        }
    demo.load(at=AT, staff=staff)
    assert counts == (Script.objects.count(), Slot.objects.count(), Broadcast.objects.count())
