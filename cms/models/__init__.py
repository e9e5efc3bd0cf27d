"""The pages of the public site."""

from cms.models.articles import ArticleIndexPage, ArticlePage
from cms.models.home import HomePage
from cms.models.regulations import RegulationIndexPage
from cms.models.settings import SiteInfo

__all__ = ["ArticleIndexPage", "ArticlePage", "HomePage", "RegulationIndexPage", "SiteInfo"]
