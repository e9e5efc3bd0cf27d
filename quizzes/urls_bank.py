"""Question banks and their imports: /bank/."""

from django.urls import path

from quizzes.views import bank, question_import, secrecy

urlpatterns = [
    path("bank/", bank.bank_list, name="bank_list"),
    path("bank/new/", bank.bank_create, name="bank_create"),
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
    path("bank/<slug:code>/review/", bank.review_questions, name="review_questions"),
    path("bank/<slug:code>/questions/<int:pk>/", bank.question_detail, name="question_detail"),
    path("bank/<slug:code>/import/", question_import.upload, name="question_upload"),
    path("bank/<slug:code>/import/<int:pk>/", question_import.preview, name="question_import"),
    path(
        "bank/<slug:code>/import/<int:pk>/discard/",
        question_import.discard,
        name="question_import_discard",
    ),
    path(
        "bank/<slug:code>/import/<int:pk>/report.xlsx",
        question_import.report,
        name="question_import_report",
    ),
]
