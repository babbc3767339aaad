"""What a statement of the merchant claims: no liability, a final sale, a return period, a fee ...

Comes in: an act and the words that perform it.  Goes out: names of ``statements.yaml``, most telling first; none when
the words claim nothing that the table knows.  The rules of the packs name them in ``answers``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec

from recours.casefile.loops import compiled
from recours.reading.types import Act
from recours.text import same_length_fold

GENERAL = "terms"  # the shop's terms, whatever they are
SPEAKING = frozenset(
    [
        "deny_responsibility",
        "cite_policy",
        "refer_elsewhere",
        "refuse",
        "offer_store_credit",
        "offer_partial_refund",
        "request_return",
    ]
)


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the table; see its comments.  acts: those of which it is claimed; about: words needed besides."""

    says: tuple[str, ...]
    acts: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@cache
def statements() -> dict[str, Statement]:
    """The table, by name."""
    text = (resources.files("recours.casefile") / "statements.yaml").read_text(encoding="utf-8")
    return msgspec.yaml.decode(text, type=dict[str, Statement])


def claims(act: Act) -> tuple[str, ...]:
    """The names of what the act's words claim, in the table's order; the general one only when no other is."""
    if act.act not in SPEAKING:
        return ()
    text = same_length_fold(act.quote.text)
    found = tuple(n for n, s in statements().items() if act.act in (s.acts or SPEAKING) and _claimed(text, s))
    return tuple(n for n in found if n != GENERAL) or found


def _claimed(text: str, statement: Statement) -> bool:
    if _any(text, statement.never):
        return False
    return _any(text, statement.says) and (not statement.about or _any(text, statement.about))


def _any(text: str, patterns: tuple[str, ...]) -> bool:
    return any(_compiled(p).search(text) for p in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)
