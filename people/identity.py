"""Who someone means when they type a staff code, an e-mail address or a phone number."""

from django.db.models import Q

from core.vietnamese import nfc, normalise_phone
from people.models import User

MAX_LENGTH = 254


def normalise_identity(typed: str) -> str:
    """One spelling for what one person may type in many ways: limits on guessing count by it."""
    text = nfc(typed)[:MAX_LENGTH]
    if "@" in text:
        return text.lower()
    return normalise_phone(text) or "".join(text.upper().split())


def find_person(typed: str) -> User | None:
    """The account whose staff code, else phone, else e-mail this is. One query.

    Lower case, spaces inside, "+84 …" are all understood.
    """
    text = nfc(typed)[:MAX_LENGTH]
    if not text or "\x00" in text:
        return None
    code = text.upper()
    phone = normalise_phone(text)
    email = text.lower() if "@" in text else None
    # the same three columns have unique indexes: NULL matches nothing
    asked = Q(staff_code__in={code, "".join(code.split())})
    if phone:
        asked |= Q(phone=phone)
    if email:
        asked |= Q(email=email)
    found = list(User.objects.filter(asked).order_by("pk"))
    for user in found:
        if user.staff_code and user.staff_code in {code, "".join(code.split())}:
            return user
    return next((u for u in found if phone and u.phone == phone), None) or next(iter(found), None)
