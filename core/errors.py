"""Errors that a person can read: the base of every refusal by a domain operation."""


class DomainError(Exception):
    """A refused operation. ``str(error)`` is one sentence for the user, in the user's language."""


class NotAllowed(DomainError):
    """The person may not do this; the message says why."""


class ReasonMissing(DomainError):
    """The act needs a reason and none was given."""


class Conflict(DomainError):
    """Something changed meanwhile; the message says what to do now."""
