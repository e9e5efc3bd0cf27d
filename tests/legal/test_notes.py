"""What was written for colleagues leaves the summaries that everybody reads."""

import importlib

import pytest
from django.apps import apps
from wagtail.models import Revision

from legal.loading import load_instruments
from legal.models import Instrument
from legal.notes import split_note
from tests.cms.factories import make_instrument

migration = importlib.import_module("legal.migrations.0004_editors_note")


@pytest.mark.parametrize(
    ("summary", "shown", "note"),
    [
        ("Tiếp công dân.", "Tiếp công dân.", ""),
        ("Sửa đổi 118. Ngày hiệu lực cần kiểm tra.", "Sửa đổi 118.", "Ngày hiệu lực cần kiểm tra."),
        ("Hết hiệu lực (nguồn thứ cấp).", "Hết hiệu lực.", "Nguồn thứ cấp."),
        ("Kiểm tra, giám sát ở xã. Đơn thư.", "Kiểm tra, giám sát ở xã. Đơn thư.", ""),
        ("", "", ""),
    ],
)
def test_each_sentence_goes_to_one_of_the_two(summary, shown, note):
    assert split_note(summary) == (shown, note)


@pytest.mark.django_db
def test_loading_and_the_migration_keep_notes_apart():
    record = {
        "number": "118/2025/NĐ-CP",
        "title": "Về một cửa",
        "issuer": "Chính phủ",
        "status": "con_hieu_luc",
        "certainty": "memory",
        "summary": "Cơ chế một cửa. Ngày hiệu lực cần kiểm tra.",
    }
    load_instruments([record])
    loaded = Instrument.objects.get()
    assert (loaded.summary, loaded.note) == ("Cơ chế một cửa.", "Ngày hiệu lực cần kiểm tra.")

    older = make_instrument("61/2018/NĐ-CP", summary=record["summary"])
    older.save_revision()
    migration.move_notes(apps, None)
    older.refresh_from_db()
    assert (older.summary, older.note) == (loaded.summary, loaded.note)
    opened = Revision.objects.get(pk=older.latest_revision_id).as_object()
    assert (opened.summary, opened.note) == (loaded.summary, loaded.note)
