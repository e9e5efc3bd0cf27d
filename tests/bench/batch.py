from typing import Any

BATCHES: dict[str, Any] = {}
