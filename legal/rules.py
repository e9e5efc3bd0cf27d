"""Who may do what with the law: predicates that only read."""

from typing import Any


def can_edit_instruments(user: Any) -> bool:
    """Whoever may change one in the back office: the roles get it as a permission, by migration."""
    return bool(user.is_active and user.has_perm("legal.change_instrument"))


def can_import_instruments(user: Any) -> bool:
    """A file creates, changes and publishes in one step."""
    needed = ["legal.add_instrument", "legal.change_instrument", "legal.publish_instrument"]
    return bool(user.is_active and user.has_perms(needed))
