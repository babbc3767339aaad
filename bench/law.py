"""How fast does the law decide?  Packs loaded, and whole cases decided by every pack and rail, in this process.

Run: python -m bench.law
The peer is the same number of plain Python function calls as there are conditions in the packs: the least that any
rule engine in this language can do.  Quote the ratio; the seconds are this machine's.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping
from functools import partial

from recours.casefile.types import FactValue
from recours.law.evaluate import decide
from recours.law.pack_tests import situation_of
from recours.law.rules import Packs, load_packs

ROUNDS = 5


def timed_load() -> float:
    """Median seconds of loading every pack from its YAML."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        load_packs()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def per_second(packs: Packs) -> tuple[float, float]:
    """(cases decided, peer's rounds) a second; the cases are the packs' own tests."""
    cases = [
        (dict(s.facts), s.today, s.contract_date)
        for rule in packs.by_id.values()
        for test in rule.tests[:1]
        for s in (situation_of(packs, rule, test),)
    ]
    started = time.perf_counter()
    for facts, today, contract in cases:
        decide(facts, today, contract, packs)
    ours = len(cases) / (time.perf_counter() - started)
    conditions = [partial(_holds, name) for name in packs.by_id]
    started = time.perf_counter()
    for facts, _, _ in cases:
        for condition in conditions:
            condition(facts)
    return ours, len(cases) / (time.perf_counter() - started)


def _holds(name: str, facts: Mapping[str, FactValue | None]) -> bool:
    return facts.get(name) == "yes"


def main() -> int:
    packs = load_packs()
    rules = list(packs.by_id.values())
    marks = Counter(r.cite.mark for r in rules)
    whole = sum({t.truth for t in r.tests} >= {"yes", "no", "unknown"} for r in rules)
    print(f"{len(packs.packs)} packs, {len(rules)} rules, {sum(len(r.tests) for r in rules)} tests")
    print(f"marks: {', '.join(f'{n} {name}' for name, n in sorted(marks.items()))}")
    print(f"rules with a yes, a no and an unknown test: {whole} of {len(rules)}")
    print(f"packs loaded in {timed_load() * 1000:.0f} ms")
    ours, peer = per_second(packs)
    print(
        f"whole cases decided: {ours:.0f} a second ({1000 / ours:.2f} ms each); plain calls: {peer / ours:.0f} times as many"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
