"""Question banks and their imports: /bank/."""

from django.urls import path

from quizzes.views import (
    bank,
    bank_export,
    question_files,
    question_form,
    question_import,
    question_import_rows,
    question_templates,
    questions,
    recheck,
    secrecy,
)

urlpatterns = [
    path("bank/", bank.bank_list, name="bank_list"),
    path("bank/new/", bank.bank_create, name="bank_create"),
    path("bank/recheck/", recheck.recheck_list, name="recheck"),
    path("bank/recheck/act/", recheck.recheck_act, name="recheck_act"),
    path("bank/recheck/<int:pk>/cite/", recheck.recheck_cite, name="recheck_cite"),
    path("bank/<slug:code>/", bank.bank_detail, name="bank_detail"),
    path("bank/<slug:code>/secrecy/", secrecy.bank_secrecy, name="bank_secrecy"),
    path("bank/<slug:code>/secrecy/lift/", secrecy.bank_lift_seal, name="bank_lift_seal"),
    path("bank/<slug:code>/secrecy/reads/", secrecy.bank_key_reads, name="bank_key_reads"),
    path(
        "bank/<slug:code>/secrecy/reads.xlsx",
        secrecy.bank_key_reads_export,
        name="bank_key_reads_export",
    ),
    path("bank/<slug:code>/people/", bank.bank_people, name="bank_people"),
    path("bank/<slug:code>/export/", bank_export.export_page, name="bank_export"),
    path("bank/<slug:code>/export/<slug:form>/", bank_export.download, name="bank_download"),
    path("bank/<slug:code>/files/", question_files.bank_files, name="bank_files"),
    path("bank/<slug:code>/files/<int:pk>/", question_files.bank_file, name="bank_file"),
    path("bank/<slug:code>/files/<int:pk>/remove/", question_files.remove, name="bank_file_remove"),
    path("bank/<slug:code>/files/<int:pk>/use/", question_files.use_file, name="bank_file_use"),
    path("bank/template.<slug:file_format>", question_templates.download, name="question_template"),
    path("bank/<slug:code>/questions/new/", question_form.question_new, name="question_new"),
    path("bank/<slug:code>/questions/<int:pk>/", questions.question_detail, name="question_detail"),
    path(
        "bank/<slug:code>/questions/<int:pk>/edit/",
        question_form.question_edit,
        name="question_edit",
    ),
    path("bank/<slug:code>/questions/<int:pk>/step/", questions.take_step, name="question_step"),
    path(
        "bank/<slug:code>/questions/<int:pk>/comments/",
        questions.add_comment,
        name="question_comment",
    ),
    path(
        "bank/<slug:code>/questions/<int:pk>/comments/<int:comment_pk>/",
        questions.settle_comment,
        name="question_comment_settle",
    ),
    path(
        "bank/<slug:code>/questions/<int:pk>/compare/",
        questions.compare_versions,
        name="question_compare",
    ),
    path("bank/<slug:code>/import/", question_import.upload, name="question_upload"),
    path("bank/<slug:code>/imports/", question_import.imports, name="question_imports"),
    *(
        path(f"bank/<slug:code>/import/<int:pk>/{tail}", view, name=name)
        for tail, view, name in (
            ("", question_import.preview, "question_import"),
            ("columns/", question_import.columns, "question_import_columns"),
            ("discard/", question_import.discard, "question_import_discard"),
            ("resume/", question_import.resume, "question_import_resume"),
            ("here/", question_import.run_here, "question_import_here"),
            ("undo/", question_import.undo, "question_import_undo"),
            ("report.xlsx", question_import.report, "question_import_report"),
            ("choose/", question_import_rows.choose, "question_import_choose"),
            ("rows/<int:row_pk>/", question_import_rows.edit, "question_import_edit"),
            (
                "pictures/<slug:sha256>/",
                question_import_rows.picture,
                "question_import_picture",
            ),
        )
    ),
]
