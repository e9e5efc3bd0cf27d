"""The kinds of question. A kind is one module of this package that defines `KIND`.

Adding a kind is adding its module: nothing else lists them.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from quizzes.kinds.kind import Json, Kind, Problem

__all__ = ["KINDS", "Json", "Kind", "Problem"]


def _discover() -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        kind = getattr(importlib.import_module(f"{__name__}.{found.name}"), "KIND", None)
        if isinstance(kind, Kind):
            kinds[kind.code] = kind
    return kinds


KINDS: Mapping[str, Kind] = MappingProxyType(_discover())
