"""schema.org in mail: Order, Invoice, ParcelDelivery, as JSON-LD or microdata.

Machines write it, but people cannot see it: a value counts only where the visible text says it too, and that
is what is quoted.  Names of types and properties: https://schema.org/Order and its neighbours.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from recours.money import Money
from recours.reading.amounts import UNKNOWN_DOLLAR, find_amounts
from recours.reading.dates import find_dates
from recours.reading.generic.view import Part, View
from recours.reading.types import Finding, Value

_SCRIPT = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_PROP = re.compile(
    r"<(?P<tag>meta|link|time|span|div|td|a|b|strong)\b[^>]*\bitemprop\s*=\s*[\"'](?P<prop>[\w ]+)[\"'][^>]*>(?P<inner>[^<]*)",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"\b(?:content|datetime|href)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_BY = "structured"
_SURE = 0.97

# Type -> property path -> fact.
_TEXTS: dict[str, tuple[tuple[str, str], ...]] = {
    "Order": (
        ("orderNumber", "order.number"), ("merchant.name", "merchant.name"), ("seller.name", "merchant.name"),
        ("customer.name", "consumer.name"), ("orderDelivery.trackingNumber", "delivery.tracking_number"),
    ),
    "Invoice": (("provider.name", "merchant.name"), ("customer.name", "consumer.name")),
    "ParcelDelivery": (
        ("trackingNumber", "delivery.tracking_number"), ("partOfOrder.orderNumber", "order.number"),
        ("partOfOrder.merchant.name", "merchant.name"),
    ),
    "EventReservation": (("reservationNumber", "order.number"), ("underName.name", "consumer.name")),
}  # fmt: skip
_DAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Order": (("orderDate", "order.date"), ("orderDelivery.expectedArrivalUntil", "delivery.promised_on")),
    "ParcelDelivery": (("expectedArrivalUntil", "delivery.promised_on"),),
}
_MONEY: dict[str, tuple[tuple[str, str], ...]] = {
    "Order": (("price", "priceCurrency"), ("totalPaymentDue.price", "totalPaymentDue.priceCurrency")),
    "Invoice": (("totalPaymentDue.price", "totalPaymentDue.priceCurrency"),),
    "EventReservation": (("totalPrice", "priceCurrency"),),
}


def structured(view: View) -> Iterator[Finding]:
    """Structured data of the HTML part -> the facts that the visible text also says."""
    if not view.message.html or "schema.org" not in view.message.html:
        return
    for thing in _things(view.message.html):
        kind = str(thing.get("@type", "")).rpartition("/")[2]
        for path, name in _TEXTS.get(kind, ()):
            yield from _text(view, name, _at(thing, path))
        for path, name in _DAYS.get(kind, ()):
            yield from _day(view, name, _at(thing, path))
        for price, currency in _MONEY.get(kind, ()):
            yield from _money(view, _at(thing, price), _at(thing, currency))
        if kind == "Order":
            yield from _items(view, thing)


def _things(markup: str) -> Iterator[Mapping[str, Any]]:
    for match in _SCRIPT.finditer(markup):
        try:
            data = msgspec.json.decode(match[1].strip())
        except msgspec.DecodeError:
            continue
        yield from _flat(data)
    yield from _microdata(markup)


def _flat(data: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _flat(one)
    elif isinstance(data, dict):
        yield data
        yield from _flat(data.get("@graph"))


def _microdata(markup: str) -> Iterator[Mapping[str, Any]]:
    """The flat properties of the one Order or ParcelDelivery of a mail; nested names are left alone."""
    kind = re.search(r"itemtype\s*=\s*[\"']https?://schema\.org/(Order|Invoice|ParcelDelivery)[\"']", markup)
    if not kind:
        return
    thing: dict[str, str] = {"@type": kind[1]}
    for match in _PROP.finditer(markup):
        content = _CONTENT.search(match[0])
        value = (content[1] or content[2] or "") if content else match["inner"]
        if match["prop"] not in ("name", "price", "priceCurrency"):
            thing.setdefault(match["prop"], html.unescape(value).strip())
    yield thing


def _at(thing: Mapping[str, Any], path: str) -> str:
    value: object = thing
    for key in path.split("."):
        if isinstance(value, list):
            value = value[0] if len(value) == 1 else None
        value = value.get(key) if isinstance(value, dict) else None
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def _found(view: View, words: str) -> tuple[Part, int] | None:
    for part in (view.body, view.subject, view.sender, view.to):
        at = part.own.find(words)
        if at >= 0:
            return part, at
    return None


def _text(view: View, name: str, words: str) -> Iterator[Finding]:
    found = _found(view, words) if len(words) > 2 else None
    if found:
        part, at = found
        yield view.finding(part, at, at + len(words), name, words, _BY, _SURE)


def _day(view: View, name: str, words: str) -> Iterator[Finding]:
    """The day as it is written there, in the zone that the machine wrote."""
    try:
        day = date.fromisoformat(words[:10])
    except ValueError:
        return
    for found in find_dates(view.body.own, view.day):
        if day in found.days:
            yield view.finding(view.body, found.start, found.end, name, day, _BY, _SURE)
            return


def _money(view: View, price: str, currency: str) -> Iterator[Finding]:
    try:
        amount = Decimal(price)
    except InvalidOperation:
        return
    if not re.fullmatch(r"[A-Z]{3}", currency) or not amount.is_finite() or amount <= 0:
        return
    value: Value = Money(amount, currency)
    for found in reversed(find_amounts(view.body.own)):
        if found.amount == amount and found.currency in (currency, UNKNOWN_DOLLAR):
            yield view.finding(view.body, found.start, found.end, "order.total", value, _BY, 0.9)
            return


def _items(view: View, thing: Mapping[str, Any]) -> Iterator[Finding]:
    offers = thing.get("acceptedOffer")
    goods, spans = [], []
    for offer in offers if isinstance(offers, list) else [offers]:
        if not isinstance(offer, dict):
            continue
        name = _at(offer, "itemOffered.name")
        at = view.body.own.find(name) if name else -1
        if at < 0:
            return
        count = _at(offer, "eligibleQuantity.value") or "1"
        goods.append(f"{count} x {name}")
        spans.append((at, at + len(name)))
    if goods:
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        yield view.finding(view.body, start, end, "order.items", "; ".join(goods), _BY, _SURE)
