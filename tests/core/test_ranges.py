"""Parts of a file, as browsers ask for them."""

from io import BytesIO

import pytest
from django.test import RequestFactory

from core.ranges import serve_ranges

WHOLE = bytes(range(256)) * 4


def ask(**headers):
    request = RequestFactory().get("/v.mp4", headers=headers)
    return serve_ranges(
        request, BytesIO(WHOLE), size_bytes=len(WHOLE), content_type="video/mp4", etag='"one"'
    )


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=1000-", 1000, 1024),
        ("bytes=1000-999999", 1000, 1024),
        ("bytes=-24", 1000, 1024),
        ("bytes=-5000", 0, 1024),
        ("bytes=0-0", 0, 1),
    ],
)
def test_a_part_is_given_as_a_part(asked, start, stop):
    response = ask(range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{stop - 1}/1024"
    assert response["Content-Length"] == str(stop - start)
    assert body(response) == WHOLE[start:stop]


@pytest.mark.parametrize(
    "asked",
    ["", "bytes=", "bytes=-", "bytes=9-1", "bytes=0-1,5-6", "pages=1-2", "bytes=" + "9" * 40],
)
def test_what_is_no_single_range_is_the_whole(asked):
    response = ask(range=asked)
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert body(response) == WHOLE


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=99999-100000", "bytes=-0"])
def test_a_part_outside_the_file_is_refused_with_its_size(asked):
    response = ask(range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */1024"


def test_a_part_of_another_version_is_the_whole_of_this_one():
    assert ask(**{"range": "bytes=0-9", "if-range": '"two"'}).status_code == 200
    assert ask(**{"range": "bytes=0-9", "if-range": '"one"'}).status_code == 206
