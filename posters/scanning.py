"""Counting a scan: a number for a link and a day, nothing about anybody."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils import timezone

from posters.models import ScanCount, ShortLink

# Every browser says so of itself; most programs do not.
_BROWSER: Final = "Mozilla/"
# CUBOT makes telephones.
_ROBOT: Final = re.compile(
    r"(?<!\bcu)bot\b|(?<!\bcu)bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp/"
    r"|meta-external|ahrefs|inspectiontool|yandeximages|axios|node-fetch|scrapy|libwww-perl"
    r"|apache-httpclient|dalvik|headlesschrome|lighthouse|curl/|wget/|python-|go-http|\bjava/"
    r"|okhttp|monitor|uptime",
    re.IGNORECASE,
)
_COUNT = f"""
INSERT INTO {ScanCount._meta.db_table} (link_id, day, scan_count) VALUES (%s, %s, 1)
ON CONFLICT (link_id, day) DO UPDATE SET scan_count = {ScanCount._meta.db_table}.scan_count + 1
"""  # noqa: S608 - the table's name is ours


def is_scan(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a person opened the link, as far as the request says: not a HEAD, not a robot that
    draws a preview, not a browser that fetches in advance."""
    agent = headers.get("User-Agent", "")
    purpose = headers.get("Sec-Purpose", "") or headers.get("Purpose", "")
    return (
        method == "GET"
        and agent.startswith(_BROWSER)
        and not _ROBOT.search(agent)
        and "prefetch" not in purpose.lower()
        and "preview" not in purpose.lower()
    )


def count_scan(link: ShortLink, *, at: datetime) -> None:
    """One more on the local day of `at`: one statement, whoever else scans at the same moment."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [link.pk, timezone.localdate(at)])
