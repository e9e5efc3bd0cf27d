"""Bank → contest → round → paper → attempt → response → result → standing."""

from quizzes.models.analysis import ItemAnalysis, ItemStatistic
from quizzes.models.bank import Question, QuestionBank, QuestionFile, QuestionVersion, Topic
from quizzes.models.contest import BlueprintCell, Contest, ContestUnit, Entry, Round, RoundQuestion
from quizzes.models.importing import ImportChange, ImportedQuestion, QuestionImport
from quizzes.models.law import LegalFlag
from quizzes.models.play import Attempt, EssayMark, Paper, Response
from quizzes.models.results import Award, ResultRun, Standing, UnitStanding
from quizzes.models.review import QuestionComment, QuestionEvent
from quizzes.models.secrecy import BankSeal

__all__ = [
    "Attempt",
    "Award",
    "BankSeal",
    "BlueprintCell",
    "Contest",
    "ContestUnit",
    "Entry",
    "EssayMark",
    "ImportChange",
    "ImportedQuestion",
    "ItemAnalysis",
    "ItemStatistic",
    "LegalFlag",
    "Paper",
    "Question",
    "QuestionBank",
    "QuestionComment",
    "QuestionEvent",
    "QuestionFile",
    "QuestionImport",
    "QuestionVersion",
    "Response",
    "ResultRun",
    "Round",
    "RoundQuestion",
    "Standing",
    "Topic",
    "UnitStanding",
]
