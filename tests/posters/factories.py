"""Places, links and people for tests of posters."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group

from people.models import User
from posters.linking import Target, link_place
from posters.making import PosterWording, make_poster
from posters.models import Place, Poster, ShortLink

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
WORDING = PosterWording("Quét mã, biết ngay cần giấy tờ gì", "Ủy ban nhân dân phường Tây Tựu")


def make_place(name: str = "Nhà văn hóa số 5", **fields: Any) -> Place:
    return Place.objects.create(name=name, **fields)


def make_target(number: int = 1, **fields: Any) -> Target:
    return Target(path=f"/search/?q={number}", title=f"Thủ tục {number}", **fields)


def make_link(place: Place | None = None, *, path: str = "/search/", key: str = "") -> ShortLink:
    target = Target(path=path, title="Đăng ký khai sinh", key=key)
    return link_place(place or make_place(), target=target, at=AT)


def make_printed(place: Place | None = None, *, count: int = 2, **options: Any) -> Poster:
    return make_poster(
        place or make_place(),
        size=options.pop("size", "a4"),
        wording=options.pop("wording", WORDING),
        targets=[make_target(number) for number in range(count)],
        by=options.pop("by", None),
        at=AT,
        **options,
    )


def person(role: str | None) -> User:
    user = User.objects.create_user(f"NV{User.objects.count()}", full_name="Phạm Thu Uyên")
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
