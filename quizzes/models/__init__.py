"""Bank → contest → round → paper → attempt → response → result → standing."""

from quizzes.models.bank import Question, QuestionBank, QuestionVersion, Topic
from quizzes.models.contest import BlueprintCell, Contest, ContestUnit, Entry, Round, RoundQuestion
from quizzes.models.importing import ImportChange, ImportedQuestion, QuestionImport
from quizzes.models.play import Attempt, Paper, Response
from quizzes.models.results import Award, ResultRun, Standing, UnitStanding

__all__ = [
    "Attempt",
    "Award",
    "BlueprintCell",
    "Contest",
    "ContestUnit",
    "Entry",
    "ImportChange",
    "ImportedQuestion",
    "Paper",
    "Question",
    "QuestionBank",
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
