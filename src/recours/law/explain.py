"""A right told in plain words: what it says, why it holds, where it is written."""

from __future__ import annotations

from recours.law.types import Lang, Right, Truth

HEADS: dict[Truth, dict[Lang, str]] = {
    "yes": {"fr": "Oui, cela s'applique", "en": "Yes, this applies"},
    "no": {"fr": "Non, cela ne s'applique pas", "en": "No, this does not apply"},
    "unknown": {"fr": "On ne sait pas encore", "en": "Not known yet"},
}
TRUTHS: dict[Truth, dict[Lang, str]] = {
    "yes": {"fr": "vrai", "en": "true"},
    "no": {"fr": "faux", "en": "false"},
    "unknown": {"fr": "inconnu", "en": "unknown"},
}
RECALL: dict[Lang, str] = {
    "fr": "Cette règle n'a pas encore été relue à sa source : ouvrez l'adresse et confirmez-la avant de la citer.",
    "en": "This rule has not been read at its source yet: open the address and confirm it before citing it.",
}
STALE: dict[Lang, str] = {
    "fr": "Relue il y a plus d'un an : vérifiez qu'elle n'a pas changé.",
    "en": "Last read more than a year ago: check that it has not changed.",
}


def explain(right: Right, language: Lang) -> str:
    """Several lines of text, without markup."""
    because = {"fr": "Parce que", "en": "Because"}[language]
    source = {"fr": "Source", "en": "Source"}[language]
    checked = {"fr": "relue le", "en": "checked on"}[language]
    colon = " :" if language == "fr" else ":"
    lines = [f"{HEADS[right.truth][language]}{colon} {right.says[language]}"]
    if right.because:
        lines.append(f"{because}{colon}")
        lines += [f"  - {line.says[language]} ({TRUTHS[line.truth][language]})" for line in right.because]
    lines.append(
        f"{source}{colon} {right.cite.short[language]}, {right.cite.url or '-'} ({checked} {right.cite.checked_on})"
    )
    if right.cite.mark == "recall" and not right.citable:
        lines.append(RECALL[language])
    if right.stale:
        lines.append(STALE[language])
    return "\n".join(lines)
