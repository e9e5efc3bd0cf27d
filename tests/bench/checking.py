"""Is what was acknowledged what is stored, and are the scores right?

``python -m tests.bench.checking FILE``: the file holds, by attempt, the positions acknowledged for
each slot and whether it was handed in. Scores are computed here anew from papers and keys, without
the product's scoring.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django


def check(acknowledged: Mapping[str, Any]) -> dict[str, Any]:
    """Counts, and the first differences in words."""
    from quizzes.models import Attempt, QuestionVersion

    keys = {version.pk: set(version.key["correct"]) for version in QuestionVersion.objects.all()}
    wrong: list[str] = []
    answers = scores = 0
    attempts = (
        Attempt.objects.filter(pk__in=[int(pk) for pk in acknowledged])
        .select_related("paper")
        .prefetch_related("responses")
    )
    found = 0
    for attempt in attempts:
        found += 1
        facts = acknowledged[str(attempt.pk)]
        stored = {response.slot: response for response in attempt.responses.all()}
        points = 0
        for number, slot in enumerate(attempt.paper.slots):
            positions = facts["answers"].get(str(number))
            response = stored.get(number)
            if positions is not None:
                answers += 1
                wanted = sorted(slot["options"][place] for place in positions)
                if response is None or sorted(response.choice) != wanted:
                    held = response.choice if response else "nothing"
                    wrong.append(f"attempt {attempt.pk} slot {number}: {held}, not {wanted}")
            if response is not None and set(response.choice) == keys[slot["version"]]:
                points += slot["centipoints"]
        if facts["handed_in"]:
            scores += 1
            if attempt.state != "finished" or attempt.centipoints != points:
                held = f"{attempt.state} with {attempt.centipoints}"
                wrong.append(f"attempt {attempt.pk}: {held}, not {points}")
    if found != len(acknowledged):
        wrong.append(f"{len(acknowledged) - found} attempts are gone")
    return {
        "attempts": found,
        "answers_checked": answers,
        "scores_checked": scores,
        "differences": len(wrong),
        "first_differences": wrong[:5],
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(check(json.loads(Path(sys.argv[1]).read_text()))))  # noqa: T201
