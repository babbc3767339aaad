"""A saved web page becomes pages as it looked: its own pictures and sheets, nothing run, nothing fetched, no word lost."""

from __future__ import annotations

import socket

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.papers.mail_view.test_pieces import ANY, BUNDLE
from tests.papers.saved_pages import as_html, as_mhtml

from recours.papers.redaction import Redactor
from recours.papers.show_message import Known
from recours.papers.show_page import show_page
from recours.papers.shown import Rendered
from recours.papers.types import Exhibit
from recours.papers.typesetting import typeset

PAGE = Exhibit(label="P-1", kind="other", title="Page web : orion.html", date="", sha256="0" * 64)
KNOWN = Known({}, {}, {})


def shown(data: bytes, known: Known = KNOWN) -> Rendered:
    return show_page(PAGE, data, "orion.html", known, "fr")


def text(made: Rendered) -> str:
    """Every word of the view, and below it."""
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("text"), str):
                found.append(value["text"])
            for one in value.values():
                walk(one)
        elif isinstance(value, list | tuple):
            for one in value:
                walk(one)

    walk(made.shown.view)
    return " ".join((*found, *(run.text for run in made.shown.runs))).replace("\u200b", "")


@pytest.mark.parametrize("data", [as_html(), as_mhtml()], ids=["html", "mhtml"])
def test_a_page_is_set_as_it_looked(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a fetch")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    made = shown(data)
    rows = dict(made.shown.rows)
    assert rows["Titre"] == "Lampe Orion | Atelier Lumen" and rows["Fichier"] == "orion.html"
    assert rows["Adresse, selon le fichier"] == "https://atelierlumen.example/produits/orion?a=1"
    assert len(made.files) == 1  # the logo that the file carries
    looks = {
        p["text"].strip(): p for b in made.shown.view for p in b.get("pieces", ()) if p["kind"] == "words"
    }
    assert looks["249,00 $"]["strike"]
    assert (looks["189,00 $"]["colour"], looks["189,00 $"]["bold"]) == ("#c0392b", True)
    assert looks["En solde"]["fill"] == "#c0392b"
    words = text(made)
    for told in ("Remboursement complet", "60 jours", "Tension", "Cuivre", "[x]", "cdn.lumen.example", "iframe",
                 "Menu du téléphone", "Acceptez-vous", "theme.css"):  # fmt: skip
        assert told in words
    assert "fetch(" not in words and "changed" not in words and "Activez" not in words
    pdf = typeset(
        "bundle.typ",
        BUNDLE | {"exhibits": [msgspec.to_builtins(made.shown)]},
        language="fr",
        files=made.files,
        marks=True,
    ).pdf
    assert pdf.startswith(b"%PDF-") and b"/URI" not in pdf


def test_the_day_of_saving_is_told_when_the_file_says_it() -> None:
    key = "Enregistrée le, selon le fichier"
    assert dict(shown(as_mhtml()).shown.rows)[key] == "2026-06-16 15:04:05 +00:00"
    assert key not in dict(shown(as_html()).shown.rows)


def test_its_text_stands_in_for_a_look_that_cannot_be_set() -> None:
    made = shown(as_html())
    assert made.as_text is not None and made.as_text.view == ()
    assert "Remboursement complet pendant 60 jours" in made.as_text.runs[0].text
    assert "sans sa mise en page" in made.as_text.note
    short = shown(as_html(), Known({}, {}, {}, short=True))
    assert short.shown.view == () and short.files == {} and "60 jours" in short.shown.runs[0].text


def test_what_is_taken_out_is_taken_out_of_the_view() -> None:
    import re

    hide = Redactor(rules=((re.compile("Remboursement"), "[...]"),), kinds=("names",))
    made = shown(as_html(), Known({}, {}, {}, hide=hide))
    assert "Remboursement" not in text(made) and "[...] complet" in text(made)
    cards = shown(b"<html><p>Carte <b>4111 1111</b> 1111 1111</p>")
    assert "4111" not in text(cards)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("<html><meta charset=iso-8859-1><p>Café crème".encode("latin-1"), "Café crème"),
        ("<html><p>Café crème".encode(), "Café crème"),
        ("<html><p>Café crème".encode("cp1252"), "Café crème"),
        ("<html><p>Café crème".encode("utf-16"), "Café crème"),
        ("<html><meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>Café “crème”".encode("cp1252"), "“crème”"),
    ],
)  # fmt: skip
def test_letters_are_read_in_their_own_encoding(data: bytes, word: str) -> None:
    assert word in text(shown(data))


def test_a_page_that_only_a_script_writes_says_that_it_is_empty() -> None:
    made = shown(b"<!doctype html><html><body><div id=app></div><script>draw()</script></body></html>")
    assert made.shown.view == () and "aucun" in made.shown.note


def test_words_of_pages_within_the_page_and_of_components_are_printed() -> None:
    inner = (
        "<p>Avis : &lt;p&gt;brisée&lt;/p&gt;</p><iframe srcdoc='&lt;p&gt;Deux étoiles&lt;/p&gt;'></iframe>"
    )
    component = "<x-price><template shadowrootmode=open><b>12,00 $</b></template></x-price><p>after</p>"
    made = shown(f"<!doctype html><html>{component}{inner}<template><p>never</p></template>".encode())
    assert "Deux étoiles" in text(made) and "12,00 $" in text(made) and "after" in text(made)
    assert "never" not in text(made)
    framed = as_mhtml().rstrip()
    border = framed[framed.rindex(b"--=") : -2]
    frame = border + b"\nContent-Type: text/html; charset=utf-8\n\n<p>Paid by card</p>\n" + border + b"--\n"
    assert "Paid by card" in text(shown(framed[: framed.rindex(b"--=")] + frame))


def test_pictures_without_end_within_a_page_do_not_push_its_words_out() -> None:
    import base64
    import random

    noise = base64.b64encode(random.Random(1).randbytes(3_000_000)).decode()
    made = shown(
        f"<html><img src='data:image/png;base64,{noise}'><img src=data:image/png;base64,{noise}><p>the end</p>".encode()
    )
    assert "the end" in text(made)


@pytest.mark.parametrize(
    "data",
    [
        as_mhtml()[:700],
        as_mhtml().replace(b"quoted-printable", b"nonsense"),
        as_mhtml().replace(b"text/html", b"text/nothing"),
        as_mhtml()[: as_mhtml().index(b"text/css") + 100],
        b"From: <Saved by Blink>\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n",
    ],
)
def test_a_broken_page_is_shown_as_far_as_it_goes(data: bytes) -> None:
    made = shown(data)
    assert made.shown.view or made.shown.note


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY, max_size=40))
def test_no_word_of_a_page_is_lost(pieces: list[str]) -> None:
    html = " ".join(f"{piece} word{n}" for n, piece in enumerate(pieces))
    made = shown(f"<html><style>p,td,li{{color:red}} b{{display:none}}</style><body>{html}".encode())
    told = text(made)
    assert [n for n in range(len(pieces)) if f"word{n}" not in told] == []
