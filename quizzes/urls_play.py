"""Taking a round: /play/."""

from django.urls import path

from quizzes.views import play, play_pages, question_files

urlpatterns = [
    path("play/", play_pages.my_rounds, name="my_rounds"),
    # Answered by core.middleware.ShortPathMiddleware; listed for its name.
    path("play/answer/", play.answer, name="answer"),
    path("play/state/<int:attempt_id>/", play.state, name="attempt_state"),
    path("play/attempts/<int:attempt_id>/", play_pages.questions, name="questions"),
    path("play/attempts/<int:attempt_id>/hand-in/", play_pages.hand_in, name="hand_in"),
    path("play/attempts/<int:attempt_id>/result/", play_pages.result, name="result"),
    path(
        "play/attempts/<int:attempt_id>/files/<int:pk>/",
        question_files.attempt_file,
        name="attempt_file",
    ),
    path("play/<int:round_id>/", play_pages.lobby, name="lobby"),
    path("play/<int:round_id>/start/", play_pages.start, name="start"),
]
