"""Pictures of a mail, words taken out across looks, quotations that stand elsewhere, columns, and hard mails set whole."""

from __future__ import annotations

import io
import socket
from email.message import EmailMessage

import msgspec
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.papers.mail_view.mails import logo

from recours.intake.types import Place
from recours.papers.mail_view.change import changed
from recours.papers.mail_view.data import WIDTH, data
from recours.papers.mail_view.parse import parse
from recours.papers.mail_view.pictures import Album, Drawn, Refused, carried_by
from recours.papers.mail_view.repeats import without_repeats
from recours.papers.mail_view.show import View, mail_view
from recours.papers.mail_view.types import Para, Words, plain
from recours.papers.masking import mask_cards
from recours.papers.repeated import told_elsewhere
from recours.papers.typesetting import typeset
from recours.reading.mime import read_mail


def drawn(data: bytes) -> Drawn | Refused:
    return Album({"a@b": data}, "P-1-m").look_up("cid:a@b")


def test_a_picture_that_the_mail_carries_is_drawn_once() -> None:
    album = Album({"logo@x": logo()}, "P-1-m")
    first, again = album.look_up("cid:logo@x"), album.look_up("cid:logo%40x")
    assert isinstance(first, Drawn) and (first.width, first.height) == (160, 48)
    assert isinstance(again, Drawn) and album.look_up("cid:logo@x") is first
    assert Image.open(io.BytesIO(first.data)).size == (160, 48)


def test_pictures_lose_what_they_say_beside_their_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E] = "12 rue des Érables"
    out = io.BytesIO()
    Image.new("RGB", (900, 700), "red").save(out, "JPEG", exif=exif, comment=b"Jo was here")
    found = drawn(out.getvalue())
    assert isinstance(found, Drawn)
    assert b"Jo was here" not in found.data and not Image.open(io.BytesIO(found.data)).getexif()


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("https://x.example/a.png", "remote"),
        ("//x.example/a.png", "remote"),
        ("cid:other", "absent"),
        ("file:///etc/passwd", "absent"),
        ("/etc/passwd", "absent"),
        ("", "absent"),
        ("data:image/png;base64,####", "unreadable"),
        ("data:image/svg+xml,<svg/>", "unreadable"),
        ("data:text/html;base64,PGI+", "unreadable"),
        ("http://[bad", "absent"),
    ],
)
def test_what_is_not_drawn_and_why(source: str, why: str) -> None:
    found = Album({}, "x").look_up(source)
    assert isinstance(found, Refused) and found.why == why


def test_a_picture_of_a_hundred_megapixels_is_shrunk_as_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("L", (10_000, 10_000), 90).save(out, "JPEG", quality=5)
    found = drawn(out.getvalue())
    assert isinstance(found, Drawn) and (found.width, found.height) == (10_000, 10_000)
    assert max(Image.open(io.BytesIO(found.data)).size) <= 1_400


def test_a_broken_picture_is_told() -> None:
    assert drawn(logo()[:60]) == Refused("unreadable")


def test_parts_are_found_by_content_id_and_by_location() -> None:
    mail = EmailMessage()
    mail.set_content("x")
    mail.add_attachment(b"1", maintype="image", subtype="png", cid="<one@x>")
    mail.add_attachment(b"2", maintype="image", subtype="png", headers=["Content-Location: two.png"])
    assert carried_by(mail.as_bytes()).named == {"one@x": b"1", "two.png": b"2"}
    assert carried_by(b"\xff\x00 no mail").named == {}


def tree(html: str) -> tuple[Para, ...]:
    return tuple(b for b in parse(html, Album({}, "x"), "en").blocks if isinstance(b, Para))


def test_a_change_across_looks_is_made_and_costs_the_look() -> None:
    (para,) = changed(tree("<p>Card <b>4111 1111</b> <i>1111 1111</i> ok</p>"), mask_cards)
    assert plain((para,)) == "Card •••• 1111 ok"
    (kept,) = changed(tree("<p>Card <b>1234</b></p>"), mask_cards)
    assert isinstance(kept, Para) and isinstance(kept.pieces[-1], Words) and kept.pieces[-1].look.bold


LONG = "The lamp that I received yesterday does not light and I ask you for my money back. " * 5


def repeated(html: str, *quoted: tuple[str, str], own: str = "") -> str:
    return plain(without_repeats(parse(html, Album({}, "x"), "en").blocks, quoted, own, "en"))


def test_a_quotation_that_is_an_exhibit_is_named() -> None:
    html = f"<p>We refuse.</p><blockquote><p>{LONG}</p><p>Jo</p></blockquote><p>Léa</p>"
    assert repeated(html, ("P-3", f"> {LONG}\n> Jo")) == "We refuse.\n[Quoted, as it stands in P-3]\nLéa"


def test_quotations_within_each_other_are_named_together() -> None:
    html = (
        "<p>No.</p><p>Jo wrote:</p><blockquote><p>Please refund me what I paid for this lamp in June.</p><hr>Léa wrote:"
        "<blockquote><p>We need another photo of the lamp from another side.</p></blockquote></blockquote>"
    )
    quoted = (
        ("P-4", "Jo wrote:\n> Please refund me what I paid for this lamp in June."),
        ("P-2", "> Léa wrote:\n>> We need another photo of the lamp from another side."),
    )
    assert repeated(html, *quoted) == "No.\n[Quoted, as it stands in P-4, P-2]"


def test_a_quotation_that_was_touched_up_is_printed() -> None:
    html = f"<blockquote><p>{LONG.replace('not', 'now')}</p></blockquote>"
    assert repeated(html, ("P-3", LONG)) == LONG.replace("not", "now").strip()


def test_what_the_author_wrote_again_is_printed() -> None:
    assert repeated(f"<p>{LONG}</p>", ("P-3", LONG), own=LONG) == LONG.strip()


def test_a_greeting_that_a_quotation_has_too_is_printed() -> None:
    assert repeated("<p>Hello,</p><p>No.</p>", ("P-3", f"Hello, {LONG}")) == "Hello,\nNo."


def test_columns_hold_within_the_page_and_hold_their_words() -> None:
    html = (
        "<table border=1><tr><td>Quantity</td><td>"
        + "long words " * 60
        + "</td><td>1 234,00 $</td></tr></table>"
    )
    (laid,) = data(parse(html, Album({}, "x"), "en").blocks)
    first, second, third = laid["columns"]
    assert sum(laid["columns"]) <= WIDTH + 1
    assert second > 250 and first > 45 and third > 45


ANY = st.sampled_from(
    [
        "<table>", "<table width=100% border=1>", "</table>", "<tr>", "<td>", "<td colspan=3>", "<td rowspan=9>",
        "<td bgcolor=#eee width=50%>", "<td style='border-bottom:1px solid'>", "<th>", "</td>", "<p>", "</p>", "<div>",
        "<div dir=rtl>", "<div style='background:navy;color:red'>", "</div>", "<blockquote>", "</blockquote>", "<ul>",
        "<ol>", "<li>", "</ul>", "<b>", "</b>", "<s>", "</s>", "<a href=x>", "</a>", "<br>", "<hr>", "<pre>", "</pre>",
        "<h1>", "<h4>", "</h1>", "<img>", "<img src=data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7 width=300>",
        "<span style='background:yellow'>", "</span>", "<font size=7 color=red>", "<center>", "word", "שלום", "عربي", "漢", "😀",
    ]
)  # fmt: skip

HARD = {
    "deep": "<!DOCTYPE html>"
    + "<table border=1><tr><td>a</td><td>" * 100
    + "<p>core</p>"
    + "</td></tr></table>" * 100,
    "quotes": "<blockquote>x" * 100 + "core" + "</blockquote>" * 100,
    "lists": "<ul><li>x" * 100 + "core" + "</ul>" * 100,
    "rows": "<table border=1>" + "<tr><td>n</td><td>core</td></tr>" * 400 + "</table>",
    "columns": "<table border=1><tr>" + "".join(f"<td>core{n}</td>" for n in range(60)) + "</tr></table>",
    "spans": "<table><tr><td rowspan=7 colspan=9>core</td><td rowspan=2>b</td></tr><tr><td>c</td></tr></table>",
    "word": "<p>" + "x" * 20_000 + "</p><p>core</p>",
    "markup": "<p>core #panic() $x^2$ *a* `b` @c <d> \\ // /* [ ] { }</p>",
    "control": "<p>core \x00\x01\x1b\x7f\ufffe &#1; \u202e\u2066 x</p>",
    "rtl": "<div dir=rtl><p>مرحبا core</p><table border=1><tr><th>أ</th><td>b</td></tr></table></div>",
    "emoji": "<p>core 👩‍👩‍👧‍👦 🇨🇦 ✅ ﷽ \U000e0067</p>",
    "heads": "<h3>core</h3><h1>b</h1><h6>c</h6><table><tr><td><h2>d</h2></td><td>e</td></tr></table>",
    "styles": "<p style='font-size:9999px;color:rgb(1,1,1);width:-4px'>core</p><td><hr><hr>",
    "picture": "<img src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' width=99999 height=3>core",
    "entities": "<p>core &lt;script&gt; &amp;amp; &nosuch; &#xD800;</p>",
}


def view(html: str) -> View:
    mail = EmailMessage()
    mail["Subject"] = "x"
    mail.set_content("y")
    message = read_mail(mail.as_bytes(), Place(file="m"))
    made = mail_view(
        msgspec.structs.replace(message.message, html=html, text=""),
        mail.as_bytes(),
        prefix="P-1-m",
        language="en",
        change=mask_cards,
    )
    assert made.page
    return made


def set_whole(made: View) -> bytes:
    """A bundle with that mail alone."""
    shown = {
        "label": "P-1",
        "title": "Mail",
        "kind": "text",
        "sha256": "",
        "rows": [],
        "runs": msgspec.to_builtins(made.notes),
    }
    one = shown | {"files": [], "pages": 0, "note": "", "view": made.page, "pictures": made.pictures}
    return typeset(
        "bundle.typ", BUNDLE | {"exhibits": [one]}, language="en", files=made.files, marks=True
    ).pdf


@pytest.mark.parametrize("name", HARD)
def test_hard_mails_are_set_as_accessible_pages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a fetch")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    made = view(HARD[name])
    pdf = set_whole(made)
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        for page in document:
            found = page.get_textpage()
            right = max((found.get_charbox(n)[2] for n in range(found.count_chars())), default=0.0)
            assert right < page.get_width() - 30
    assert "core" in text


BUNDLE = {
    "title": "t", "subject": "s", "author": "a", "described": "", "paper": "a4", "part": "", "parties": [], "rows": [],
    "count": "1", "day": "d", "not_shown": [], "hidden": "", "notice": "", "timeline": None, "here": ["P-1"],
    "contents": [{"label": "P-1", "day": "d", "title": "t", "elsewhere": ""}], "manifest": [],
    "words": {
        k: k for k in ("page", "pages", "contents", "exhibit", "date", "what", "page_head", "manifest", "manifest_note",
        "file", "size", "sha256", "not_shown")
    },
}  # fmt: skip


def test_the_head_of_a_quotation_goes_with_it_though_its_message_quotes_such_heads_too() -> None:
    head = "From: Jo <jo@x.example>\nSent: Monday, June {day}, 2026\nTo: shop@x.example\nSubject: Lamp\n\n"
    first = f"{head.format(day=1)}It is broken.\n"
    mail = EmailMessage()
    mail["From"] = "Jo <jo@x.example>"
    mail.set_content(f"Please answer me.\n\n{first}")
    message = read_mail(mail.as_bytes(), Place(file="m")).message
    assert told_elsewhere(f"> {head.format(day=9)}Please answer me.\n".replace("\n", "\n> "), message) == ""
    touched = f"{head.format(day=9)}Please answer me at once.\n"
    assert told_elsewhere(f"{touched}Please answer me.\n", message) == "Please answer me at once."


@settings(max_examples=40, deadline=None)
@example(["<s>", "<a href=x>", "word"])
@given(st.lists(ANY, min_size=5, max_size=80))
def test_whatever_a_mail_holds_it_can_be_set(pieces: list[str]) -> None:
    """Old fault: a struck link could not be set under PDF/UA, and with it no bundle."""
    set_whole(view(f"<p>core</p>{' '.join(pieces)}"))
