"""Days told from the day on which a message was written: "yesterday", "d'ici vendredi", "three weeks ago", "fin juin".

Comes in: ``RULES``' patterns match folded text; a maker gets the match and the message's local day.  Goes out: the day,
None when the words name none.  What only says "soon", "next week" or "after your parcel came" names none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from recours.reading.calendar_words import DAY_OF, MONTH_OF, either
from recours.reading.spelled import NUMBER, spelled

_WORD_DAYS = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "aujourd'hui": 0,
    "ce matin": 0, "ce soir": 0, "cet apres-midi": 0, "yesterday": -1, "last night": -1, "hier": -1, "hier soir": -1,
    "avant-hier": -2, "tomorrow": 1, "demain": 1, "apres-demain": 2, "day after tomorrow": 2, "the day after tomorrow": 2,
    "day before yesterday": -2, "the day before yesterday": -2,
}  # fmt: skip
_UNITS = {
    "business day": "work", "working day": "work", "jour ouvrable": "work", "jours ouvrables": "work",
    "jour ouvre": "work", "jours ouvres": "work", "jours d'affaires": "work", "jour d'affaires": "work",
    "business days": "work", "working days": "work", "day": "day", "days": "day", "jour": "day", "jours": "day",
    "week": "week", "weeks": "week", "semaine": "week", "semaines": "week", "hours": "hour", "heures": "hour",
    "hrs": "hour", "hour": "hour", "heure": "hour", "h": "hour", "hr": "hour", "month": "month", "months": "month", "mois": "month",
    "fortnight": "fortnight", "calendar day": "day", "calendar days": "day", "jours calendaires": "day",
}  # fmt: skip

_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_LONGEST = 400  # days, or hours: more is no promise
_NO_DAY_NUMBER = rf"(?!\d|[/.:,-]\d|\s*(?:%|€|\$|£|h\b|am\b|pm\b|a\.m|p\.m|days?|jours?|heures?|hours?|(?:of\s+|de\s+)?(?:{either(MONTH_OF)})\b))"
# "within 10 days of receiving it" is not counted from the message.
_FROM_ELSEWHERE = (
    r"(?!\s+(?:of|after|following|once|upon|when|from(?! (?:now|today|this))|as\s+of|starting|apres|suivant|des|a\s+partir|a\s+compter"
    r"(?! (?:d'aujourd'hui|de ce jour|de ce courriel|de la presente))|de\s+(?:la\s+|votre\s+)?reception|qui\s+suivent)\b)"
)
_WITHIN = r"(?:within|in|d'ici|dans|sous|en)\s+(?:the\s+next\s+|les\s+|un\s+delai\s+(?:maximal\s+|maximum\s+)?de\s+)?"
_COUNT = rf"(?:\d{{1,2}}\s*(?:-|–|a|to|et|or|ou)\s*)?(?P<count>\d{{1,3}}\b|\d{{1,3}}(?=h\b)|{NUMBER}|an?\b)"
_UNIT = rf"(?P<unit>(?>{either(_UNITS)}))\b"  # not "jours" of "jours ouvrables"


def add_work_days(start: date, count: int) -> date:
    """Monday to Friday after ``start``; holidays are the law packs' affair, not reading's."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(context: date, shift: int) -> tuple[int, int]:
    """Year and month that lie ``shift`` months from the context's."""
    year, month = divmod(context.year * 12 + context.month - 1 + shift, 12)
    return year, month + 1


def _word(match: re.Match[str], context: date) -> date | None:
    return context + timedelta(days=_WORD_DAYS[re.sub(r"\s+", " ", match[0])])


def _weekday(match: re.Match[str], context: date) -> date | None:
    """Ahead: the first such day after the message; last: the latest before it."""
    wanted = DAY_OF[match["weekday"]]
    if match.groupdict().get("last"):
        return context - timedelta(days=(context.weekday() - wanted) % 7 or 7)
    return context + timedelta(days=(wanted - context.weekday()) % 7 or 7)


def _numbered_weekday(match: re.Match[str], context: date) -> date | None:
    """ "mardi 12": the nearest 12th that is a Tuesday, of this month and its neighbours."""
    days = [_made(*_month(context, shift), int(match["day"])) for shift in (-1, 0, 1)]
    fit = [d for d in days if d and d.weekday() == DAY_OF[match["weekday"]]]
    return min(fit, key=lambda d: abs((d - context).days), default=None)


def _ordinal(match: re.Match[str], context: date) -> date | None:
    """ "on the 12th": the latest 12th up to the message."""
    day = int(match["day"])
    made = _made(context.year, context.month, day)
    if made and made <= context:
        return made
    return _made(*_month(context, -1), day)


def _next_ordinal(match: re.Match[str], context: date) -> date | None:
    """ "by the 12th": the first 12th from the message on."""
    day = int(match["day"])
    made = _made(context.year, context.month, day)
    if made and made >= context:
        return made
    return _made(*_month(context, 1), day)


def _shifted(match: re.Match[str], context: date, sign: int) -> date | None:
    said = match["count"]
    count = 1 if said in ("a", "an") else int(said) if said.isdigit() else spelled(said)
    if count is None or count > _LONGEST:
        return None
    unit = _UNITS[re.sub(r"\s+", " ", match["unit"])]
    if unit == "work":
        return add_work_days(context, count) if sign > 0 else None
    if unit == "month":
        year, month = _month(context, sign * count)
        return date(year, month, min(context.day, monthrange(year, month)[1]))
    days = -(-count // 24) if unit == "hour" else _DAYS[unit] * count
    return context + timedelta(days=sign * days)


def _within(match: re.Match[str], context: date) -> date | None:
    return _shifted(match, context, 1)


def _ago(match: re.Match[str], context: date) -> date | None:
    return _shifted(match, context, -1)


def _shortly(match: re.Match[str], context: date) -> date | None:
    return context + timedelta(days=8 if match["span"] == "huitaine" else 15)


def _month_end(match: re.Match[str], context: date) -> date | None:
    """The last day of this month, of the next, or of a named one: the nearest."""
    name = match["month"]
    if not name:
        year, month = _month(context, 1 if match["next"] else 0)
        return date(year, month, monthrange(year, month)[1])
    ends = [
        date(y, m, monthrange(y, m)[1]) for y, m in ((context.year + n, MONTH_OF[name]) for n in (-1, 0, 1))
    ]
    return min(ends, key=lambda d: abs((d - context).days))


Maker = Callable[[re.Match[str], date], date | None]
_NAME = rf"(?P<weekday>{either(DAY_OF)})\b"
_BY = r"(?:by|before|until|till|no\s+later\s+than|not\s+later\s+than|d'ici|avant|jusqu'au?|au\s+plus\s+tard|pas\s+plus\s+tard\s+que)"
RULES: tuple[tuple[re.Pattern[str], Maker], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (rf"\b(?:{either(_WORD_DAYS)})\b", _word),
        (rf"\b(?:(?P<last>(?:this\s+)?(?:last|past)\s+)|next\s+|this\s+(?:coming\s+)?){_NAME}", _weekday),
        (rf"\b{_NAME}\s+(?:prochain\b|(?P<last>dernier\b|passe\b))", _weekday),
        (
            rf"\b(?:{_BY}|ce)\s+(?:le\s+)?{_NAME}(?!\s+(?:le\s+|the\s+)?\d|,?\s+(?:{either(MONTH_OF)})\b)",
            _weekday,
        ),
        (
            rf"\b(?P<weekday>{either(n for n in DAY_OF if not n.endswith('di') and n != 'dimanche')})\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b{_NO_DAY_NUMBER}",
            _numbered_weekday,
        ),
        (
            rf"\b(?P<weekday>{either(n for n in DAY_OF if n.endswith('di') or n == 'dimanche')})\s+(?:le\s+)?(?P<day>\d{{1,2}})(?:er)?\b{_NO_DAY_NUMBER}",
            _numbered_weekday,
        ),
        (rf"\bon\s+the\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b{_NO_DAY_NUMBER}", _ordinal),
        (rf"\b{_BY}\s+(?:the\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b){_NO_DAY_NUMBER}", _next_ordinal),
        (rf"\b{_BY}\s+(?:le\s+(?P<day>\d{{1,2}})(?:er)?\b){_NO_DAY_NUMBER}", _next_ordinal),
        (
            rf"\b{_WITHIN}{_COUNT}\s*(?:\(\d+\)\s*)?{_UNIT}{_FROM_ELSEWHERE}",
            _within,
        ),
        (rf"\b{_COUNT}\s+{_UNIT}\s+ago\b", _ago),
        (rf"\bil\s+y\s+a\s+(?:environ\s+|a\s+peine\s+)?{_COUNT}\s*{_UNIT}", _ago),
        (r"\b(?:sous|d'ici)\s+(?P<span>huitaine|quinzaine)\b", _shortly),
        (
            rf"\b(?:the\s+)?(?:end\s+of|fin(?:\s+d[eu])?)\s+(?:(?:the\s+|this\s+)?(?:month|mois)\b(?!\s+prochain)|(?P<next>next\s+month\b|mois\s+prochain\b)|(?P<month>{either(MONTH_OF)})\b)",
            _month_end,
        ),
    )
)
