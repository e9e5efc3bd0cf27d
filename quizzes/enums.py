"""The closed lists of the contest, with their Vietnamese names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """Codes are those of ``quizzes.kinds``."""

    SINGLE_CHOICE = "single_choice", _("Một lựa chọn")
    MULTIPLE_CHOICE = "multiple_choice", _("Nhiều lựa chọn")
    TRUE_FALSE = "true_false", _("Đúng / sai")


class Difficulty(models.TextChoices):
    EASY = "easy", _("Dễ")
    MEDIUM = "medium", _("Trung bình")
    HARD = "hard", _("Khó")


class QuestionState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    APPROVED = "approved", _("Đã duyệt")
    RETIRED = "retired", _("Ngừng dùng")


class RoundState(models.TextChoices):
    DRAFT = "draft", _("Đang chuẩn bị")
    READY = "ready", _("Sẵn sàng")
    CLOSED = "closed", _("Đã đóng")
    PUBLISHED = "published", _("Đã công bố")


class AttemptState(models.TextChoices):
    IN_PROGRESS = "in_progress", _("Đang làm bài")
    FINISHED = "finished", _("Đã kết thúc")


class FinishKind(models.TextChoices):
    HANDED_IN = "handed_in", _("Đã nộp bài")
    EXPIRED = "expired", _("Hết giờ, hệ thống tự nộp")
    CLOSED = "closed", _("Ban Tổ chức đóng vòng thi")


class AttemptCounting(models.TextChoices):
    BEST = "best", _("Lượt tốt nhất")
    FIRST = "first", _("Lượt đầu tiên")
    LAST = "last", _("Lượt cuối cùng")
    MEAN = "mean", _("Trung bình các lượt")


class ResultVisibility(models.TextChoices):
    AT_ONCE = "at_once", _("Ngay khi nộp bài")
    AT_CLOSE = "at_close", _("Khi vòng thi kết thúc")
    AT_PUBLICATION = "at_publication", _("Khi Ban Tổ chức công bố")


class NameDisplay(models.TextChoices):
    NAME_AND_UNIT = "name_and_unit", _("Họ tên và đơn vị")
    INITIALS = "initials", _("Chữ cái đầu và đơn vị")


class PredictionTarget(models.TextChoices):
    PARTICIPANTS = "participants", _("Số người dự thi")
    ATTEMPTS = "attempts", _("Số lượt thi")
    ALL_CORRECT = "all_correct", _("Số người trả lời đúng tất cả")


class TieCriterion(models.TextChoices):
    """Codes are those of ``quizzes.ranking.Criterion``."""

    POINTS = "points", _("Điểm")
    CORRECT_COUNT = "correct_count", _("Số câu đúng")
    ELAPSED_MS = "elapsed_ms", _("Thời gian làm bài")
    PREDICTION_DISTANCE = "prediction_distance", _("Dự đoán gần đúng nhất")
    FINISHED_AT = "finished_at", _("Nộp bài sớm hơn")
    ENTERED_AT = "entered_at", _("Vào thi sớm hơn")
    MANUAL_DRAW = "manual_draw", _("Bốc thăm")
