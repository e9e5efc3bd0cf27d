"""The kinds of question. A kind is one module of this package that defines `KIND`.

Adding a kind is adding its module and, where it looks like no other, its templates: nothing else
lists them (docs/kinds.md).
"""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from quizzes.kinds.kind import BadChoice, Gap, Json, Kind, Problem, Row, Shown

__all__ = ["KINDS", "BadChoice", "Gap", "Json", "Kind", "Problem", "Row", "Shown"]


def _discover() -> dict[str, Kind]:
    found = [
        getattr(importlib.import_module(f"{__name__}.{module.name}"), "KIND", None)
        for module in pkgutil.iter_modules(__path__)
    ]
    kinds = [kind for kind in found if isinstance(kind, Kind)]
    return {kind.code: kind for kind in sorted(kinds, key=lambda kind: (kind.rank, kind.code))}


KINDS: Mapping[str, Kind] = MappingProxyType(_discover())
