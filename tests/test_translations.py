"""French and English are equals: a missing translation fails the build."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tools.translations import faults

from recours import errors

ROOT = Path(errors.__file__).parent


def test_every_table_is_complete() -> None:
    assert faults() == []


def test_an_error_is_told_in_both_languages() -> None:
    error = errors.RecoursError(
        {"en": "The lamp is broken", "fr": "La lampe est brisée"},
        where="kitchen",
        todo={"en": "Buy", "fr": "Achetez"},
    )
    assert error.told("fr") == "La lampe est brisée (kitchen)\n  Achetez"
    assert error.told("en") == "The lamp is broken (kitchen)\n  Buy"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_are_filled(language: str) -> None:
    from recours.words import say

    assert "5" in say("fr" if language == "fr" else "en", "verify.good", originals=5, entries=6, quotations=7)


class _Once(yaml.SafeLoader):
    """Refuses a mapping that has a key twice, of which YAML silently keeps the last."""


def _mapping(loader: _Once, node: yaml.MappingNode) -> dict[object, object]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    assert len(keys) == len(set(keys)), f"{node.start_mark}: twice: {[k for k in keys if keys.count(k) > 1]}"
    return loader.construct_mapping(node, deep=True)


_Once.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@pytest.mark.parametrize("file", sorted(ROOT.rglob("*.yaml")), ids=lambda f: str(f.relative_to(ROOT)))
def test_no_key_stands_twice(file: Path) -> None:
    """Once the second of two sentences of one name had hidden the first, which was told in English only."""
    yaml.load(file.read_text(encoding="utf-8"), Loader=_Once)
