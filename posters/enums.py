"""Names of what posters/ records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PosterAct(models.TextChoices):
    """What is written to the audit log."""

    POSTER_MADE = "posters.poster_made", _("Lập áp phích")
