"""``manage.py load_demo``: the demo data, once. A second run keeps what is there."""

import json
import logging
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Site

from cms.models import SiteInfo
from config.demo import accounts, contest, kinds
from config.demo.site import load_site
from core.clock import read_clock
from legal.loading import load_instruments
from people import roles
from people.models import Unit, User
from quizzes.models import Contest

CITY = "hanoi"
FILES = Path(__file__).parents[2] / "demo/files"


class Command(BaseCommand):
    help = (
        "Load the demo data (320 people, a published round, an open round) and say who can sign in."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if getattr(settings, "MFA_REQUIRED", False):
            raise CommandError("The demo has known passwords: it does not load into production.")
        if not Contest.objects.filter(code=contest.CONTEST).exists():
            # Wagtail says every page it makes: here the accounts are what is to be read.
            logging.getLogger("wagtail").setLevel(logging.WARNING)
            self._load()
        else:
            # An account that came with an upgrade; the others stay as they are.
            accounts.create_staff(Unit.objects.get(code=CITY))
        contest.leave_desk_work(at=read_clock())
        self._say_who()

    @transaction.atomic
    def _load(self) -> None:
        at = read_clock()
        load_instruments(json.loads((FILES / "regulations.json").read_text("utf-8")))
        city = Unit.objects.filter(code=CITY).first() or Unit.add_root(
            code=CITY, name="Ủy ban nhân dân thành phố Hà Nội", kind=Unit.Kind.PROVINCE
        )
        # Exactly what an organiser does with the file that was sent, its three bad rows included.
        call_command(
            "import_roster",
            FILES / "danh-sach-can-bo.xlsx",
            parent=CITY,
            json=True,
            stdout=StringIO(),
        )
        city.refresh_from_db()  # treebeard counts children in the row
        units = list(city.get_children())
        staff = accounts.create_staff(city)
        accounts.give_passwords()
        organiser = staff[roles.ORGANISER]
        bank = contest.create_bank(
            author=staff[roles.AUTHOR],
            reviewer=staff[accounts.REVIEWER],
            organiser=organiser,
            at=at - timedelta(days=20),
        )
        made = contest.create_contest(bank, units, organiser=organiser, at=at)
        made.jury.add(staff[roles.JURY])
        kinds.create_practice(
            made,
            author=staff[roles.AUTHOR],
            reviewer=staff[accounts.REVIEWER],
            organiser=organiser,
            at=at,
        )
        SiteInfo.objects.update_or_create(
            site=Site.objects.get(is_default_site=True),
            defaults={
                "owner": city.name,
                "address": "Số 12 Lê Lai, phường Hoàn Kiếm, Hà Nội (địa chỉ minh họa)",
                "phone": "024 0000 0000",
                "email": "lien-he@motcua.example",
            },
        )
        load_site(at=at, staff=staff)
        call_command("rebuild_search", stdout=StringIO())

    def _say_who(self) -> None:
        address = settings.PUBLIC_URL
        self.stdout.write("")
        self.stdout.write(f"  Một Cửa: {address}/")
        self.stdout.write(f"  Khu quản trị nội dung: {address}/admin/")
        self.stdout.write(f"  Ban Tổ chức: {address}/organise/")
        self.stdout.write("")
        self.stdout.write(f"  Mật khẩu chung của các tài khoản demo: {accounts.PASSWORD}")
        for account in accounts.STAFF:
            self.stdout.write(f"    {account.staff_code:<8} {account.role:<18} {account.full_name}")
        for label, codes in (
            (roles.UNIT_HEAD, [accounts.UNIT_HEAD]),
            ("Thí sinh", accounts.CONTESTANTS),
        ):
            for user in User.objects.filter(staff_code__in=codes).select_related("unit"):
                self.stdout.write(
                    f"    {user.staff_code:<8} {label:<18} {user.full_name}, {user.unit}"
                )
        self.stdout.write("")
