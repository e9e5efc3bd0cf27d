"""People of two wards and their scripts, made by plain functions."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from outreach.models import Script, Topic, ZaloPost
from outreach.scripting import create_script
from outreach.zalo.outbox import queue_article
from people.models import Unit, User

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TEXT = "Kính thưa bà con! UBND phường mở cửa từ 8h30, ngày 20/11/2026."
_number = count(1)


def make_unit(name: str = "", *, parent: Unit | None = None) -> Unit:
    name = name or f"Phường {next(_number)}"
    if parent:
        return Unit.objects.get(pk=parent.pk).add_child(name=name)
    return Unit.add_root(name=name)


def make_person(*roles: str, unit: Unit | None = None, name: str = "Lê Thị Ước") -> User:
    user = User.objects.create_user(
        full_name=name, staff_code=f"OR{next(_number):05}", unit=unit, password="mat-khau-tot"
    )
    user.groups.set([Group.objects.get(name=role) for role in roles])
    return user


def make_script(
    unit: Unit | None = None, *, text: str = TEXT, title: str = "Giờ làm việc thứ 9", **fields: Any
) -> Script:
    return create_script(
        **{
            "title": title,
            "text": text,
            "unit": unit or make_unit(),
            "topic": Topic.objects.first(),
            "by": fields.pop("by", None) or make_person(),
            "at": AT,
            **fields,
        }
    )


def make_post(**fields: Any) -> ZaloPost:
    number = next(_number)
    return queue_article(
        **{
            "page_id": number,
            "page_url": f"https://mot.example/bai-{number}/",
            "title": f"Bài {number}",
            "author": "Phường Thanh Khê",
            "description": "Mở thêm một giờ",
            "cover_url": "https://mot.example/og.png",
            "paragraphs": ["Đoạn <một>", "Đoạn hai"],
            "is_shown": False,
            "by": make_person(),
            "at": AT,
            **fields,
        }
    )
