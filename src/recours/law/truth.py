"""Kleene's three values: yes, no, unknown.

unknown means "not known yet", so that an answer can only turn unknown into yes or no.
SQL's NULL behaves the same way.
"""

from __future__ import annotations

from collections.abc import Iterable

from recours.law.types import Truth


def truth_of(value: bool | None) -> Truth:
    """A known boolean, or None when a fact is missing."""
    if value is None:
        return "unknown"
    return "yes" if value else "no"


def not_(a: Truth) -> Truth:
    """unknown stays unknown."""
    return {"yes": "no", "no": "yes", "unknown": "unknown"}[a]  # type: ignore[return-value]


def all_(values: Iterable[Truth]) -> Truth:
    """no when any is no; yes when all are yes; else unknown.  Of nothing: yes."""
    seen = set(values)
    if "no" in seen:
        return "no"
    return "unknown" if "unknown" in seen else "yes"


def any_(values: Iterable[Truth]) -> Truth:
    """yes when any is yes; no when all are no; else unknown.  Of nothing: no."""
    seen = set(values)
    if "yes" in seen:
        return "yes"
    return "unknown" if "unknown" in seen else "no"
