"""The closed lists of the contest, with their Vietnamese names."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.kinds import KINDS


def question_kinds() -> list[tuple[str, str]]:
    """(code, name) of every kind that has a module; a field's choices, so that a new kind needs
    no migration."""
    return [(kind.code, gettext(kind.label)) for kind in KINDS.values()]


class Difficulty(models.TextChoices):
    EASY = "easy", _("Dễ")
    MEDIUM = "medium", _("Trung bình")
    HARD = "hard", _("Khó")


class MediaType(models.TextChoices):
    """What a question may show: these and nothing else are kept and served."""

    PNG = "image/png", _("Hình PNG")
    JPEG = "image/jpeg", _("Hình JPEG")
    WEBP = "image/webp", _("Hình WebP")
    MP4 = "video/mp4", _("Video MP4")
    WEBM = "video/webm", _("Video WebM")


class QuestionState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    IN_REVIEW = "in_review", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    RETIRED = "retired", _("Ngừng dùng")


class FlagWhy(models.TextChoices):
    """Why a question's legal basis must be looked at again."""

    EXPIRED = "expired", _("Văn bản hết hiệu lực")
    REPLACED = "replaced", _("Văn bản được thay thế")
    AMENDED = "amended", _("Văn bản được sửa đổi")
    VALID_UNTIL = "valid_until", _("Quá ngày mà đáp án còn đúng")


class FlagResolution(models.TextChoices):
    CONFIRMED = "confirmed", _("Vẫn đúng")
    REWRITTEN = "rewritten", _("Đã sửa câu hỏi hoặc căn cứ")
    RETIRED = "retired", _("Ngừng dùng")
    WITHDRAWN = "withdrawn", _("Không còn lý do")


class ReviewStep(models.TextChoices):
    """What moves a question from one state to another."""

    SUBMIT = "submit", _("Gửi duyệt")
    APPROVE = "approve", _("Duyệt")
    RETURN = "return", _("Trả lại")
    RETIRE = "retire", _("Ngừng dùng")
    RESTORE = "restore", _("Dùng lại")


class QuestionAct(models.TextChoices):
    """What the history of a question tells. The first five are the steps of the review."""

    SUBMITTED = "submit", _("Gửi duyệt")
    APPROVED = "approve", _("Duyệt")
    RETURNED = "return", _("Trả lại để sửa")
    RETIRED = "retire", _("Ngừng dùng")
    RESTORED = "restore", _("Dùng lại, về bản nháp")
    CHANGED = "change", _("Sửa nội dung")
    MOVED = "move", _("Đổi chuyên đề hoặc mức độ")


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


class PaperSource(models.TextChoices):
    """Where the paper of an attempt comes from."""

    PER_ATTEMPT = "per_attempt", _("Mỗi lượt thi rút một đề riêng")
    FIXED = "fixed", _("Mã đề lập sẵn, mỗi mã rút câu riêng")
    FIXED_SAME = "fixed_same", _("Mã đề lập sẵn, cùng bộ câu, khác thứ tự")


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


class UnitTieCriterion(models.TextChoices):
    """Codes are those of ``quizzes.ranking.UnitCriterion``."""

    PARTICIPATION = "participation", _("Tỷ lệ dự thi")
    MEAN_POINTS = "mean_points", _("Điểm trung bình")
    FINISHED_COUNT = "finished_count", _("Số người hoàn thành")
    ATTEMPT_COUNT = "attempt_count", _("Số lượt thi")


class UnrankedReason(models.TextChoices):
    """Why a unit has no rank. Codes are those of ``quizzes.ranking.IneligibleReason``."""

    SMALL_UNIT = "small_unit", _("Quá ít người")
    NO_ONE_FINISHED = "no_one_finished", _("Chưa có người hoàn thành")
    LOW_PARTICIPATION = "low_participation", _("Chưa đủ tỷ lệ dự thi")


class ContestAct(models.TextChoices):
    """What the audit log of a contest can hold, for its filter."""

    CONTEST_SAVED = "contest.saved", _("Sửa cuộc thi")
    BOARD_SET = "contest.board", _("Sửa Ban Tổ chức")
    ROUND_SAVED = "round.saved", _("Sửa vòng thi")
    ROUND_DELETED = "round.deleted", _("Xóa vòng thi")
    AWARDS_SAVED = "round.awards", _("Sửa giải thưởng")
    BLUEPRINT_SAVED = "round.blueprint", _("Sửa ma trận đề")
    CONSTRAINTS_SAVED = "round.constraints", _("Sửa ràng buộc của đề")
    ROSTER_TAKEN = "contest.roster", _("Chốt danh sách")
    HEADCOUNT_SET = "unit.headcount", _("Sửa số người của đơn vị")
    MARKED_INVALID = "entry.invalid", _("Đánh dấu không hợp lệ")
    RESTORED = "entry.restored", _("Khôi phục hợp lệ")
    EXEMPTED = "entry.exempt", _("Miễn dự thi")
    EXEMPTION_ENDED = "entry.exempt_ended", _("Bỏ miễn dự thi")
    EXTRA_TIME = "entry.extra_time", _("Cộng thời gian cho thí sinh")
    LOT_DRAWN = "entry.lot", _("Bốc thăm")
    ATTEMPT_EXTENDED = "attempt.extended", _("Cộng thời gian cho lượt thi")
    ATTEMPT_REOPENED = "attempt.reopened", _("Mở lại lượt thi")
    ROUND_READY = "round.ready", _("Đặt sẵn sàng")
    PAPERS_PRINTED = "round.papers_printed", _("In đề thi")
    KEYS_PRINTED = "round.keys_printed", _("In đáp án")
    ROUND_DRAFT = "round.draft", _("Đưa về chuẩn bị")
    ROUND_EXTENDED = "round.extended", _("Gia hạn vòng thi")
    ROUND_CLOSED = "round.closed", _("Đóng vòng thi")
    ROUND_PUBLISHED = "round.published", _("Công bố kết quả")
    ROUND_UNPUBLISHED = "round.unpublished", _("Thu hồi công bố")
    RESULTS_COMPUTED = "round.computed", _("Tính kết quả")
    JURY_SET = "contest.jury", _("Sửa Ban Giám khảo")
    ESSAY_MARKED = "essay.marked", _("Chấm tự luận")
    STRUCK_OUT = "question.struck_out", _("Hủy câu hỏi")
    STRIKE_UNDONE = "question.restored", _("Bỏ hủy câu hỏi")


class ImportOutcome(models.TextChoices):
    """What applying a question of a file would do now."""

    CREATED = "created", _("Mới")
    UPDATED = "updated", _("Cập nhật")
    UNCHANGED = "unchanged", _("Đã có")
    REFUSED = "refused", _("Không nhập được")


class ImportDecision(models.TextChoices):
    """What its author wants with a question of a file."""

    TAKE = "take", _("Nhập")
    SKIP = "skip", _("Bỏ qua")
    UPDATE = "update", _("Cập nhật câu đã có")


class BankAct(models.TextChoices):
    """What the audit log holds of a bank's secrecy and of the law behind its questions."""

    KEY_READ = "bank.key_read", _("Xem đáp án")
    SEALED = "bank.sealed", _("Niêm phong ngân hàng")
    SEAL_LIFTED = "bank.seal_lifted", _("Mở niêm phong")
    LAW_CONFIRMED = "questions.law_confirmed", _("Xác nhận căn cứ vẫn đúng")
    RECITED = "questions.recited", _("Đổi văn bản căn cứ")


class KeyView(models.TextChoices):
    """Where keys of a bank are shown or handed out."""

    QUESTION = "question", _("Trang câu hỏi")
    LIST = "list", _("Danh sách có đáp án")
    IMPORT = "import", _("Xem trước khi nhập")
    EXPORT = "export", _("Tải ngân hàng về")
    PRINT = "print", _("In kèm đáp án")
    ANALYSIS = "analysis", _("Phân tích câu hỏi")
    MEDIA = "media", _("Hình, video của câu hỏi")
    MARKING = "marking", _("Chấm tự luận")
