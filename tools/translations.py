"""Are French and English complete?  Every table of words has the same keys, every pack and question both.

Run: python -m tools.translations     exit 1 and one line a fault.
"""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).parents[1] / "src" / "recours"


def pairs() -> Iterator[tuple[Path, Path]]:
    """Tables of words that are kept as one file a language, in the same folder."""
    for french in sorted(SOURCE.rglob("*fr.yaml")):
        if french.parent.name in ("languages", "tables"):
            continue  # patterns of reading: a language's own, not translations of each other
        yield french, french.with_name(french.name.replace("fr.yaml", "en.yaml"))


def faults() -> list[str]:
    """One sentence for each missing or differing translation."""
    found: list[str] = []
    for french, english in pairs():
        if not english.exists():
            found.append(f"{english.relative_to(SOURCE)} is missing")
            continue
        fr, en = _flat(_load(french)), _flat(_load(english))
        found += [
            f"{french.parent.name}: {key} is only in {'French' if key in fr else 'English'}"
            for key in sorted(fr.keys() ^ en.keys())
        ]
        found += [
            f"{french.parent.name}: {key} has other {{fields}} in French than in English"
            for key in sorted(fr.keys() & en.keys())
            if _fields(fr[key]) != _fields(en[key])
        ]
    for file in sorted(SOURCE.rglob("*.yaml")):
        if file.parent.name in ("languages", "tables"):
            continue
        found += [f"{file.relative_to(SOURCE)}: {where}" for where in _half(_load(file))]
    return found


def _load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _flat(tree: Any, before: str = "") -> dict[str, str]:
    if isinstance(tree, dict):
        return {k: v for name, sub in tree.items() for k, v in _flat(sub, f"{before}.{name}").items()}
    return {before: str(tree)}


def _fields(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return set(re.findall(r"\{(\w+)\}", text))


def _half(tree: Any, at: str = "") -> Iterator[str]:
    """Places that hold one of the two languages and not the other."""
    if isinstance(tree, dict):
        has = {"fr", "en"} & set(tree)
        if len(has) == 1:
            yield f"{at or 'top'} has only {has.pop()}"
        for name, sub in tree.items():
            yield from _half(sub, f"{at}.{name}")
    elif isinstance(tree, list):
        for n, sub in enumerate(tree):
            yield from _half(sub, f"{at}[{n}]")


def main() -> int:
    found = faults()
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
