"""Words of a procedure's page."""

import hashlib

from django import template
from django.utils.translation import get_language, ngettext

from cms.models.procedure_parts import ProcedureDocument, ProcedureVersion
from cms.procedure_versions import part_labels

register = template.Library()


@register.filter
def copies_label(document: ProcedureDocument) -> str:
    """ "01 bản chính, 02 bản sao"; "" when no number was given."""
    originals, copies = document.originals_count, document.copies_count
    parts = []
    if originals:
        said = ngettext("%(n)s bản chính", "%(n)s bản chính", originals)
        parts.append(said % {"n": _written(originals)})
    if copies:
        said = ngettext("%(n)s bản sao", "%(n)s bản sao", copies)
        parts.append(said % {"n": _written(copies)})
    return ", ".join(parts)


def _written(count: int) -> str:
    """Vietnamese papers write "01"."""
    return f"{count:02d}" if get_language() == "vi" else str(count)


@register.filter
def document_key(document: ProcedureDocument) -> str:
    """What the browser keeps a tick under: of the words, so that a changed paper is unticked."""
    told = f"{document.name}|{document.originals_count}|{document.copies_count}"
    return hashlib.sha256(told.encode()).hexdigest()[:10]


@register.filter
def changed_parts(version: ProcedureVersion) -> str:
    return ", ".join(part_labels(version.changed_parts))
