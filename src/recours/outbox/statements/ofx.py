"""OFX, versions 1 (SGML, end tags left out) and 2 (XML): one scan over the tags serves both."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from recours.outbox.statements.types import StatementLine, UnreadableStatementError

_TAG = re.compile(r"<(/?)([A-Za-z0-9.]+)>([^<]*)")
_SIGN = re.compile(r"OFXHEADER|<OFX>", re.IGNORECASE)
_FIELDS = frozenset({"DTPOSTED", "DTUSER", "TRNAMT", "FITID", "NAME", "PAYEE", "MEMO", "CURSYM", "TRNTYPE"})


def is_ofx(text: str) -> bool:
    return bool(_SIGN.search(text[:4000]))


def read_ofx(text: str, name: str) -> tuple[StatementLine, ...]:
    """Every movement of every account in the file.  Raises UnreadableStatementError, with the line at fault."""
    return tuple(_lines(text, name))


def _lines(text: str, name: str) -> Iterator[StatementLine]:
    currency = account = ""
    fields: dict[str, str] | None = None
    place = 0
    original = False  # inside ORIGCURRENCY: the currency of the purchase, not that of the amount
    line, counted = 1, 0
    for found in _TAG.finditer(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        closing, tag, value = found[1], found[2].upper(), html.unescape(found[3]).strip()
        if tag == "ORIGCURRENCY":
            original = not closing
        elif tag == "STMTTRN":
            original = False
            if fields is not None:
                yield _line(fields, place, currency, account, name)
            fields, place = (None if closing else {}), line
        elif closing:
            if tag == "BANKTRANLIST" and fields is not None:
                yield _line(fields, place, currency, account, name)
                fields = None
        elif fields is not None and tag in _FIELDS and not (original and tag == "CURSYM"):
            fields[tag] = value
        elif tag == "CURDEF":
            currency = value.upper()
        elif tag == "ACCTID":
            account = value[-4:]
    if fields:
        yield _line(fields, place, currency, account, name)


def _line(fields: dict[str, str], place: int, currency: str, account: str, name: str) -> StatementLine:
    try:
        stamp = fields["DTPOSTED"]
        day = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
        amount = Decimal(fields["TRNAMT"].replace(",", ".").replace(" ", ""))
    except (KeyError, ValueError, InvalidOperation):
        raise UnreadableStatementError(
            name,
            {
                "en": "a movement has no day or no amount",
                "fr": "un mouvement n'a pas de jour ou pas de montant",
            },
            f"{name}:{place}",
        ) from None
    words = " ".join(dict.fromkeys(fields[k] for k in ("NAME", "PAYEE", "MEMO") if fields.get(k)))
    return StatementLine(
        place=place,
        day=day,
        amount=amount,
        words=words,
        currency=fields.get("CURSYM", currency).upper(),
        reference=fields.get("FITID", ""),
        account=account,
    )
