"""A search for a named shop in a large mailbox finds what a look at every message finds, and knows when it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from tests.mailboxes import ME, SHOP, Box

from recours.app import focus as focus_module
from recours.app.focus import Focus, focused, word_of, written
from recours.app.look import Looker, Looking, look
from recours.intake.from_mbox import Mailbox
from recours.intake.outline import Outline
from recours.reading.dispute import find
from recours.reading.types import Candidate

ROOT = Path(__file__).parents[1]
STORIES = sorted(
    folder for kind in ("cases", "unseen") for folder in (ROOT / kind).iterdir() if folder.is_dir()
)


@pytest.fixture(autouse=True)
def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small mailboxes are searched as large ones are, however many of their messages are looked at."""
    monkeypatch.setattr(focus_module, "LARGE", 0)
    monkeypatch.setattr(focus_module, "MOST", 1)
    monkeypatch.setattr(focus_module, "SAMPLE", 5)


class Result(NamedTuple):
    title: str
    owner: tuple[str, ...]
    members: set[tuple[str, Literal[True, "unsure"], str]]


def _result(candidate: Candidate) -> Result:
    members = {(m.message, m.in_dispute, m.why) for m in candidate.members if m.in_dispute is not False}
    return Result(candidate.title, tuple(sorted(candidate.owner)), members)


def _whole(box: Mailbox, about: str) -> tuple[Candidate, ...]:
    return find(look(box, lambda *_: None, Looking(about=about)), about, Looker(box.reader).text)


def _focused(box: Mailbox, about: str) -> Focus | None:
    return focused(box, Outline(box.files), about, lambda *_: None, "1")


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_of_a_named_shop_or_order_the_same_is_found(folder: Path) -> None:
    box = Mailbox(folder / "mailbox.mbox")
    likeliest = _whole(box, "")
    if not likeliest:
        pytest.skip("no dispute is found in it")
    first = likeliest[0]
    for about in (first.merchant, first.domains[0], *first.order_numbers[:1]):
        focus = _focused(box, about)
        assert focus is None or _result(focus.candidates[0]) == _result(_whole(box, about)[0]), about
        if about == first.domains[0] and "@" not in about:
            assert focus is not None
            assert focus.messages == len(list(box.places()))


def _box() -> Box:
    box = Box()
    box.mail(SHOP, ME, "Order 77-4410 confirmed", "Thank you for your order 77-4410. Total: $120.00")
    box.mail(
        "Colis Vite <info@colisvite.example>",
        ME,
        "Your parcel",
        "Your parcel from ATELIER LUMEN is on its way.",
    )
    box.mail(ME, SHOP, "It is broken", "The lamp of order 77-4410 arrived broken. I want a refund.")
    box.mail("Anne <anne@friends.example>", ME, "Dinner", "Shall we meet on Friday?")
    box.mail("News <news@other.example>", ME, "Sale", "Unsubscribe", day="2019-02-03")
    return box


def test_only_what_may_belong_is_looked_at(tmp_path: Path) -> None:
    focus = _focused(Mailbox(_box().write(tmp_path / "box.mbox")), "atelier lumen")
    assert focus is not None
    assert focus.messages == 5
    assert [one.line.subject for one in focus.seen if one.line.subject != "Sale"] == [
        "Order 77-4410 confirmed",
        "Your parcel",
        "It is broken",
        "Dinner",
    ]
    assert len(focus.candidates[0].members) == 3


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ("lamp", "no shop bears it, no order is called so"),
        ("ÉÉ", "too short"),
        ("Nirgendwo", "it stands nowhere"),
    ],
)
def test_other_words_are_looked_for_in_every_message(tmp_path: Path, about: str, why: str) -> None:
    assert _focused(Mailbox(_box().write(tmp_path / "box.mbox")), about) is None, why


def test_a_name_written_in_base64_only_is_looked_for_in_every_message(tmp_path: Path) -> None:
    box = Box()
    box.mail("x1@hoster.example", ME, "Order 88-120", "Your order 88-120: $12.00")
    name = b"=?utf-8?b?Qm91dGlxdWUgRMOpbGljZQ==?= <x1@hoster.example>"
    box.raw(box.mails.pop().replace(b"From: x1@hoster.example", b"From: " + name))
    box.mail(ME, "x1@hoster.example", "Broken", "Order 88-120 arrived broken, I want a refund.")
    mails = Mailbox(box.write(tmp_path / "box.mbox"))
    assert _focused(mails, "Boutique Délice") is None
    assert _whole(mails, "Boutique Délice")


def test_where_choosing_wins_nothing_every_message_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(focus_module, "MOST", 100)
    monkeypatch.setattr(focus_module, "SAMPLE", 1)
    assert _focused(Mailbox(_box().write(tmp_path / "box.mbox")), "atelier lumen") is None


@pytest.mark.parametrize(
    ("about", "word", "bytes_"),
    [
        ("Maison Belcourt", "belcourt", (b"elcourt", b"ELCOURT")),
        ("MB-2024-0417739", "0417739", (b"417739",)),
        ("the lamp 77-4410", "4410", (b"410",)),
        ("Évier & Cie", "evier", (b"vier", b"VIER")),
        ("a b", "", (b"",)),
    ],
)
def test_the_word_that_is_looked_for(about: str, word: str, bytes_: tuple[bytes, ...]) -> None:
    assert word_of(about) == word
    assert written(word) == bytes_
