from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from printing.issuing import issue
from printing.models import Certificate
from tests.printing.factories import AT, make_organiser, make_published_round

PARTICIPATION = Certificate.Kind.PARTICIPATION


@pytest.mark.django_db(transaction=True)
def test_two_organisers_at_the_same_moment_give_each_person_one_number():
    quiz_round = make_published_round(persons=8)
    organisers = [make_organiser(quiz_round), make_organiser(quiz_round)]
    together = Barrier(2)

    def press(organiser):
        together.wait()
        try:
            return issue(quiz_round, kind=PARTICIPATION, by=organiser, at=AT).created_count
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        created = sorted(pool.map(press, organisers))
    assert created == [0, 8]
    assert [c.register_number for c in Certificate.objects.order_by("register_number")] == list(
        range(1, 9)
    )
    assert len({c.entry_id for c in Certificate.objects.order_by("register_number")}) == 8
