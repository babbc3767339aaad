"""Why a message is in the dispute or not, in the person's language.

The reader keeps its reason as an English sentence in the journal; the words table has the same sentences in both
languages, so that a reason is found again by its English form.
"""

from __future__ import annotations

import re
from functools import cache

from recours.words import Language, say, table

_FIELD = re.compile(r"\\\{(\w+)\\\}")


def reason(why: str, language: Language) -> str:
    """why: as the journal has it; a sentence that no table knows stays as it is."""
    for key, form in _forms():
        found = form.fullmatch(why)
        if found:
            return say(language, key, **found.groupdict())
    return why


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each sentence as a pattern, those without a field first."""
    rows = [(key, text) for key, text in table("en").items() if key.startswith("why.")]
    rows.sort(key=lambda row: "{" in row[1])
    return tuple((key, re.compile(_FIELD.sub(r"(?P<\1>.+)", re.escape(text)))) for key, text in rows)
