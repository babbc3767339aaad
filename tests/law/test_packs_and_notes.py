"""The packs say what the notes that they were written from say: figures, sources, marks, windows of the networks."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from recours.law.rules import Rule, load_packs

PACKS = load_packs()
ROOT = Path(__file__).parents[2]
NOTES = ROOT.parent / "shared" / "law"
NOTED_ON = date(2026, 11, 22)

# Figures of a rule that the notes give in another row, or that follow from two rows.
ELSEWHERE: dict[str, set[str]] = {
    "qc.lpc.54_14": {"15"},  # qc.lpc.54_13
    "qc.cpc.536": {"3", "10"},  # qc.ccq.2925; qc.med.delay
    "bc.bpcpa.52": {"15"},  # bc.bpcpa.50
    "on.cpa.99": {"15", "75"},  # on.cpa.96; 15 + 60
    "nb.chargeback": {"2023"},  # nb.cpa_new
}


@cache
def rows() -> dict[str, str]:
    """Rows of the tables of the notes on Canada, by id; nothing when the notes are missing."""
    file = NOTES / "canada.md"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {line.split("|")[1].strip(): line for line in lines if line.startswith("| ")}


def figures(rule: Rule) -> set[str]:
    """Numbers that a reader would act on: days, years, dollars, percent."""
    said = set(re.findall(r"\d[\d,]*", re.sub(r"\bss?\. ?[\d.]+", "", rule.says["en"])))
    return (said | {str(d.number) for d in rule.deadlines}) - {"0", "1"}


def test_figures_reads_what_a_reader_acts_on() -> None:
    assert figures(PACKS.by_id["qc.lpc.54_14"]) == {"15", "60"}
    assert figures(PACKS.by_id["qc.cpc.536"]) == {"15,000", "10", "3"}


NOTED = [pytest.param(rule, id=rule.id) for rule in PACKS.by_id.values() if rule.id in rows()]
MISSING = [pytest.param(None, marks=pytest.mark.skip("needs ../shared"))]


@pytest.mark.parametrize("rule", NOTED or MISSING)
def test_says_what_the_notes_say(rule: Rule) -> None:
    """Same figures, the dates of coming into force, the number of the article; no better mark without a later reading."""
    row = rows()[rule.id]
    place = rule.id.split(".")[0]
    limits = [
        r for id_, r in rows().items() if id_.startswith(f"{place}.limit")
    ]  # years to sue, in a row of their own
    plain = " ".join([row, *limits]).replace(" ", "").replace("*", "")
    missing = {n for n in figures(rule) if not re.search(rf"(?<!\d){re.escape(n)}(?!\d)", plain)}
    assert missing <= ELSEWHERE.get(rule.id, set())
    if rule.cite.checked_on <= NOTED_ON:
        assert rule.cite.mark == "recall" or "[seen" in row.rsplit("|", 2)[1]


ARTICLES = [
    id_
    for id_ in PACKS.by_id
    if re.fullmatch(r"[a-z]+\.(lpc|ccq|cpc|cpa|bpcpa|sga)\.\d+(_\d+)*(_[a-z])?", id_)
]


@pytest.mark.parametrize("id_", ARTICLES)
def test_the_article_cited_is_the_one_in_the_id(id_: str) -> None:
    """qc.lpc.54_14 cites 54.14, qc.ccq.1594 cites 1594; or its division, or the Act alone, when that is what was read."""
    rule = PACKS.by_id[id_]
    if not re.search(r"\b(ss?|art)\.", rule.cite.short["en"]):
        return
    parts = [int(part) for part in re.findall(r"\d+", id_)]
    sections = re.split(r"ss?\.|art\.", rule.cite.short["en"])[-1]
    cited = [int(part) for part in re.findall(r"\d+", sections)]
    division = re.search(r"([\d.]+) to ([\d.]+)", sections)
    bounds = [[int(part) for part in bound.split(".")] for bound in division.groups()] if division else []
    assert cited[: len(parts)] == parts or (bounds and bounds[0] <= parts <= bounds[1])


OFFICIAL = (
    "legisquebec.gouv.qc.ca",
    "laws-lois.justice.gc.ca",
    "www.bclaws.gov.bc.ca",
    "laws.gnb.ca",
    "www.ontario.ca/laws",
    "www.legifrance.gouv.fr",
    "eur-lex.europa.eu",
    "www.legislation.gov.uk",
    "www.ecfr.gov",
)


def test_an_official_mark_is_of_a_publisher_of_law() -> None:
    """A mirror, a guide or a press page can only be quoted.  Add a publisher here when it is one."""
    official = [r for r in PACKS.by_id.values() if r.cite.mark == "official"]
    assert official
    for rule in official:
        assert any(f"//{host}" in rule.cite.url or f"//www.{host}" in rule.cite.url for host in OFFICIAL), (
            rule.id
        )


# The card networks: rule, deadline, days, outer limit (0: none), and the words of the notes on rails.
WINDOWS = [
    ("visa.13_1", "visa_13_1_last", 120, 540, "| 13.1 | 120 calendar days from processing"),
    ("visa.13_3", "visa_13_3_last", 120, 540, "| 13.3 | 120 days from processing"),
    ("visa.13_6", "visa_13_6_last", 120, 540, "| 13.6 | 120 days from the date on the refund document"),
    ("visa.13_7", "visa_13_7_last", 120, 540, "| 13.7 | 120 days from processing"),
    ("mastercard.4853_not_provided", "mastercard_4853_not_provided_last", 120, 540, "120 days from the latest promised date"),
    ("mastercard.4853_defective", "mastercard_4853_defective_last", 120, 540, "| 4853 | 120 days from transaction, delivery"),
    ("mastercard.4853_refund", "mastercard_4853_refund_last", 120, 540, "between day 15 and day 120 from refund document, cancellation, or return"),
    ("discover.rg", "discover_rg_last", 120, 540, "| RG | 120 from scheduled delivery → 540"),
    ("discover.rm", "discover_rm_last", 120, 540, "| RM | 120 from scheduled delivery → 540"),
    ("discover.rn2", "discover_rn2_last", 120, 540, "| RN2 | 120"),
    # the notes have the transaction alone: the expected date and the 540 days were read on 1 December 2026
    ("amex.c08", "amex_c08_last", 120, 540, "| C08 | 120 days from transaction"),
    ("amex.c31_c32", "amex_c31_c32_last", 120, 0, "| C32 | same"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "deadline", "days", "cap", "row"), WINDOWS)
def test_windows_of_the_networks(rule: str, deadline: str, days: int, cap: int, row: str) -> None:
    counted = {d.id: d for d in PACKS.by_id[rule].deadlines}[deadline]
    assert (counted.number, counted.unit, counted.moved_on, counted.margin) == (days, "days", (), 10)
    assert (counted.cap.number if counted.cap else 0) == cap
    file = NOTES / "rails.md"
    if not file.exists():
        pytest.skip("needs ../shared")
    assert row in file.read_text(encoding="utf-8")


PROMISED = "delivery.promised_on"
REFUND = ("refund.confirmed_on", "refund.promised_on")
STARTS = [
    ("visa.13_1", (PROMISED, "order.date"), (f"{PROMISED} + days(1)", "order.date + days(15)"), 0),
    ("visa.13_3", ("delivery.delivered_on", "order.date"), ("goods.returned_on", "return.refused_on", "return.offered_on"), 15),
    ("visa.13_6", REFUND, REFUND, 15),
    ("visa.13_7", ("delivery.delivered_on", "order.date"), ("goods.returned_on", "cancellation.sent_on", "return.refused_on"), 15),
    ("mastercard.4853_not_provided", (PROMISED, "order.date"), (f"{PROMISED} + days(1)", "order.date + days(30)"), 0),
    ("mastercard.4853_refund", (*REFUND, "goods.returned_on", "cancellation.sent_on"), (*REFUND, "goods.returned_on", "cancellation.sent_on"), 15),
    ("discover.rg", (PROMISED, "order.date"), (f"{PROMISED} + days(1)", "order.date + days(15)"), 0),
    ("amex.c08", (PROMISED, "order.date"), (f"{PROMISED} + days(1)", "order.date + days(15)"), 0),
    ("amex.c31_c32", ("delivery.delivered_on", "order.date"), ("goods.returned_on", "return.refused_on", "return.offered_on"), 15),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "starts", "first", "wait"), STARTS)
def test_starts_and_waits_of_the_networks(
    rule: str, starts: tuple[str, ...], first: tuple[str, ...], wait: int
) -> None:
    last, wait_ = PACKS.by_id[rule].deadlines
    assert last.start == starts
    assert (wait_.kind, wait_.start, wait_.number) == ("first_day", first, wait)


def test_discover_defect_counts_from_the_promised_day() -> None:
    """Not from the day on which the goods came: that would be too late by the delay."""
    assert PACKS.by_id["discover.rm"].deadlines[0].start == (PROMISED, "order.date")


def test_quebec_chargeback_is_asked_in_the_60_days_after_the_merchant_s_15() -> None:
    """54.13 and 54.14; received by the issuer at most 75 days after the notice, which is inside every reading."""
    counts = {d.id: d for d in PACKS.by_id["qc.statutory_chargeback"].deadlines}
    assert (counts["refund_over"].number, counts["refund_over"].start) == (15, "cancellation.sent_on")
    assert (counts["chargeback_first"].after, counts["chargeback_first"].number) == ("refund_over", 1)
    assert (counts["chargeback_last"].number, counts["chargeback_last"].start) == (75, "cancellation.sent_on")
    issuer = {d.id: d.number for d in PACKS.by_id["qc.lpc.54_16"].deadlines}
    assert issuer == {"issuer_ack": 30, "issuer_done": 90, "issuer_done_statements": 2}


@pytest.mark.parametrize(
    ("place", "days"), [("qc", 15), ("bc", 15), ("on", 15), ("ab", 15), ("sk", 15), ("ns", 15), ("mb", 30)]
)
def test_days_that_the_merchant_has_to_refund(place: str, days: int) -> None:
    """Every count from the notice of cancellation by which the merchant has refunded; Manitoba's from memory."""
    counted = {
        d.number
        for r in PACKS.by_id.values()
        if r.id.startswith(f"{place}.")
        for d in r.deadlines
        if d.who == "merchant" and d.start == "cancellation.sent_on"
    }
    assert counted == {days}


@pytest.mark.parametrize("place", ["nb", "pe", "yt", "nt", "nu"])
def test_no_statutory_chargeback_where_no_statute_is_known(place: str) -> None:
    steps = {r.step.step for r in PACKS.by_id.values() if r.step and r.id.startswith(f"{place}.")}
    assert steps
    assert "statutory_chargeback" not in steps


def test_the_page_on_packs_counts_them_as_they_are() -> None:
    """docs/packs.md: rules of each pack, by mark."""
    page = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
    counts: dict[str, list[int]] = {}
    for rule in PACKS.by_id.values():
        name = PACKS.pack_of[rule.id].folder.split("/")[0]
        counts.setdefault(name, [0, 0, 0])[("official", "quoted", "recall").index(rule.cite.mark)] += 1
    told = {
        name: [int(n) for n in marks.split("/")]
        for name, marks in re.findall(r"^\| ([a-z-]+)[ :,].*\| ([\d /]+) \|$", page, re.MULTILINE)
    }
    assert told == counts, "bring the table at the end of docs/packs.md up to date"
