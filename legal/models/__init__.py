"""The law that content and questions cite, and the files that bring it in."""

from legal.models.imports import InstrumentImport
from legal.models.instruments import Instrument
from legal.models.parts import Article, InstrumentFile

__all__ = ["Article", "Instrument", "InstrumentFile", "InstrumentImport"]
