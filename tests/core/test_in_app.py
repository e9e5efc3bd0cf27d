import pytest
from django.test import RequestFactory

from core.in_app import is_in_zalo


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        ("Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537.36 Zalo android/23", True),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605 Zalo iOS/480", True),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120", False),
        ("", False),
    ],
)
def test_zalo_says_who_it_is(agent: str, expected: bool):
    assert is_in_zalo(RequestFactory().get("/", headers={"User-Agent": agent})) is expected
