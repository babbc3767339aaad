"""Who wrote which words: the usual programs and help desks, French and English; properties; the labelled cases."""

from __future__ import annotations

import json
import mailbox
import re
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from recours.intake.types import Place
from recours.reading.quotes import new_text, spans
from recours.reading.quotes.languages import Table
from recours.reading.types import Address, Message

HERE = Path(__file__).parent
MAILS: list[dict[str, str]] = yaml.safe_load((HERE / "mails_for_quotes.yaml").read_text(encoding="utf-8"))
CASES = Path(__file__).parents[2].parent / "shared" / "reading" / "cases"
NOON = datetime(2025, 6, 3, 12, tzinfo=UTC)


def mail(text: str, sender: str = "Sam Ortiz <sam@isle.example>", **more: Any) -> Message:
    name, address = parseaddr(sender)
    given: dict[str, Any] = {"id": "m@isle.example", "subject": "Re: order", "date": NOON} | more
    return Message(
        kind="mail", place=Place(file="box"), sha256="", sender=Address(name, address), text=text, **given
    )


def words(text: str) -> str:
    return " ".join(text.split())


def typed(message: Message, earlier: tuple[Message, ...] = ()) -> str:
    return words(new_text(message, spans(message, earlier)))


@pytest.mark.parametrize("case", MAILS, ids=[m["name"] for m in MAILS])
def test_the_author_s_words_are_found(case: dict[str, str]) -> None:
    message = mail(case["text"], case["from"], subject=case.get("subject", "Re: order"))
    assert typed(message) == words(case["new"])


@pytest.mark.parametrize("case", MAILS, ids=[m["name"] for m in MAILS])
def test_line_ends_do_not_matter(case: dict[str, str]) -> None:
    text = case["text"].replace("\n", "\r\n")
    message = mail(text, case["from"], subject=case.get("subject", "Re: order"))
    assert typed(message) == words(case["new"])


ANNOUNCED = [
    "Den 14 september 2025 kl. 02:23 skrev Valentin Rud <v@rud.example>:",
    "Den tir. 3. jun. 2025 kl. 10.12 skrev Mia Holm <mia@holm.example>:",
    "På 3. juni 2025 kl. 10.12 skrev Nils Berg <nils@berg.example>:",
    "ti 3. kesäk. 2025 klo 10.12 Aino Laine (aino@laine.example) kirjoitti:",
    "wt., 3 cze 2025 o 10:12 Ewa Nowak <ewa@nowak.example> napisał(a):",
    "Op 3 jun. 2025 om 10:12 heeft Jan Smit <jan@smit.example> het volgende geschreven:",
    "On 3 Jun 2025, at 10:12, Ana Ruiz <ana@ruiz.example> sent:",
    "----- Ana Ruiz wrote -----",
    "Previous message from Ana Ruiz:",
    "Message précédent de Ana Ruiz :",
    "------ Ana Ruiz a écrit ------",
    "On Tue, Jun 3, 2025 at 10:12 AM Ana Ruiz\n\n<\nmailto:Ana Ruiz <ana@ruiz.example>\n> wrote:",
    "-----Ursprungligt meddelande-----",
    "Fra: post@shop.example\nSendt: 3. juni 2025 12:10\nTil: Sam\nEmne: Ordre 4471",
    "2025/6/3 Ana Ruiz <ana@ruiz.example>",
    '03.06.2025, 10.12, "Ana Ruiz" <ana@ruiz.example>:',
    "Tuesday, 3 June 2025, 10:12 AM +0300 from Ana Ruiz <ana@ruiz.example>:",
    "2025 m. birželio 3 d. 10:12 Ana Ruiz <ana@ruiz.example> rašė:",
    "tir. 3. jun. 2025 kl. 10:12 skrev Ana Ruiz <ana@ruiz.example\n>:",
    "Le 3 juin 2025 Ã  10:12, Ana Ruiz a Ã©crit :",
    "Le 3 juin 2025 ? 10:12, Ana Ruiz a ?crit :",
    "Le 3 juin 2025 \ufffd 10:12, Ana Ruiz a \ufffdcrit :",
    "вт, 3 июн. 2025 г. в 10:12, Ana Ruiz <ana@ruiz.example>:",
    "2025年6月3日 10:12 Ana Ruiz <ana@ruiz.example> 写道：",
    "---- Den tis, 03 jun 2025 10:12:00 +0200 Ana Ruiz <ana@ruiz.example> sa ----",
    "Date: Tue, 3 Jun 2025 10:12:00 -0400\nTo: ana@ruiz.example",
    "From: Ana Ruiz <ana@ruiz.example>\nDate: June 3, 2025 10:12",
    "Nuo: Ana Ruiz <ana@ruiz.example>\nIšsiųsta: 2025 m. birželio 3 d. 10:12\nKam: Sam Ortiz",
    "Từ: Ana Ruiz <ana@ruiz.example>\nNgày: 3/6/2025 10:12\nĐến: Sam\nChủ đề: Đơn hàng",
]


@pytest.mark.parametrize("line", ANNOUNCED)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_what_a_program_of_any_language_announces_is_quoted(line: str, gap: str) -> None:
    marked = line.startswith("2025/")  # a day and an address alone announce marked lines only
    history = "> The parcel is late.\n> Sorry." if marked else "The parcel is late.\nSorry."
    assert typed(mail(f"It never came{gap}{line}\n\n{history}\n")) == "It never came"


@pytest.mark.parametrize(
    "said",
    [
        "I wrote to you on 3 June 2025 and nobody has answered.",
        "Le 3 juin 2025 vous m'avez écrit : le colis est parti.",
        "2025/6/3 is the day on which it should have come",
        "My neighbour skrev a note on the door at 10:12",
        ">>> PLEASE ANSWER <<<",
        "From the shop: nothing\nSent: nothing\nReceived: nothing",
        "On 3 June 2025 at 10:12 I wrote to Ana <ana@ruiz.example>:",
        "Le 3 juin 2025 à 10 h 12, nous avons écrit à Ana <ana@ruiz.example> :",
        "Order: 4471\nDate: 3 June 2025 10:12\nE-mail: sam@isle.example",
        "From: Montreal\nTo: Paris\nDate: 3 June 2025 10:12",
        "Your page says this | and that\n| nothing else",
    ],
)
def test_what_only_looks_like_an_announcement_is_the_author_s(said: str) -> None:
    whole = f"Hello,\n\n{said}\n\nWhat now?"
    assert typed(mail(whole)).endswith(words(f"{said} What now?"))


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone", "Sent from Yahoo Mail on Android", "Sent with Airmail", "(sent from a phone)",
        "Sent from TypeApp<https://typeapp.example/r>", "Envoyé depuis mon téléphone Orange", "Envoyé de mon Huawei",
        "Von meinem Mobilgerät gesendet", "Gesendet von Outlook für Android", "Inviato dal mio iPad", "從我的 iPhone 傳送",
        "Enviado desde mi móvil", "Отправлено с iPhone", "iPhoneから送信", "Get Outlook for iOS<https://aka.ms/o0ukef>",
    ],
)  # fmt: skip
def test_a_device_s_line_is_a_signature(line: str) -> None:
    assert typed(mail(f"It never came.\n\n{line}\n")) == "It never came."


@pytest.mark.parametrize(
    "line",
    [
        "Sent from Leeds on Monday.", "Sent via UPS", "Sent by mail on 3 June.", "Envoyé ce matin par Colissimo", "Envoyé par la poste.",
        "Envoyé via Chronopost le 3 juin.", "Sent from your shop in Laval.", "Sent from my desk, it is easier there.",
    ],
)  # fmt: skip
def test_how_a_thing_was_sent_is_the_author_s(line: str) -> None:
    assert typed(mail(f"It never came.\n\n{line}\n")) == f"It never came. {line}"


@pytest.mark.parametrize("joint", [" ", "---", " -- ", "   "])
def test_words_that_share_a_line_with_an_announcement_are_the_author_s(joint: str) -> None:
    told = "On Tue, Jun 3, 2025 at 10:12 AM, ana@ruiz.example wrote:\n> The parcel is late.\n"
    assert typed(mail(f"It never came{joint}{told}")) == "It never came"


FIRST = mail(
    "Bonjour,\n\nLe grille-pain commandé le 2 mai ne chauffe que d'un seul côté depuis le premier jour.\n\nMerci!",
    "Zoé Roy <zoe@isle.example>",
    id="first@isle.example",
    date=NOON - timedelta(days=2),
)


def test_what_was_said_earlier_is_quoted_even_without_a_mark_and_rewrapped() -> None:
    reply = mail(
        "Bonjour,\n\nVeuillez nous retourner l'appareil.\n\nBonjour,\n\nLe grille-pain commandé le 2 mai ne chauffe\n"
        "que d'un seul côté\ndepuis le premier jour.",
        "Lumiboutique <service@lumiboutique.example>",
    )
    found = spans(reply, (FIRST,))
    assert typed(reply, (FIRST,)).startswith("Bonjour, Veuillez nous retourner l'appareil.")
    assert "grille-pain" not in new_text(reply, found)
    assert [s.of for s in found if s.kind == "quoted"] == ["first@isle.example"]


def test_a_quotation_names_the_message_that_it_repeats() -> None:
    reply = mail(
        "Retournez-le.\n\nLe 1 juin 2025 à 12:00, Zoé Roy <zoe@isle.example> a écrit :\n"
        + "".join(f"> {line}\n" for line in FIRST.text.split("\n")),
        "Lumiboutique <service@lumiboutique.example>",
    )
    assert [(s.kind, s.of) for s in spans(reply, (FIRST,))] == [
        ("authored", ""),
        ("quoted", "first@isle.example"),
    ]


def test_repeating_oneself_is_writing() -> None:
    again = mail(FIRST.text, "Zoé Roy <zoe@isle.example>", id="again@isle.example")
    longer = mail(
        "Je répète.\n\n" + FIRST.text.split("\n\n")[1], "Zoé Roy <zoe@isle.example>", id="x@isle.example"
    )
    assert "grille-pain" in typed(again, (FIRST,))
    assert "grille-pain" in typed(longer, (FIRST,))


def test_short_words_said_before_are_not_quotations() -> None:
    reply = mail("Non.\n\nMerci!\n\nBonjour,", "Lumiboutique <service@lumiboutique.example>")
    assert typed(reply, (FIRST,)) == "Non. Merci! Bonjour,"


def test_answers_typed_into_an_outlook_history_are_the_author_s() -> None:
    asked = mail(
        "Bonjour,\n\nQuel est le numéro de l'appareil que vous avez reçu?\n\nL'avez-vous ouvert?\n\nKim",
        "Kim <kim@shop.example>",
        id="asked@shop.example",
        date=NOON - timedelta(days=1),
    )
    reply = mail(
        "Bonjour, mes réponses en rouge ci-dessous.\n\nDe : Kim <kim@shop.example>\nEnvoyé : lundi 2 juin 2025 09:14\n"
        "À : Sam Ortiz\nObjet : appareil\n\nBonjour,\n\nQuel est le numéro de l'appareil que vous avez reçu?\n"
        "C'est le LB-2231.\n\nL'avez-vous ouvert?\nJamais.\n\nKim\n"
    )
    assert typed(reply, (asked,)) == "Bonjour, mes réponses en rouge ci-dessous. C'est le LB-2231. Jamais."


def test_a_message_without_a_date_is_no_witness() -> None:
    undated = msgspec.structs.replace(
        FIRST, id="later@isle.example", date=None, sender=Address("", "desk@x.example")
    )
    assert "grille-pain" in typed(mail("Ah.\n\n" + FIRST.text, "Zoé Roy <zoe@isle.example>"), (undated,))


def test_call_notes_are_their_author_s_as_a_whole() -> None:
    note = msgspec.structs.replace(mail("Parlé à Kim.\n\nCordialement,\nKim"), kind="call")
    assert [s.kind for s in spans(note)] == ["authored"]


def test_kinds_of_a_signed_reply() -> None:
    text = (
        "Voici la facture.\n\nCordialement,\nZoé Roy\n514 555-0100\n\nEnvoyé de mon iPhone\n\n"
        "Le 3 juin 2025 à 14:02, X <x@y.example> a écrit :\n> Merci de l'envoyer.\n"
    )
    found = spans(mail(text, "Zoé Roy <zoe@isle.example>"))
    assert [s.kind for s in found] == ["authored", "closing", "signature", "quoted"]
    assert text[found[1].start : found[1].end] == "Cordialement,\nZoé Roy\n"


PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", "> ", ">> ", "Bonjour,", "-- \n", "Cordialement,\nLuc", "Le 3 juin 2025 à 14:02, X a écrit :",
        "On Tue, Jun 3, 2025 at 2:02 PM X <x@y.example> wrote:", "From: X <x@y.example>\nSent: Monday\nTo: Y\nSubject: Z\n",
        "##- Please type your reply above this line -##", "----------------", "Sam Ortiz", "Sent from my iPhone", "\t", "\u2028",
        "Ivy (Shop), Jun 3, 2025, 14:02 EDT\n", "------ Begin message ------\n", "P.S. x", "é" * 40,
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=25).map("".join)))
def test_spans_together_are_the_whole_text(text: str) -> None:
    message = mail(text)
    earlier = (FIRST, mail(text[: len(text) // 2], "Lumi <a@b.example>", id="e@b.example"))
    found = spans(message, earlier)
    assert "".join(text[s.start : s.end] for s in found) == text
    assert all(a.end == b.start for a, b in pairwise(found))
    assert all(s.end > s.start for s in found)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["la", "carte", "ne", "marche", "pas", "depuis", "lundi", "voici", "photo", "the", "lid", "leaks"]
        ),
        min_size=8,
    )
)
def test_a_sentence_alone_is_always_the_author_s(said: list[str]) -> None:
    text = " ".join(said).capitalize() + "."
    assert typed(mail(text)) == text


def test_every_language_has_every_list() -> None:
    import recours.reading.quotes as room

    folder = Path(room.__file__).parent / "languages"
    tables = [
        msgspec.convert(yaml.safe_load(f.read_text(encoding="utf-8")), Table) for f in folder.glob("*.yaml")
    ]
    assert {"fr", "en"} <= {t.language for t in tables}
    least = ("attribution", "header", "original", "forwarded", "closing")
    for table in tables:
        for name in Table.__struct_fields__ if table.language in ("fr", "en") else least:
            assert getattr(table, name), f"{table.language}: {name} is empty"


def test_labelled_cases_new_text_is_exact() -> None:
    if not CASES.is_dir():
        pytest.skip("needs ../shared")
    mime = pytest.importorskip("recours.reading.mime")
    wrong: list[str] = []
    total = 0
    for folder in sorted(p for p in CASES.iterdir() if (p / "truth.json").exists()):
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        messages = disputed(folder, truth, mime)
        for n, message in enumerate(messages):
            right = [truth["new_text"].get(message.id), *truth["new_text_also_right"].get(message.id, [])]
            if right[0] is None:
                continue
            total += 1
            if typed(message, tuple(messages[:n])) not in [words(r) for r in right]:
                wrong.append(f"{folder.name} {message.id}")
    assert total > 80
    assert len(wrong) <= 0.03 * total, wrong


def disputed(folder: Path, truth: dict[str, Any], mime: Any) -> list[Message]:
    box = mailbox.mbox(folder / "mailbox.mbox")
    kept: dict[str, Message] = {}
    for position, key in enumerate(box.iterkeys(), 1):
        raw = re.sub(rb"(?m)^>(>*From )", rb"\1", box.get_bytes(key))
        message = mime.read_mail(raw, Place(file="mailbox.mbox", position=position)).message
        if message.id.startswith("sha256:"):
            message = msgspec.structs.replace(message, id=f"mbox:{position}")
        if message.id in truth["dispute_message_ids"]:
            kept.setdefault(message.id, message)
    return sorted(kept.values(), key=lambda m: m.date or datetime.max.replace(tzinfo=UTC))
