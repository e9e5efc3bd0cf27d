"""The pages of the public site."""

from cms.models.adoptions import Adoption, AdoptionFigure
from cms.models.articles import ArticleAuthor, ArticleIndexPage, ArticlePage, RelatedPage
from cms.models.contests import ContestDocument, ContestIndexPage, ContestPage
from cms.models.editing import DraftLink, LegalCheckTask, ReviewTask, UnitCollection
from cms.models.home import HomePage
from cms.models.news import Author, NewsSection
from cms.models.procedure_parts import LifeEvent, ProcedureField, ProcedureVersion
from cms.models.procedures import ProcedureIndexPage, ProcedurePage
from cms.models.reform_models import ReformModelIndexPage, ReformModelPage
from cms.models.regulations import RegulationIndexPage
from cms.models.search import SearchEntry, SearchWord
from cms.models.settings import SiteInfo

__all__ = [
    "Adoption",
    "AdoptionFigure",
    "ArticleAuthor",
    "ArticleIndexPage",
    "ArticlePage",
    "Author",
    "ContestDocument",
    "ContestIndexPage",
    "ContestPage",
    "DraftLink",
    "HomePage",
    "LegalCheckTask",
    "LifeEvent",
    "NewsSection",
    "ProcedureField",
    "ProcedureIndexPage",
    "ProcedurePage",
    "ProcedureVersion",
    "ReformModelIndexPage",
    "ReformModelPage",
    "RegulationIndexPage",
    "RelatedPage",
    "ReviewTask",
    "SearchEntry",
    "SearchWord",
    "SiteInfo",
    "UnitCollection",
]
