"""A citizen books a slot out of hours, finds the booking again, cancels it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from counter.enums import BookingState
from counter.errors import (
    AlreadyBooked,
    BookingNotFound,
    CannotCancel,
    FormUsed,
    SlotFull,
    SlotGone,
)
from counter.hours import SlotTime, local_day
from counter.models import Booking, Office, Slot
from counter.queries import bookable_slot

# no 0 O 1 I L: the code is read aloud and copied by hand
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class Booked:
    """``code`` is for the citizen; only its keyed hash is kept."""

    booking: Booking
    code: str


def book_slot(
    office: Office, *, starts_at: datetime, name: str, phone: str, form_key: str, at: datetime
) -> Booked:
    """Take one place of the slot. ``phone`` is normalised; ``form_key`` is the random key of the
    form that was shown: sending the same form again gives the same booking and the same code.

    Raises SlotGone, SlotFull, AlreadyBooked, FormUsed.
    """
    code = _code_of(form_key)
    if done := Booking.objects.select_related("slot").filter(form_key=form_key).first():
        return _same_again(done, office=office, phone=phone, starts_at=starts_at, code=code)
    wanted = bookable_slot(office, starts_at, at)
    if wanted is None:
        raise SlotGone
    try:
        with transaction.atomic():
            slot = _take_place(office, wanted)
            booking = Booking.objects.create(
                slot=slot,
                office=office,
                on_date=local_day(starts_at),
                name=name,
                phone=phone,
                form_key=form_key,
                code_hash=_hash(phone, code),
                created_at=at,
            )
    except IntegrityError as refusal:
        # Two keys can be the reason: the same form sent twice at once, or the phone's own booking.
        done = Booking.objects.select_related("slot").filter(form_key=form_key).first()
        if done is None:
            raise AlreadyBooked(office_phone=office.phone) from refusal
        return _same_again(done, office=office, phone=phone, starts_at=starts_at, code=code)
    return Booked(booking, code)


def _take_place(office: Office, wanted: SlotTime) -> Slot:
    """Claim by a conditional update: who comes second to the last place changes no row."""
    Slot.objects.bulk_create(
        [
            Slot(
                office=office,
                starts_at=wanted.starts_at,
                ends_at=wanted.ends_at,
                capacity=wanted.capacity,
            )
        ],
        ignore_conflicts=True,
    )
    slots = Slot.objects.filter(office=office, starts_at=wanted.starts_at)
    claimed = slots.filter(taken_count__lt=wanted.capacity).update(
        taken_count=F("taken_count") + 1, capacity=wanted.capacity, ends_at=wanted.ends_at
    )
    if claimed != 1:
        raise SlotFull
    return slots.get()


def _same_again(
    done: Booking, *, office: Office, phone: str, starts_at: datetime, code: str
) -> Booked:
    same = (
        done.state != BookingState.CANCELLED
        and done.office_id == office.pk
        and done.phone == phone
        and done.slot.starts_at == starts_at
    )
    if not same:
        raise FormUsed
    return Booked(done, code)


def find_booking(phone: str, code: str) -> Booking:
    """The booking of this normalised number and this code as typed. Raises BookingNotFound."""
    typed = "".join(char for char in code.upper() if char in _ALPHABET)[: _LENGTH + 1]
    secrets_in_use = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    found = (
        Booking.objects.select_related("slot", "office")
        .filter(
            phone=phone, code_hash__in=[_hash(phone, typed, secret=key) for key in secrets_in_use]
        )
        .first()
    )
    if found is None:
        raise BookingNotFound
    return found


def cancel_booking(booking: Booking, *, at: datetime) -> None:
    """Give the place back. Raises CannotCancel when it is cancelled, used, or its time has come."""
    with transaction.atomic():
        # The slot first, as booking does: two locks in one order.
        slot = Slot.objects.select_for_update().get(pk=booking.slot_id)
        cancelled = (
            Booking.objects.filter(pk=booking.pk, state=BookingState.BOOKED)
            .filter(slot__starts_at__gt=at)
            .update(state=BookingState.CANCELLED, marked_at=at)
        )
        if cancelled != 1:
            raise CannotCancel
        Slot.objects.filter(pk=slot.pk).update(taken_count=F("taken_count") - 1)


def shown(code: str) -> str:
    """As shown and written down: in two halves."""
    return f"{code[: _LENGTH // 2]}-{code[_LENGTH // 2 :]}"


def _code_of(form_key: str) -> str:
    """Unguessable without the server's secret, and the same for the same form."""
    digest = salted_hmac("counter.booking.code", form_key, algorithm="sha256").digest()
    number = int.from_bytes(digest)
    letters = []
    for _position in range(_LENGTH):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(letters)


def _hash(phone: str, code: str, *, secret: str | bytes | None = None) -> str:
    """Keyed with the server's secret: whoever reads the table cannot try codes."""
    return salted_hmac(
        "counter.booking", f"{phone}:{code}", secret=secret, algorithm="sha256"
    ).hexdigest()
