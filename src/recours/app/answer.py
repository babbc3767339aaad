"""What a person says: answers, corrections, "I do not know", and rules read at their address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from recours.app.assess import packs
from recours.app.days import FutureDayError
from recours.app.desk import Desk
from recours.casefile.events import FactStated, Kept, Payload, RuleConfirmed
from recours.casefile.vocabulary import kind_of, parse_value
from recours.errors import RecoursError
from recours.money import Money
from recours.reading.places import DOLLARS

_BARE_SUM = re.compile(r"(?P<sign>[$€£]?)[ \u00a0]?\d[\d .,'\u00a0\u202f]*(?P<after>[$€£]?)")
_SIGN_OF = {"€": "EUR", "£": "GBP"}
DONT_KNOW = frozenset({"", "?", "unknown", "dont-know", "je-ne-sais-pas", "inconnu"})


AHEAD = frozenset({"delivery.promised_on", "delivery.written_date", "refund.promised_on"})
"""Facts whose day may still come: what was promised for it.  Every other day tells what has happened."""


class NotAnAnswerError(RecoursError):
    """The words are not NAME=VALUE."""

    def __init__(self, words: str) -> None:
        super().__init__(
            {"en": f"{words!r} is not an answer", "fr": f"{words!r} n'est pas une réponse"},
            todo={
                "en": "Write NAME=VALUE, for example: recours answer CASE goods.available=yes (or NAME=? when you "
                "do not know). The names are listed by: recours ask CASE",
                "fr": "Écrivez NOM=VALEUR, par exemple : recours answer DOSSIER goods.available=oui (ou NOM=? si "
                "vous ne savez pas). Les noms sont donnés par : recours ask DOSSIER",
            },
        )


class NoSuchRuleError(RecoursError):
    """No pack holds a rule of that id."""

    def __init__(self, rule: str) -> None:
        super().__init__(
            {"en": f"There is no rule {rule!r}", "fr": f"Il n'y a pas de règle {rule!r}"},
            todo={
                "en": "Look at the ids with: recours rights CASE",
                "fr": "Les identifiants sont donnés par : recours rights DOSSIER",
            },
        )


def answer(desk: Desk, case: str, answers: Sequence[str], reason: str = "") -> tuple[str, ...]:
    """answers: NAME=VALUE each; all are checked before any is kept.  The names that were answered.

    Raises NotAnAnswerError, FutureDayError, and the vocabulary's errors for a misspelt name or a value of the wrong type.
    """
    desk.history(case)
    payloads: list[Payload] = []
    names = []
    price = desk.case(case).value("order.total")
    for words in answers:
        name, equals, value = words.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name:
            raise NotAnAnswerError(words)
        if value.casefold() in DONT_KNOW:
            parse_value(name, "")
            kept = None
        else:
            parsed = parse_value(name, _with_currency(name, value, price))
            price = parsed if name == "order.total" else price
            if isinstance(parsed, date) and parsed > desk.today and name not in AHEAD:
                raise FutureDayError(parsed, desk.today, name)
            kept = Kept.of(parsed) if parsed is not None else None
        payloads.append(FactStated(name=name, value=kept, reason=reason))
        names.append(name)
    desk.record(case, payloads)
    return tuple(names)


def _with_currency(name: str, value: str, price: object) -> str:
    """A sum without a currency's code is said in the price's, unless its sign says another's."""
    bare = _BARE_SUM.fullmatch(value) if kind_of(name).type == "money" else None
    if bare is None or not isinstance(price, Money):
        return value
    sign = bare["sign"] or bare["after"]
    dollars = price.currency in DOLLARS.values()
    fits = not sign or (dollars if sign == "$" else price.currency == _SIGN_OF[sign])
    return f"{value} {price.currency}" if fits else value


def confirm_rule(desk: Desk, case: str, rule: str) -> None:
    """The person has opened the rule's address and read it there.  Raises NoSuchRuleError."""
    desk.history(case)
    if rule not in packs().by_id:
        raise NoSuchRuleError(rule)
    desk.record(case, [RuleConfirmed(rule=rule)])
