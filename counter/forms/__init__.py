"""Forms of the counter: of citizens (public) and of staff (desk)."""
