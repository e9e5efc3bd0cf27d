"""Bank → contest → round → paper → attempt → response → result → standing."""

from quizzes.models.bank import Question, QuestionBank, QuestionVersion, Topic
from quizzes.models.contest import (
    BlueprintCell,
    Contest,
    ContestUnit,
    Entry,
    MustInclude,
    Round,
    RoundQuestion,
    SeparatedQuestion,
)
from quizzes.models.play import Attempt, EssayMark, Paper, Response
from quizzes.models.results import Award, ResultRun, Standing, UnitStanding

__all__ = [
    "Attempt",
    "Award",
    "BlueprintCell",
    "Contest",
    "ContestUnit",
    "Entry",
    "EssayMark",
    "MustInclude",
    "Paper",
    "Question",
    "QuestionBank",
    "QuestionVersion",
    "Response",
    "ResultRun",
    "Round",
    "RoundQuestion",
    "SeparatedQuestion",
    "Standing",
    "Topic",
    "UnitStanding",
]
