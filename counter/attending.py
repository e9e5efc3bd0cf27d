"""What the counter notes of a booking: came, done, did not come; each can be taken back."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from core.vietnamese import nfc
from counter.enums import BookingState, Mark
from counter.errors import MarkRefused
from counter.hours import local, local_day
from counter.models import Booking, Office
from people.models import User

ARRIVING: Final = timedelta(hours=1)

# mark → state before → state after
_STEPS: Final = {
    Mark.ARRIVED: {BookingState.BOOKED: BookingState.ARRIVED},
    Mark.DONE: {BookingState.ARRIVED: BookingState.DONE},
    Mark.NO_SHOW: {BookingState.BOOKED: BookingState.NO_SHOW},
    Mark.UNDO: {
        BookingState.ARRIVED: BookingState.BOOKED,
        BookingState.DONE: BookingState.ARRIVED,
        BookingState.NO_SHOW: BookingState.BOOKED,
    },
}


def possible_marks(booking: Booking, at: datetime) -> list[Mark]:
    """What may be noted now, in the order of the buttons."""
    if booking.erased_at:
        return []
    state = BookingState(booking.state)
    possible = [mark for mark in Mark if state in _STEPS[mark]]
    if booking.on_date > local_day(at):
        possible = [mark for mark in possible if mark == Mark.UNDO]
    elif at < booking.slot.starts_at:
        early = {Mark.NO_SHOW, Mark.ARRIVED} if is_too_early(booking, at) else {Mark.NO_SHOW}
        possible = [mark for mark in possible if mark not in early]
    return possible


def is_too_early(booking: Booking, at: datetime) -> bool:
    """Nobody waits longer than an hour: what is marked before is a slip of the finger."""
    return at < booking.slot.starts_at - ARRIVING


def mark_booking(
    office: Office, booking_id: int, *, mark: Mark, note: str = "", by: User, at: datetime
) -> Booking:
    """Raises MarkRefused when the booking is not of this office, too early for the mark, or was
    marked meanwhile. ``note`` is kept of a no-show only."""
    booking = Booking.objects.select_related("slot").filter(pk=booking_id, office=office).first()
    if booking is None:
        raise MarkRefused(_("Không có lịch hẹn này. Hãy tải lại danh sách."))
    if mark == Mark.ARRIVED and booking.state == BookingState.BOOKED and is_too_early(booking, at):
        raise MarkRefused(
            _("Chưa ghi “Đã đến” được: chỉ ghi từ 1 giờ trước giờ hẹn, tức từ %s.")
            % f"{local(booking.slot.starts_at - ARRIVING):%H:%M %d/%m/%Y}"
        )
    if mark not in possible_marks(booking, at):
        raise MarkRefused(
            _("Lịch hẹn đang ở trạng thái “%(state)s” nên không ghi được “%(mark)s” lúc này.")
            % {"state": booking.get_state_display(), "mark": mark.label}
        )
    after = _STEPS[mark][BookingState(booking.state)]
    kept_note = nfc(note)[:160] if after == BookingState.NO_SHOW else ""
    changed = Booking.objects.filter(
        pk=booking.pk, state=booking.state, erased_at__isnull=True
    ).update(state=after, note=kept_note, marked_by=by, marked_at=at)
    if changed != 1:
        raise MarkRefused(_("Lịch hẹn vừa được người khác ghi. Hãy tải lại danh sách."))
    booking.state, booking.note = after, kept_note
    return booking
