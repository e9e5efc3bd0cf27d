"""Instruments for tests."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from legal.models import Article, Instrument, InstrumentFile
from people.models import User


def make_instrument(number: str = "118/2025/NĐ-CP", **fields: Any) -> Instrument:
    return Instrument.objects.create(
        **{"number": number, "title": "Về việc", "issuer": "Chính phủ", "status": "in_force"}
        | fields
    )


def make_article(instrument: Instrument, number: str, heading: str = "", text: str = "") -> Article:
    return Article.objects.create(
        instrument=instrument,
        number=number,
        heading=heading,
        text=text,
        sort_order=instrument.articles.count(),
    )


def attach(instrument: Instrument, name: str = "toan-van.pdf", label: str = "") -> InstrumentFile:
    document = Document(title="Toàn văn")
    document.file.save(name, ContentFile(b"%PDF-1.4 noi dung"), save=False)
    document.file_size = 17
    document.save()
    return InstrumentFile.objects.create(instrument=instrument, document=document, label=label)


def make_person(role: str | None = None) -> User:
    user = User.objects.create_user(f"VB{User.objects.count()}", full_name="Phạm Thu Uyên")
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
