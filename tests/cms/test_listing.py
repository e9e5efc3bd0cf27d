"""Filters in the address: nonsense is left out, never an error."""

import pytest
from django.test import RequestFactory

from cms import listing


def ask(query: str):
    return RequestFactory().get(f"/list/?{query}")


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "9" * 5000, "%00", "1.5", "²"])
def test_nonsense_as_a_page_is_the_first_or_the_last(value):
    page = listing.paginate(ask(f"page={value}"), list(range(25)), per_page=10)
    assert page.number in (1, 3)


def test_a_page_too_far_is_the_last():
    assert listing.paginate(ask("page=99"), list(range(25)), per_page=10).number == 3


def test_a_choice_keeps_the_others_and_starts_at_the_first_page():
    status = listing.facet(
        ask("year=2025&page=3&status=pilot"),
        "status",
        [("pilot", "Thí điểm"), ("ended", "Đã dừng")],
        label="Trạng thái",
        every="Tất cả",
        counts={"pilot": 2},
    )
    assert status.value == "pilot"
    assert [option.url for option in status.options] == [
        "/list/?year=2025",
        "/list/?year=2025&status=pilot",
        "/list/?year=2025&status=ended",
    ]
    assert [option.count for option in status.options] == [None, 2, 0]


@pytest.mark.parametrize("value", ["nonsense", "%00", "1" * 3000, "pilot%20"])
def test_an_unknown_choice_is_no_choice(value):
    found = listing.facet(
        ask(f"status={value}"), "status", [("pilot", "x")], label="", every="Tất cả"
    )
    assert found.value == ""
    assert found.options[0].is_current


def test_text_is_normalised_and_bounded():
    assert listing.text_asked(ask("q=%20a%00b%20")) == "ab"
    assert len(listing.text_asked(ask("q=" + "a" * 999))) == listing.MAX_TEXT_LENGTH
