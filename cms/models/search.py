"""What the search of the site looks through: one row for everything public, whatever its model."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class SearchEntry(index.Indexed, models.Model):
    """One public thing. Written by cms.finding.indexing only; `rebuild_search` makes it anew.

    The engine of either database gets words that are letters and digits only, so that both find
    the same (cms.finding.words).
    """

    source = models.CharField(max_length=16)  # as named in cms.finding.sources
    source_id = models.BigIntegerField()
    facet = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    # No other language has it: a reader in English finds it too, marked as Vietnamese.
    is_only = models.BooleanField(default=True)
    address = models.CharField(max_length=500)
    kind_label = models.CharField(max_length=80)
    title = models.CharField(max_length=600)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    shown_on = models.DateField(null=True)
    # Still found, but after what is in force or goes on.
    is_past = models.BooleanField(default=False)
    title_words = models.TextField()  # with a space at either end: " giay khai sinh "
    words = models.TextField()

    # Says nothing of where a picture is used, and is written at each publication.
    wagtail_reference_index_ignore = True
    search_fields = [
        index.SearchField("title_words"),
        index.SearchField("words"),
        index.FilterField("id"),
        index.FilterField("facet"),
        index.FilterField("language"),
        index.FilterField("is_only"),
    ]

    class Meta:
        verbose_name = _("mục tìm kiếm")
        verbose_name_plural = _("mục tìm kiếm")
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="search_entry_once"),
            models.CheckConstraint(condition=~Q(address=""), name="search_entry_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that stands somewhere, and in how many entries: what a slip is put right by."""

    word = models.CharField(max_length=40, primary_key=True)
    entry_count = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("từ tìm kiếm")
        verbose_name_plural = _("từ tìm kiếm")

    def __str__(self) -> str:
        return self.word
