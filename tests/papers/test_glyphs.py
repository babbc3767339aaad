"""What the fonts lack is said in words; what they have stays."""

from __future__ import annotations

from recours.papers.glyphs import settable
from recours.papers.typesetting import sets, typeset


def _latin_only(text: str) -> bool:
    return all(ord(c) < 0x2500 for c in text)


def test_an_emoji_becomes_its_name() -> None:
    assert settable({"a": ["Merci 😀!"]}, _latin_only) == {"a": ["Merci [grinning face]!"]}


def test_joiners_of_what_cannot_be_shown_go_with_it() -> None:
    assert (
        settable("👍\ufe0f ok", lambda text: text != "\ufe0f" and _latin_only(text)) == "[thumbs up sign] ok"
    )


def test_control_characters_are_not_set() -> None:
    assert settable("a\x00b\x1bc\nd\te", _latin_only) == "abc\nd\te"


def test_what_can_be_shown_is_the_same_value() -> None:
    value = {"a": ["Éloïse, 1 234,50 $ – «ok»"]}
    assert settable(value, _latin_only) is value


def test_a_letter_with_any_characters_is_set_and_accessible() -> None:
    strange = "Zoë 小林 😀 ✓ ﷽ \u202eabc\u0301 ｱ 🇨🇦 \ud800".encode("utf-8", "replace").decode()
    pdf = typeset("timeline.typ", {**_EMPTY, "subject": strange}, language="fr").pdf
    assert pdf.startswith(b"%PDF-")


def test_a_probe_tells_what_typst_cannot_set() -> None:
    assert sets('#set document(title: "t")\n= t')
    assert not sets("#no-such-function()")


_EMPTY = {
    "title": "t",
    "author": "a",
    "paper": "a4",
    "intro": "",
    "columns": ["a", "b", "c", "d"],
    "lines": [],
    "counts": [],
    "page": "{n} / {total}",
}
