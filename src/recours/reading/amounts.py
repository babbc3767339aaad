"""Amounts of money as French and English write them, found in running text with their exact offsets.

A number, in figures or in words, is an amount only with a currency beside it.  ``$`` alone says dollar, not whose: its currency stays
``"$"`` until the place is known.  Signs and accounting parentheses are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import msgspec

from recours.money import Money
from recours.reading.spelled import NUMBER, spelled
from recours.text import same_length_fold

UNKNOWN_DOLLAR = "$"
BARE = ""  # the currency of a sum that is said without one, until the purchase's is known

# As written (upper case) -> ISO 4217.  Longer names are tried first.
_CURRENCIES = {
    "CAD$": "CAD", "CAD $": "CAD", "CA$": "CAD", "C$": "CAD", "$CAD": "CAD", "$ CAD": "CAD", "$CA": "CAD", "$ CA": "CAD",
    "$CDN": "CAD", "$ CDN": "CAD", "CDN$": "CAD", "CAD": "CAD", "DOLLARS CANADIENS": "CAD", "CANADIAN DOLLARS": "CAD",
    "USD$": "USD", "US$": "USD", "US $": "USD", "U.S. $": "USD", "$US": "USD", "$ US": "USD", "$USD": "USD",
    "$ USD": "USD", "USD": "USD", "DOLLARS AMÉRICAINS": "USD", "US DOLLARS": "USD",
    "AU$": "AUD", "A$": "AUD", "AUD": "AUD", "NZ$": "NZD", "NZD": "NZD", "HK$": "HKD", "HKD": "HKD",
    "€": "EUR", "EUROS": "EUR", "EURO": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "POUNDS": "GBP",
    "POUND": "GBP", "QUID": "GBP", "POUNDS STERLING": "GBP", "LIVRES STERLING": "GBP", "CHF": "CHF", "FRANCS": "CHF", "FRANCS SUISSES": "CHF", "¥": "JPY", "JPY": "JPY", "CNY": "CNY", "RMB": "CNY",
    "$": UNKNOWN_DOLLAR, "DOLLARS": UNKNOWN_DOLLAR, "DOLLAR": UNKNOWN_DOLLAR,
    "BUCKS": UNKNOWN_DOLLAR, "PIASTRES": "CAD", "PIASSES": "CAD",
}  # fmt: skip

_GAP = "[ \u00a0\u202f\u2009]"
_SIGNS = "|".join(
    re.escape(c).replace(r"\ ", _GAP) + (r"(?![A-Za-zÀ-ÿ])" if c[-1].isalpha() else "")
    for c in sorted(_CURRENCIES, key=len, reverse=True)
)
_NUMBER = (
    rf"\d{{1,3}}(?:{_GAP}\d{{3}})+(?:[.,]\d{{1,2}}(?!\d))?(?!\d)"  # 1 234,56
    r"|\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,2}(?!\d))?(?![\d])"  # 1,234.56  1.234,56  1’234.50
    r"|\d+(?:[.,]\d{1,2})?(?![\d])"  # 425.40  49
)
_CENTS = rf"{_GAP}(?:and{_GAP}|et{_GAP})?(?P<small>\d{{1,2}}){_GAP}?(?:cents?|centimes?|pence)\b"
# "12 euros 50", "twenty pounds ten": what follows tells that no thing is counted ("5 pounds 20 boxes").
_NO_THING = (
    r"(?=\s*(?:[.,;:!?)\]»\"]|$|(?:et|and|pour|for|en|in|au|de|d'|par|by|sur|on|mais|but|que|ttc|with|avec|le|la|the|to|chez|from"
    r"|short|altogether|qui|sans|without)\b))"
)
_A_DAY = r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}/\d{1,2}|\d{1,2}[:h]\d{2})(?![\w.,]\d)"  # or an hour: "45 EUR 12/10/2026"
_A_WORD = r"(?<=[^\W\d_]{4})"  # a currency's whole word never stands before its number
_SPOKEN = rf"(?:{_A_WORD}|(?<={_GAP}€)){_GAP}(?P<spoken>\d{{2}})(?!\d|[.,/:%-]\d|{_GAP}?[€%]){_NO_THING}"
_LEFT = r"(?<![\w])"
_AMOUNT = re.compile(
    rf"(?P<sign>[-−–+(])?{_GAP}?{_LEFT}(?P<before>{_SIGNS}){_GAP}?(?P<minus>[-−])?{_GAP}?(?P<number>{_NUMBER})(?![/:]\d)"
    rf"(?P<dash>,-|\.-|,–)?(?P<close>\))?(?:{_GAP}?(?P<both>{_SIGNS}))?"
    rf"|(?P<sign2>(?<!\w)[-−–+(])?{_GAP}?(?<!\w-)(?<![\w.,])(?P<number2>{_NUMBER})(?P<dash2>,-|,–)?(?:{_GAP}?|(?<=[.,]\d\d)\r?\n)"
    rf"(?P<after>{_SIGNS})(?:(?P<cents>\d\d(?![\d.,]))|{_CENTS}|{_SPOKEN}|(?!{_GAP}?\d)|{_A_WORD}(?={_GAP}\d)|(?={_GAP}{_A_DAY}))(?:{_GAP}?(?P<both2>{_SIGNS}))?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"(?P<number>{NUMBER})\s+(?:de\s+)?(?P<name>(?:canadian |us )?dollars?(?: canadiens| americains)?|euros?|pounds? sterling|pounds|livres sterling"
    rf"|francs(?: suisses)?|quid|bucks|piastres|piasses)\b(?:\s+(?:and\s+|et\s+)?(?P<small>\d{{1,2}}|{NUMBER})\s+(?:cents|centimes|pence)\b|\s+(?P<bare>{NUMBER})\b{_NO_THING})?"
)


class FoundAmount(msgspec.Struct, frozen=True):
    """An amount in text[start:end].  currency: ISO 4217, or "$" while nobody knows whose dollar it is."""

    start: int
    end: int
    amount: Decimal
    currency: str

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


_CENTS_IN_ONE = 100


def find_amounts(text: str, dollar: str = UNKNOWN_DOLLAR) -> tuple[FoundAmount, ...]:
    """Text, and the currency that a bare ``$`` has there -> amounts in reading order.  Never raises."""
    found = []
    for match in _AMOUNT.finditer(text):
        number = match["number"] or match["number2"]
        amount = number_of(number)
        if amount is None:
            continue
        small = match["cents"] or match["small"] or match["spoken"]
        if small and amount == amount.to_integral_value():
            amount += Decimal(small) / 100
        names = [_iso(n) for n in (match["before"], match["both"], match["after"], match["both2"]) if n]
        known = [n for n in names if n != UNKNOWN_DOLLAR]
        sign = match["sign"] or match["sign2"] or ""
        negative = bool(match["minus"]) or sign in ("-", "−") or (sign == "(" and bool(match["close"]))
        start, end = match.start(), match.end()
        if sign and not negative:
            start = match.start("before") if match["before"] else match.start("number2")
            if match["close"] and not match["both"]:
                end = match.end("close") - 1
        while text[start].isspace():
            start += 1
        currency = known[0] if known else dollar
        found.append(FoundAmount(start, end, -amount if negative else amount, currency))
    found += [
        one for one in _in_words(text, dollar) if all(one.end <= f.start or one.start >= f.end for f in found)
    ]
    return tuple(sorted(found, key=lambda f: f.start))


def _in_words(text: str, dollar: str) -> Iterator[FoundAmount]:
    """ "deux cent quarante euros", "four hundred dollars and fifty cents"."""
    for match in _WORDS.finditer(same_length_fold(text)):
        whole = spelled(match["number"])
        said = match["small"] or match["bare"] or "0"
        small = int(said) if said.isdigit() else spelled(said)
        if whole is None or whole == 1 or small is None or small >= _CENTS_IN_ONE:  # "a one dollar shop"
            continue
        name = re.sub(r"\s+", " ", text[match.start("name") : match.end("name")])
        currency = _iso(name)
        amount = Decimal(whole) + Decimal(small) / 100
        yield FoundAmount(
            match.start(), match.end(), amount, dollar if currency == UNKNOWN_DOLLAR else currency
        )


def number_of(written: str) -> Decimal | None:
    """ "1 234,56", "1,234.56", "1.234", "49" -> the number; the last mark with one or two digits is the decimal one."""
    digits = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", written)
    match = re.fullmatch(r"(\d[\d.,]*?)(?:[.,](\d{1,2}))?", digits)
    if not match:
        return None
    whole = re.sub(r"[.,]", "", match[1])
    try:
        return Decimal(f"{whole}.{match[2]}" if match[2] else whole)
    except InvalidOperation:
        return None


def _iso(written: str) -> str:
    name = re.sub(r"[\u00a0\u202f\u2009]", " ", written.upper())
    return _CURRENCIES.get(name, UNKNOWN_DOLLAR)
