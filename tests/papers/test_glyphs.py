"""What the fonts lack is said in words; what they have stays."""

from __future__ import annotations

from recours.papers.glyphs import settable, unshown
from recours.papers.typesetting import sets, settled, typeset


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


def test_the_letters_of_one_name_stand_in_one_bracket() -> None:
    assert settable("à 小林 健 (한국)", lambda text: all(ord(c) < 0x500 for c in text)) == (
        "à [cjk: 5c0f 6797] [cjk unified ideograph-5065] ([hangul: han gug])"
    )


def test_what_is_told_in_words_is_known_and_joiners_are_not_missed() -> None:
    assert (
        unshown({"a": ["x 小 \u200d"], "b": "林"}, lambda text: all(ord(c) < 0x500 for c in text)) == "小林"
    )


def test_fonts_of_the_system_are_asked_only_for_what_typst_s_own_lack() -> None:
    assert settled({"a": "Éloïse « ok » 12,50 $"}) == ({"a": "Éloïse « ok » 12,50 $"}, "", False)
    value, lacking, _ = settled({"a": "小\U00010ffd"})
    assert lacking in ("", "小") and (value["a"].startswith("小") is not bool(lacking))
