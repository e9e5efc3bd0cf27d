"""What the counter's feedback can be about: procedures that are published (counter.subjects)."""

from cms.models.procedures import ProcedurePage
from cms.visibility import open_to_all
from counter.subjects import Subject


def find_procedure(code: str) -> Subject | None:
    """The published procedure of this code, in any case, with the address of its page."""
    pages = open_to_all(ProcedurePage.objects.filter(code=code.upper()))
    page = pages.order_by("path").first()
    return Subject(page.code, page.title, page.get_url() or "") if page else None
