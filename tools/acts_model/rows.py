"""What the classifier learns from: sentences with the acts that they perform, and whole messages with theirs.

- ``texts/*.txt``, written for this: a line a sentence, "c complain,demand_refund: words" (c consumer, m merchant, - none);
- the tables of ``tests/reading/acts_*.yaml``;
- labelled mailboxes, the project's and the shared ones, but for those in HELD_OUT, which only judge;
- ``stories/*.yaml``, told for this by writers who have not read the reader, each made a mailbox (see ``tools.mailboxes``).
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from recours.app.add import add
from recours.app.desk import Desk
from recours.app.open_case import NoDisputeError, open_case
from recours.casefile.types import Entry
from recours.clock import Clock, parse_day
from recours.reading.acts.before import Before, after, circumstances
from recours.reading.acts.find import sides_of
from recours.reading.acts.sentences import sentences
from recours.reading.acts.tables import tables
from recours.reading.types import Side
from recours.store.sqlite import Store
from recours.text import same_length_fold
from tools.mailboxes.__main__ import stories, write

ROOT = Path(__file__).parents[2]
TEXTS = Path(__file__).parent / "texts"
STORIES = Path(__file__).parent / "stories"
SHARED = ROOT.parent / "shared" / "reading" / "cases"  # four more to learn from, where they are
LABELLED = ROOT / "tests" / "reading"
# The judge's later panels; the classifier learns nothing from the last two.
SECOND_PANEL = frozenset(
    ["lens-haze", "lunettes-floues", "matelas-rendu", "rayure-location", "sewing-machine", "wedding-photos"]
)
THIRD_PANEL = frozenset(
    ["camp-fridge-warm", "movers-final-bill", "piano-touches-muettes", "thermopompe-jamais-posee"]
)
FOURTH_PANEL = frozenset(["ebike-battery", "hearing-aids", "poirier-casse", "souffleuse"])
FIFTH_PANEL = frozenset(["cambelt-perth", "caplin-flight", "chauffe-eau-couche", "cuisine-evier-gauche"])
SIXTH_PANEL = frozenset(
    [
        "alarm-kelowna",
        "frigo-deux-versions",
        "pergola-trois-colis",
        "summerhouse-bingley",
        "tente-arceau-bleu",
    ]
)
SEVENTH_PANEL = frozenset(
    [
        "blinds-midleton",
        "good-shop-kibble",
        "laveuse-deux-visites",
        "lentilles-dieppe",
        "parfum-namur",
        "pressure-washer-boise",
    ]
)
EIGHTH_PANEL = frozenset(
    [
        "liseuse-sherbrooke",
        "phone-cover-tulsa",
        "pneus-deja-vieux",
        "seats-hobart",
        "telephone-ixelles",
        "wedding-hem-swansea",
    ]
)
HELD_OUT = SEVENTH_PANEL | EIGHTH_PANEL
_LINE = re.compile(r"([cm]) ([a-z_,]+|-): (.+)")
_SIDE: dict[str, Side] = {"c": "consumer", "m": "merchant", "sent": "consumer", "received": "merchant"}
SIDES: tuple[Side, Side] = ("consumer", "merchant")
BY: dict[str, Side] = {table.act: table.by for table in tables()}


class Row(msgspec.Struct, frozen=True):
    """A sentence.  acts: those it performs; unknown: those of which the labels do not say; only: when not None, the
    acts of which they do; group: rows of one group are never on both sides of a split; message: 0 for none."""

    folded: str
    side: Side
    acts: frozenset[str]
    group: str
    unknown: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    message: int = 0

    def tells(self, act: str) -> bool:
        return act not in self.unknown and (self.only is None or act in self.only)


class Mail(msgspec.Struct, frozen=True):
    """A labelled message; number: that of its rows."""

    number: int
    side: Side
    acts: frozenset[str]
    circumstances: frozenset[str]


def written() -> Iterator[Row]:
    """The sentences written for this."""
    for file in sorted(TEXTS.glob("*.txt")):
        for paragraph, block in enumerate(file.read_text(encoding="utf-8").split("\n\n")):
            for line in block.splitlines():
                if not line.strip() or line.startswith("#"):
                    continue
                got = _LINE.fullmatch(line)
                side = _SIDE[got[1]] if got else None
                acts = frozenset([] if not got or got[2] == "-" else got[2].split(","))
                if not got or not side or any(BY.get(act) != side for act in acts):
                    raise SystemExit(f"{file.name}: not a sentence with acts of its side: {line}")
                yield Row(same_length_fold(got[3]), side, acts, f"{file.name} {paragraph}")


def tabled() -> Iterator[Row]:
    """The sentences of the tests of the tables."""
    for side in SIDES:
        named = yaml.safe_load((LABELLED / f"acts_{side}.yaml").read_text(encoding="utf-8"))
        for act, languages in named.items():
            for answers in languages.values():
                for answer, lines in answers.items():
                    for line in lines:
                        acts = frozenset([act] if answer == "yes" else [])
                        yield Row(same_length_fold(line), side, acts, "tables", only=frozenset([act]))
    for kind in yaml.safe_load((LABELLED / "acts_kinds.yaml").read_text(encoding="utf-8")):
        for side in SIDES:
            for line in kind.get(side, []):
                unknown = frozenset(line.get("also", []))
                yield Row(
                    same_length_fold(line["text"]), side, frozenset(line["acts"]), "tables", unknown=unknown
                )


def folders(*, held_out: bool) -> list[Path]:
    """The labelled mailboxes of the project that judge, or the others."""
    parents = (ROOT / "tests" / "cases", ROOT / "tests" / "unseen", ROOT / "src" / "recours", SHARED)
    found = [truth.parent for parent in parents for truth in sorted(parent.glob("*/truth.json"))]
    return [f for f in found if (f.name in HELD_OUT) is held_out]


def of_stories(place: Path) -> list[Path]:
    """The stories told for this, each made a labelled mailbox below a folder."""
    made = []
    for name, story in stories(STORIES).items():
        made.append(place / name)
        write(story, made[-1])
    return made


def of_mailbox(folder: Path, first: int) -> tuple[list[Row], list[Mail]]:
    """The sentences and messages of a labelled mailbox's dispute; messages are numbered from ``first`` on."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    rows: list[Row] = []
    mails: list[Mail] = []
    before = Before()
    for entry in _entries(folder, str(truth["now"])[:10], truth["facts"]["merchant.name"]["value"]):
        labels = truth["acts"].get(_key(entry), [])
        acts = frozenset(label["act"] for label in labels)
        side = _SIDE.get(entry.membership.direction)
        message = entry.message
        found = sentences(message.text, entry.spans)
        if side and found and entry.membership.in_dispute is True:
            number = first + len(mails)
            characters = sum(s.end - s.start for s in found)
            mails.append(Mail(number, side, acts, circumstances(message, side, before, characters)))
            whose = sides_of(message, found, side)
            for at, sentence in enumerate(found):
                if whose[at] != side:
                    continue
                words = _plain(message.text[sentence.start : sentence.end])
                said = frozenset(x["act"] for x in labels if any(_in(q, words) for q in _quotes(x)))
                rows.append(
                    Row(sentence.folded, side, said, folder.name, unknown=acts - said, message=number)
                )
        before = after(before, message, side, acts)
    return rows, mails


def _entries(folder: Path, day: str, shop: str) -> tuple[Entry, ...]:
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(Store(Path(place) / "cases.recours"), Clock(parse_day(day)))
        try:
            case = open_case(desk, folder / "mailbox.mbox").case.id
        except NoDisputeError:  # its messages teach all the same
            case = open_case(desk, folder / "mailbox.mbox", about=shop).case.id
        notes = [f for f in sorted(folder.iterdir()) if f.suffix in (".md", ".txt", ".pdf")]
        if notes:
            add(desk, case, notes)
        entries = desk.case(case).entries
        desk.store.close()
    return entries


def _key(entry: Entry) -> str:
    number = entry.message.id
    return f"mbox:{entry.message.place.position}" if number.startswith("sha256:") else number


def _quotes(label: dict[str, Any]) -> list[str]:
    return [_plain(q) for q in (label["quote"], *label.get("more_quotes", []))]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _in(quote: str, words: str) -> bool:
    """Whether the label's words are, for the most part, this sentence's."""
    if quote in words or words in quote:
        return True
    mine, its = set(quote.split()), set(words.split())
    return min(len(quote), len(words)) > 15 and len(mine & its) >= 0.6 * min(len(mine), len(its))
