"""Golden walks: whole cases through every room, compared whole with what a person has read and approved.

A difference is shown as a difference; ``python -m tools.walks`` writes them again for you to judge.
"""

from __future__ import annotations

import pytest
from tools.walks import Walk, stages, walks


@pytest.mark.parametrize("walk", list(walks()), ids=lambda w: w.name)
def test_walk(walk: Walk) -> None:
    if not walk.source.exists():
        pytest.skip("needs ../shared")
    found = stages(walk)
    expected = {f.name: f.read_text(encoding="utf-8") for f in sorted(walk.golden.glob("?-*.txt"))}
    assert found.keys() == expected.keys()
    for name, text in expected.items():
        assert found[name] == text, f"{walk.name}/{name}"
