"""How often one address may use the public forms. Addresses are neither kept nor logged: the cache
holds a keyed hash that is another one every day."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from counter.errors import NumberRefused, TooManyRequests
from counter.hours import local_day
from people.throttling import Guard, Limit, count_failure, is_blocked

# A whole ward can be behind one address: its hall's Wi-Fi, the screen at its counter.
BOOKING = Limit("counter-booking", 30, 3600)
BOOKING_OF_PHONE = Limit("counter-booking-phone", 6, 24 * 3600)
FEEDBACK = Limit("counter-feedback", 120, 3600)
LOOKUP = Limit("counter-lookup", 60, 600)
LOOKUP_OF_PHONE = Limit("counter-lookup-phone", 10, 600)


def address_guard(limit: Limit, request: HttpRequest, *, at: datetime) -> Guard:
    address = get_adapter().get_client_ip(request)
    return Guard(limit, _of_today(limit.name, str(address), at))


def phone_guard(phone: str, *, at: datetime) -> Guard:
    """Guessing at the code of one number, from wherever."""
    return Guard(LOOKUP_OF_PHONE, _of_today(LOOKUP_OF_PHONE.name, phone, at))


def number_guard(phone: str, *, at: datetime) -> Guard:
    """Booking with one number again and again, from wherever."""
    return Guard(BOOKING_OF_PHONE, _of_today(BOOKING_OF_PHONE.name, phone, at))


def refuse_number_if_blocked(guard: Guard, *, office_phone: str, at: datetime) -> None:
    """Raises NumberRefused."""
    if is_blocked([guard], at=at):
        raise NumberRefused(office_phone=office_phone)


def refuse_if_blocked(*guards: Guard, at: datetime) -> None:
    """Raises TooManyRequests."""
    if is_blocked(guards, at=at):
        raise TooManyRequests


def count(*guards: Guard, at: datetime) -> None:
    count_failure(guards, at=at)


def _of_today(name: str, source: str, at: datetime) -> str:
    return salted_hmac(
        f"counter.limit.{name}", f"{local_day(at):%Y%m%d}|{source}", algorithm="sha256"
    ).hexdigest()
