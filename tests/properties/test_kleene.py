"""Laws of the three values, for conditions made at random and for every shipped rule; laws of the counts of days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from recours.casefile.types import FactValue
from recours.casefile.vocabulary import canonical, vocabulary
from recours.law.calendars import Calendar
from recours.law.deadlines import count
from recours.law.evaluate import Decider, decide
from recours.law.expression import parse
from recours.law.rules import DeadlineRule, Unit, load_packs
from recours.law.tree import AllNode, AnyNode, Node, NotNode
from recours.law.types import Deadline
from recours.law.value import TRUE_WHEN_KNOWN, Situation
from recours.money import Money

PACKS = load_packs()
CALENDARS = [Calendar(pack.head.calendar) for pack in PACKS.packs]
TODAY = date(2026, 11, 20)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = [name for name in vocabulary() if canonical(name) == name]
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def value(name: str) -> st.SearchStrategy[FactValue]:
    """Any value of the fact's type."""
    kind = vocabulary()[name]
    match kind.type:
        case "bool":
            return st.booleans()
        case "choice":
            return st.sampled_from(sorted(kind.choices))
        case "date":
            return DAYS
        case "money":
            return st.builds(
                Money, st.decimals("0.01", "60000", places=2), st.sampled_from(["CAD", "USD", "EUR"])
            )
        case "integer":
            return st.integers(0, 100)
        case "country":
            return st.sampled_from(["CA", "US", "FR", "BE"])
        case "region":
            return st.sampled_from(["CA-QC", "CA-BC", "CA-ON", "CA-AB"])
        case "text":
            return st.sampled_from(["a", "b"])


NOBODY = Decider(PACKS, Situation.of({}, TODAY, None))
ASKED = sorted(
    {name for rule in PACKS.by_id.values() for name in NOBODY.open_facts(rule)}
    | {name for pair in TRUE_WHEN_KNOWN for name in pair}
)


@st.composite
def facts(draw: st.DrawFn) -> dict[str, FactValue]:
    """A part of the facts that the packs look at, with nothing that denies what a date has shown."""
    names = draw(st.sets(st.sampled_from(ASKED), max_size=len(ASKED)))
    found = {name: draw(value(name)) for name in sorted(names)}
    for name, day in TRUE_WHEN_KNOWN:
        if day in found:
            found[name] = True
    return found


def situation(known: dict[str, FactValue]) -> Situation:
    day = known.get("order.date")
    return Situation.of(known, TODAY, day if isinstance(day, date) else None)


# Conditions.

BOOLS = [n for n in NAMES if vocabulary()[n].type == "bool"][:6]
ATOMS = [
    *BOOLS,
    'problem.kind in {"late", "not_received"}',
    'payment.method == "credit_card"',
    'order.total > money(50, "CAD")',
    "order.date + days(30) < today",
    "delivery.promised_on <= order.date",
    'consumer.region != "CA-QC"',
    "contract_date >= day('2026-10-05')",
]
CONDITIONS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda a: f"not ({a})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
    ),
    max_leaves=8,
).map(parse)


@given(CONDITIONS, CONDITIONS, facts())
@FEW
def test_de_morgan_double_negation_and_order(a: Node, b: Node, known: dict[str, FactValue]) -> None:
    truth = situation(known).truth
    assert truth(NotNode(AllNode((a, b)))) == truth(AnyNode((NotNode(a), NotNode(b))))
    assert truth(NotNode(AnyNode((a, b)))) == truth(AllNode((NotNode(a), NotNode(b))))
    assert truth(NotNode(NotNode(a))) == truth(a)
    assert truth(AllNode((a, b))) == truth(AllNode((b, a)))
    assert truth(AnyNode((a, b))) == truth(AnyNode((b, a)))


@given(CONDITIONS, facts(), st.data())
@FEW
def test_a_condition_once_decided_stays(
    condition: Node, known: dict[str, FactValue], data: st.DataObject
) -> None:
    fewer = situation({k: v for k, v in known.items() if data.draw(st.booleans())})
    assume(set(fewer.facts) <= set(situation(known).facts))
    before = fewer.truth(condition)
    assert before in {"unknown", situation(known).truth(condition)}


@given(CONDITIONS, facts())
@FEW
def test_a_condition_is_open_exactly_when_it_is_unknown(condition: Node, known: dict[str, FactValue]) -> None:
    now = situation(known)
    open_ = now.open_facts(condition)
    if now.truth(condition) != "unknown":
        assert open_ == frozenset()
    for name in open_:
        assert now.value(name) is None


# Every shipped rule.


@given(facts(), st.data())
@FEW
def test_no_rule_flips_when_more_is_known(known: dict[str, FactValue], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(known)), max_size=8)) if known else set()
    less = Decider(PACKS, situation({k: v for k, v in known.items() if k not in gone}))
    more = Decider(PACKS, situation(known))
    for rule in PACKS.by_id:
        assert less.truth(rule) in {"unknown", more.truth(rule)}, rule


@given(facts())
@settings(parent=FEW, max_examples=30)
def test_deciding_is_the_same_whatever_the_order_of_the_facts(known: dict[str, FactValue]) -> None:
    day = known.get("order.date")
    contract = day if isinstance(day, date) else None
    turned = dict(reversed(known.items()))
    assert decide(known, TODAY, contract, PACKS) == decide(turned, TODAY, contract, PACKS)


@given(facts())
@FEW
def test_what_is_decided_stands_on_facts(known: dict[str, FactValue]) -> None:
    """A right that holds shows why; nothing but a confirmed or a read source is citable; dates are in order."""
    decider = Decider(PACKS, situation(known))
    for rule in PACKS.by_id.values():
        found = decider.right(rule)
        assert not found.citable or (found.truth == "yes" and rule.cite.mark != "recall")
        assert found.truth != "yes" or all(line.truth == "yes" for line in found.because if line.fact)
        for deadline in decider.deadlines(rule).values():
            _in_order(deadline)


# Counts.


def _in_order(deadline: Deadline) -> None:
    assert deadline.raw <= deadline.last
    if deadline.who == "consumer":
        assert deadline.safe <= deadline.raw
    else:
        assert deadline.safe == deadline.last or deadline.kind == "first_day"


UNITS: st.SearchStrategy[Unit] = st.sampled_from(["days", "business_days", "months", "years"])


@st.composite
def counts(draw: st.DrawFn) -> tuple[DeadlineRule, Calendar]:
    unit = draw(UNITS)
    most = {"days": 400, "business_days": 60, "months": 30, "years": 6}[unit]
    rule = DeadlineRule(
        id="d",
        who=draw(st.sampled_from(["consumer", "merchant", "issuer"])),
        says={"fr": "jour", "en": "day"},
        number=draw(st.integers(0, most)),
        unit=unit,
        kind=draw(st.sampled_from(["last_day", "first_day"])),
        margin=draw(st.integers(0, 15)),
        moved_on=draw(st.sampled_from((None, (), ("saturday", "sunday", "holiday")))),
    )
    return rule, draw(st.sampled_from(CALENDARS))


@given(counts(), DAYS, st.none() | DAYS)
@settings(parent=FEW, max_examples=150)
def test_safe_raw_and_last_are_in_order(
    drawn: tuple[DeadlineRule, Calendar], start: date, cap: date | None
) -> None:
    rule, calendar = drawn
    found = count("rule", rule, start, cap, calendar)
    _in_order(found)
    assert found.last - found.raw <= timedelta(6)
    if cap:
        assert found.raw <= cap
    if rule.who == "consumer" and rule.kind == "last_day" and found.safe != start:
        assert calendar.is_working(found.safe)
        assert found.safe <= found.raw - timedelta(rule.margin)


@given(counts(), DAYS, st.integers(1, 60), st.none() | DAYS)
@settings(parent=FEW, max_examples=150)
def test_a_later_start_never_ends_sooner(
    drawn: tuple[DeadlineRule, Calendar], start: date, later: int, cap: date | None
) -> None:
    rule, calendar = drawn
    first, second = (count("rule", rule, day, cap, calendar) for day in (start, start + timedelta(later)))
    assert first.raw <= second.raw
    assert first.last <= second.last
    if second.start <= second.raw:  # else the limit was over before the second start
        assert first.safe <= second.safe
