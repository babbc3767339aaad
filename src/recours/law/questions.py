"""What to ask next: the fact that touches most of what is undecided, and why."""

from __future__ import annotations

from collections.abc import Mapping

from recours.casefile.vocabulary import vocabulary
from recours.law.rules import Packs
from recours.law.types import Question

ALONE = 3  # a fact that would settle a rule by itself counts this much more
WEIGHT = {"right": 4, "remedy": 4, "step": 4, "duty": 2, "prohibition": 2, "note": 1}


def questions_of(open_facts: Mapping[str, frozenset[str]], packs: Packs) -> tuple[Question, ...]:
    """open_facts: for each rule, the facts that would settle it -> questions, the most useful first.

    A fact that only notes hang on is not asked: nobody gains or loses by it.
    """
    weight: dict[str, float] = {}
    touched: dict[str, list[str]] = {}
    for id_, names in open_facts.items():
        for name in names:
            gain = WEIGHT[packs.by_id[id_].kind] * (ALONE if len(names) == 1 else 1) / len(names)
            weight[name] = weight.get(name, 0) + gain
            touched.setdefault(name, []).append(id_)
    asked = [name for name, ids in touched.items() if any(packs.by_id[id_].kind != "note" for id_ in ids)]
    order = sorted(asked, key=lambda name: (-weight[name], -len(touched[name]), name))
    return tuple(question(name, len(touched[name])) for name in order)


def question(name: str, settles: int = 0) -> Question:
    """The question of a fact of the vocabulary.  settles: how many rules depend on it; 0 when papers wait for it."""
    kind = vocabulary()[name]
    some = settles > 1
    if not settles:
        why = kind.why
    else:
        why = {
            "fr": f"{kind.why['fr']} ({settles} règle{'s' if some else ''} en dépend{'ent' if some else ''}.)",
            "en": f"{kind.why['en']} ({settles} rule{'s' if some else ''} depend{'' if some else 's'} on it.)",
        }
    return Question(
        fact=name,
        type=kind.type,
        ask=kind.ask,
        why=why,
        answers=("yes", "no") if kind.type == "bool" else tuple(kind.choices),
        settles=settles,
    )
