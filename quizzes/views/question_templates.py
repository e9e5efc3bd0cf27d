"""The files that authors begin with."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from core.clock import read_clock
from people.access import SignedInRequest
from quizzes import rules
from quizzes.question_templates import word_template, write_excel_template


@login_required
@require_safe
def download(request: SignedInRequest, file_format: str) -> FileResponse:
    if not rules.can_use_banks(request.user, read_clock()):
        raise PermissionDenied
    if file_format == "docx":
        target = BytesIO(word_template())
    elif file_format == "xlsx":
        target = BytesIO()
        write_excel_template(target)
        target.seek(0)
    else:
        raise Http404
    return FileResponse(target, as_attachment=True, filename=f"mau-cau-hoi.{file_format}")
