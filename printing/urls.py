from django.urls import path

from printing.views import certificates, jobs, papers, results, verify

app_name = "printing"
urlpatterns = [
    path("verify/<str:code>/", verify.verify, name="verify"),
    path("certificates/", certificates.mine, name="mine"),
    path("certificates/<int:pk>/file/", certificates.download, name="download"),
    path("organise/rounds/<int:round_id>/certificates/", certificates.issue, name="issue"),
    path(
        "organise/rounds/<int:round_id>/certificates/preview/",
        certificates.preview,
        name="preview",
    ),
    path(
        "organise/contests/<int:contest_id>/certificates/", certificates.register, name="register"
    ),
    path("organise/certificates/<int:pk>/revoke/", certificates.revoke, name="revoke"),
    path("organise/certificates/<int:pk>/restore/", certificates.restore, name="restore"),
    path("organise/rounds/<int:round_id>/result-sheet/", results.sheet, name="result_sheet"),
    path("organise/rounds/<int:round_id>/papers/", papers.papers, name="papers"),
    path(
        "organise/rounds/<int:round_id>/papers/<slug:code>.pdf",
        papers.question_paper_file,
        name="question_paper",
    ),
    path("organise/rounds/<int:round_id>/key.pdf", papers.key_sheet_file, name="key_sheet"),
    path("organise/printing/<int:pk>/", jobs.job, name="job"),
    path("organise/printing/<int:pk>/resume/", jobs.job_resume, name="job_resume"),
    path("organise/printing/<int:pk>/file/", jobs.job_file, name="job_file"),
]
