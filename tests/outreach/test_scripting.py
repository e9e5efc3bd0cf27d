"""What a person wrote is never lost unasked, and a version never changes."""

import pytest
from django.db import IntegrityError, transaction

from outreach.errors import HandWrittenText, ScriptChanged, TextRefused
from outreach.models import Abbreviation, ReadingSettings, ScriptVersion
from outreach.reading import MAX_TEXT_CHARS
from outreach.scripting import (
    correct_readings,
    current_version,
    rewrite_source,
    write_by_hand,
)
from tests.outreach.factories import AT, make_person, make_script

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_person()


def test_a_new_script_is_read_by_the_rules():
    version = current_version(make_script(text="UBND mở cửa 8h30, do ABC ghi."))
    assert version.reading_text == ("Ủy ban nhân dân mở cửa tám giờ ba mươi phút, do ABC ghi.")
    assert version.open_count == 1
    assert not version.is_hand_written


def test_a_correction_makes_a_version_and_can_be_taken_back(editor):
    script = make_script(text="UBND do ABC ghi.")
    correct_readings(
        script, readings={"ABC": "a bê xê", "UBND": "Ủy ban"}, base_number=1, by=editor, at=AT
    )
    version = current_version(script)
    assert version.reading_text == "Ủy ban do a bê xê ghi."
    assert (version.number, version.open_count) == (2, 0)
    correct_readings(script, readings={"UBND": ""}, base_number=2, by=editor, at=AT)
    assert current_version(script).reading_text == "Ủy ban nhân dân do a bê xê ghi."


def test_corrections_stay_when_the_source_changes(editor):
    script = make_script(text="Do ABC ghi.")
    correct_readings(script, readings={"ABC": "a bê xê"}, base_number=1, by=editor, at=AT)
    rewrite_source(script, text="Có 2 bản do ABC ghi.", base_number=2, by=editor, at=AT)
    assert current_version(script).reading_text == "Có hai bản do a bê xê ghi."


def test_running_the_rules_again_asks_before_it_overwrites_a_hand(editor):
    script = make_script(text="Có 2 việc.")
    write_by_hand(script, text="Có đúng hai việc thôi.", base_number=1, by=editor, at=AT)
    with pytest.raises(HandWrittenText):
        rewrite_source(script, text="Có 3 việc.", base_number=2, by=editor, at=AT)
    with pytest.raises(HandWrittenText):
        correct_readings(script, readings={"2": "đôi"}, base_number=2, by=editor, at=AT)
    assert current_version(script).reading_text == "Có đúng hai việc thôi."

    rewrite_source(script, text="Có 3 việc.", base_number=2, keeps_hand=True, by=editor, at=AT)
    version = current_version(script)
    assert (version.source_text, version.reading_text) == ("Có 3 việc.", "Có đúng hai việc thôi.")
    rewrite_source(script, text="Có 3 việc.", base_number=3, keeps_hand=False, by=editor, at=AT)
    assert current_version(script).reading_text == "Có ba việc."
    # and what the hand wrote is still there to be read
    assert script.versions.get(number=2).reading_text == "Có đúng hai việc thôi."


def test_a_new_word_in_the_dictionary_changes_no_saved_version(editor):
    script = make_script(text="Do ABC ghi.")
    Abbreviation.objects.create(written="ABC", said="a bê xê")
    assert current_version(script).reading_text == "Do ABC ghi."
    rewrite_source(script, text="Do ABC ghi.", base_number=1, by=editor, at=AT)
    assert current_version(script).reading_text == "Do a bê xê ghi."


def test_saving_the_same_makes_no_version(editor):
    script = make_script(text="Có 2 việc.")
    rewrite_source(script, text="Có 2 việc.\n", base_number=1, by=editor, at=AT)
    assert script.versions.count() == 1


def test_two_editors_do_not_overwrite_each_other(editor):
    script = make_script()
    write_by_hand(script, text="Bản của tôi.", base_number=1, by=editor, at=AT)
    with pytest.raises(ScriptChanged):
        write_by_hand(script, text="Bản của bạn.", base_number=1, by=make_person(), at=AT)


@pytest.mark.parametrize("text", ["", " \n ", "…!", "a" * (MAX_TEXT_CHARS + 1)])
def test_a_text_that_cannot_be_read_is_refused(text: str):
    with pytest.raises(TextRefused):
        make_script(text=text)


def test_a_version_never_changes():
    script = make_script()
    with pytest.raises(IntegrityError), transaction.atomic():
        ScriptVersion.objects.filter(script=script).update(reading_text="Khác")


def test_the_south_is_read_its_way():
    ReadingSettings.objects.create(region="south")
    assert current_version(make_script(text="Có 1005 người.")).reading_text == (
        "Có một ngàn không trăm lẻ năm người."
    )
