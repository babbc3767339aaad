"""Style sheets of a mail: what they say is weighed as a browser weighs it, nothing is fetched, and no word is lost."""

from __future__ import annotations

import re
import socket

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.papers.mail_view.styled_mails import RECEIPT
from tests.papers.mail_view.test_pieces import set_whole, view

from recours.papers.mail_view import styled as styled_module
from recours.papers.mail_view.parse import MAX_HIDDEN, Seen, parse
from recours.papers.mail_view.pictures import Album
from recours.papers.mail_view.sheets import MAX_CSS
from recours.papers.mail_view.types import Block, Listing, Look, Panel, Para, Quote, Table, Words, plain


def seen(css: str, body: str, head: str = "") -> Seen:
    return parse(f"<!doctype html><html><head>{head}<style>{css}</style></head>{body}", Album({}, "x"), "en")


def page(css: str, body: str, head: str = "") -> Seen:
    return parse(
        f"<!doctype html><html><head>{head}<style>{css}</style></head>{body}", Album({}, "x"), "en", page=True
    )


def words(blocks: tuple[Block, ...]) -> list[Words]:
    found: list[Words] = []
    for block in blocks:
        match block:
            case Para(pieces=pieces):
                found += [piece for piece in pieces if isinstance(piece, Words)]
            case Quote(blocks=inner) | Panel(blocks=inner):
                found += words(inner)
            case Listing(items=items):
                found += [one for item in items for one in words(item)]
            case Table(cells=cells):
                found += [one for cell in cells for one in words(cell.blocks)]
            case _:
                pass
    return found


def look(css: str, body: str = "<p id=one class='a b'>x</p>") -> Look:
    return words(seen(css, body).blocks)[0].look


@pytest.mark.parametrize(
    ("css", "colour"),
    [
        ("p{color:#c00}", "#cc0000"),
        (".a{color:#c00}", "#cc0000"),
        ("#one{color:#c00}", "#cc0000"),
        ("body p.a.b{color:#c00}", "#cc0000"),
        ("h1, .none, p{color:#c00}", "#cc0000"),
        ("p{color:#c00} p{color:#00c}", "#0000cc"),
        ("#one{color:#c00} p.a{color:#00c}", "#cc0000"),
        ("p{color:#c00!important} #one{color:#00c}", "#cc0000"),
        ("p[class~=b]{color:#c00}", "#cc0000"),
        ("body > p:first-child{color:#c00}", "#cc0000"),
        ("p:not(.z){color:#c00}", "#cc0000"),
        ("P{COLOR:#C00}", "#cc0000"),
        ("p{color:rgb(204 0 0)}", "#cc0000"),
        ("p{color:hsl(0, 100%, 40%)}", "#cc0000"),
        ("p{color:rgba(0,0,0,.5)}", "#808080"),
        (":root{--c:#c00} p{color:var(--c)}", "#cc0000"),
        ("p{color:var(--none, #c00)}", "#cc0000"),
        (":root{--c:var(--d);--d:var(--c)} p{color:#c00} p{color:var(--c)}", "#cc0000"),
        ("<!-- p{color:#c00} -->", "#cc0000"),
        ("} p{color:red} ;p{{ .b{color:#c00", ""),
        ("p{color:#c00;;color:nonsense;:x}", "#cc0000"),
        ("p:hover{color:#c00}", ""),
        ("p::first-line{color:#c00}", ""),
        ("@media screen{p{color:#c00}}", ""),
        ("@media only screen and (max-width:600px){p{color:#c00!important}}", ""),
        ("@media (prefers-color-scheme: dark){p{color:#c00}}", ""),
        ("@import url(https://x.example/a.css); p{color:#c00}", "#cc0000"),
        ("p{color:white}", "#9b9b9b"),
    ],
)
def test_rules_are_weighed(css: str, colour: str) -> None:
    found = look(css)
    if colour == "#9b9b9b":  # made readable on its ground
        assert found.colour not in ("", "#ffffff")
    else:
        assert found.colour == colour


def test_an_element_s_own_style_wins_unless_a_sheet_s_is_important() -> None:
    own = "<p style='color:#00c;font-weight:normal'>x</p>"
    assert look("p{color:#c00}", own).colour == "#0000cc"
    assert look("p{color:#c00!important;font-weight:bold}", own) == Look(colour="#cc0000")
    important = own.replace("#00c", "#00c!important")
    assert look("p{color:#c00!important}", important).colour == "#0000cc"
    broken = "<p style='color:#00c;;x;:y;}{;font-weight:bold'>x</p>"
    assert look("p{color:#c00;font-style:italic}", broken) == Look(bold=True, italic=True, colour="#0000cc")


def test_grounds_of_both_kinds_are_one() -> None:
    for own, sheet, fill in (
        ("background:#eeeeee", "background-color:#111", "#eeeeee"),
        ("background-color:#eeeeee", "background:#111 url(https://x.example/a.png)", "#eeeeee"),
        ("background-color:#eeeeee", "background:#dddddd!important", "#dddddd"),
        ("", "background:linear-gradient(90deg, #123456, blue)", "#123456"),
    ):
        (panel,) = (
            b
            for b in seen(f"div{{{sheet}}}", f"<p>a</p><div style='{own}'>b</div>").blocks
            if isinstance(b, Panel)
        )
        assert panel.fill == fill


def test_what_a_page_can_draw_of_a_sheet() -> None:
    found = look("p{font:italic bold 21px/1.4 Arial;text-decoration:underline line-through}")
    assert (found.bold, found.italic, found.underline, found.strike, found.size) == (
        True,
        True,
        True,
        True,
        1.5,
    )
    (para,) = seen("p{text-align:right;direction:rtl}", "<p>x</p>").blocks
    assert isinstance(para, Para) and para.align == "end" and para.rtl
    (table,) = seen(
        "table{width:100%} td{border-bottom:1px solid var(--g, #ccc)}", "<table><td>a<td>b</table>"
    ).blocks
    assert isinstance(table, Table) and table.full and all(cell.below for cell in table.cells)
    (panel,) = (
        b
        for b in seen(".p{border:1px solid #ccc}", "<p>a</p><div class=p>b</div>").blocks
        if isinstance(b, Panel)
    )
    assert panel.framed
    assert words(seen("body{color:#c00}", "<p>a</p>").blocks)[0].look.colour == "#cc0000"


def test_what_sheets_say_of_the_page_as_a_whole() -> None:
    assert look("html{font-size:62.5%} p{font-size:2.8rem}").size == 2.0 - 0.2  # 28 pixels: the largest
    assert look("html{font-size:62.5%} p{font-size:2.1rem}").size == 1.5
    html = "<!doctype html><html class=light data-theme=day><style>{}</style><p>x</p>"
    for selector, colour in (
        (".light", "#cc0000"), (":root[data-theme=day]", "#cc0000"), ("html.light", "#cc0000"), (".dark", ""),
        ("html[data-theme='night']", ""), (".light .b", ""), ("html[", ""),
    ):  # fmt: skip
        css = f"{selector}{{--c:#c00}} p{{color:var(--c)}}"
        found = parse(html.replace("{}", css), Album({}, "x"), "en")
        assert words(found.blocks)[0].look.colour == colour, selector


def test_sheets_of_another_medium_are_not_this_page() -> None:
    for media in ("print", "(prefers-color-scheme: dark)", "screen and (max-width: 600px)"):
        found = seen("", "<p>x</p>", head=f"<style media='{media}'>p{{color:red}}</style>")
        assert words(found.blocks)[0].look == Look()
    assert words(seen("", "<p>x</p>", head="<style media=Screen>p{color:#c00}</style>").blocks)[0].look.colour


def test_what_a_sheet_hides_is_told_below_as_what_an_element_hides() -> None:
    found = seen(
        ".h{display:none} .s{font-size:0}", "<p>a</p><p class=h>two <b>words</b></p><p class=s>three</p>"
    )
    assert plain(found.blocks) == "a" and found.hidden == ("two words", "three") and found.sheets == ()
    shown = seen(".h{display:none!important} b.h{display:inline!important}", "<b class=h>a</b>")
    assert plain(shown.blocks) == "a"
    small = seen("td{font-size:0} p{font-size:14px}", "<table><td><p>shown</p></table>")
    assert plain(small.blocks) == "shown"


def test_a_sheet_that_hides_more_than_can_be_told_hides_nothing() -> None:
    long = "".join(f"<p class=h>Line {n} of the page.</p>" for n in range(MAX_HIDDEN // 10))
    found = seen(".h{display:none;color:#c00}", f"<p>a</p>{long}<p style='display:none'>own</p>")
    assert "Line 7 of" in plain(found.blocks) and found.hidden == ("own",) and found.sheets == ("unhidden",)
    assert words(found.blocks)[1].look.colour == "#cc0000"
    whole = seen("*{display:none}", "<p>all</p>")
    assert plain(whole.blocks) == "all" and whole.sheets == ("unhidden",)


def test_a_web_page_keeps_its_menus_hidden_and_says_how_much() -> None:
    menu = "<li>One more entry of the menu</li>" + "".join(
        f"<li>Entry {n} of the menu</li>" for n in range(150)
    )
    body = f"<ul class=menu>{menu}</ul><p>{'What the reader saw of the page. ' * 20}</p>"
    found = page(".menu{display:none}", body)
    assert "menu" not in plain(found.blocks) and "Entry 149 of the menu" in found.hidden[0]
    nearly_all = page(".menu{display:none}", f"<ul class=menu>{menu}</ul><p>Loading</p>")
    assert "Entry 149 of the menu" in plain(nearly_all.blocks) and nearly_all.sheets == ("unhidden",)


def test_fields_of_a_form_show_what_a_reader_sees() -> None:
    found = page(
        "",
        "<select><option>Brass<option selected>Copper</select><input type=checkbox checked value=on> Gift"
        "<input type=radio value=7> Other<input type=password value=p><input value=Jo>"
        "<dialog>Cookies?</dialog><svg aria-hidden=true><text>i</text></svg>",
    )
    assert " ".join(plain(found.blocks).split()) == "Copper [x] Gift [ ] Other Jo"
    assert found.hidden == ("Brass", "Cookies?", "i") and found.drawings == 1


@pytest.mark.parametrize(
    "css",
    [
        "p{color:red}" * (MAX_CSS // 10),
        ":not(" * 3_000 + "a" + ")" * 3_000 + "{color:red}",
    ],
)
def test_sheets_that_cannot_be_followed_are_told(css: str) -> None:
    found = seen(css, "<p>core</p>")
    assert plain(found.blocks) == "core" and found.sheets == ("unstyled",)


def test_more_rules_than_can_be_weighed_are_told() -> None:
    body = "<p class=a>core</p>" * 3_000
    found = seen("".join(f".a{{color:#{n:06x}}}" for n in range(3_000)), body)
    assert found.sheets == ("unstyled",) and plain(found.blocks).count("core") == 3_000
    none_here = seen("".join(f".k{n}{{color:#{n:06x}}}" for n in range(3_000)), body)
    assert none_here.sheets == ()


@pytest.mark.parametrize(
    "css",
    [
        "".join(f"p{{x{n}:red}}" for n in range(5_000)),
        "p{" + "".join(f"x{n}:red;" for n in range(9_000)) + "}",
        "".join(f"* * * * * * *{{color:#{n:06x}}}" for n in range(300)),
        "".join(f"p ~ p ~ p ~ p ~ p ~ b ~ p.x{n},p ~ p ~ p ~ p{{color:#{n:06x}}}" for n in range(100)),
        "{" * 50_000,
        "p{color:" + "(" * 50_000,
        ":root{" + "".join(f"--a{n}:{f'var(--a{n + 1}) ' * 9};" for n in range(40)) + "}p{border:var(--a0)}",
        "p " * 50_000 + "{color:red}",
        "'" * 50_000 + "\n" + "\\" * 50_000,
        "/*" * 50_000,
        "p\x00{color:\x00red}",
        "p, \\d800 b{color:red} p{color:red;x:\\dfff}",
    ],
)
def test_a_sheet_made_to_take_long_is_done_with_all_the_same(css: str) -> None:
    found = seen(css, "<p>core</p>" * 400 + "<div>" * 300 + "deep" + "</div>" * 300)
    assert plain(found.blocks).count("core") == 400 and "deep" in plain(found.blocks)


def test_elements_within_each_other_without_end_are_shown_without_sheets() -> None:
    for tag in ("x-y", "div", "p", "button"):
        assert "core" in plain(seen("b{color:red}", f"<{tag}>" * 20_000 + "core").blocks)
    assert seen("small{color:#c00}", "<small>" * 20_000 + "core").sheets == ("unstyled",)
    assert words(seen("i{color:#c00}", "<small>" * 100 + "<i>core").blocks)[0].look.colour == "#cc0000"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a fetch")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    found = page(
        "@import 'http://127.0.0.1:9/a.css'; @font-face{src:url(http://127.0.0.1:9/f)} p{background:url(http://127.0.0.1:9/b)}",
        "<p>x</p>",
        head="<link rel=stylesheet href=http://127.0.0.1:9/c.css><link rel=stylesheet href=file:///etc/passwd>",
    )
    assert plain(found.blocks) == "x" and found.absent == ("http://127.0.0.1:9/c.css", "file:///etc/passwd")


def test_a_sheet_that_the_mail_carries_is_followed() -> None:
    album = Album({"s@x": b"p{color:#c00}"}, "x")
    found = parse("<link rel=stylesheet href='cid:s@x'><p>a</p>", album, "en")
    assert words(found.blocks)[0].look.colour == "#cc0000" and found.absent == ()


def test_sheets_that_would_change_the_words_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Losing:
        def __init__(self, **_: object) -> None:
            pass

        def inline(self, html: str) -> str:
            return html.replace("money", "")

    monkeypatch.setattr(styled_module, "CSSInliner", Losing)
    found = seen("p{color:red}", "<p>your money <b style='color:red'>back</b></p>")
    assert plain(found.blocks) == "your money back" and found.sheets == ("unstyled",)


def test_a_receipt_looks_as_it_did_and_prints_every_word() -> None:
    found = parse(RECEIPT, Album({}, "x"), "fr")
    looks = {piece.text.strip(): piece.look for piece in words(found.blocks)}
    assert looks["aucun remboursement"] == Look(bold=True, underline=True, colour="#b00020")
    assert looks["249,00 $"].strike and looks["217,30 $"].bold and looks["217,30 $"].size > 1
    assert looks["Atelier Lumen"].colour == "#ffffff" and looks["Fermé le 12 juin."].colour == "#006600"
    assert looks["Fermer la demande"].fill == "#2a8f5c"
    assert found.hidden == ("Votre demande est fermée.",) and found.sheets == ()
    assert set_whole(view(RECEIPT)).startswith(b"%PDF-")


SELECTORS = st.sampled_from(
    ["p", "div", "*", ".a", ".b", "#c", "table td", "tr", "ul > li", "b, i", "p ~ p", "td:first-child", "[class]", "a",
     "body", "img", ":not(.a)", "p:hover", "h1", "blockquote p", "input", "pre"]
)  # fmt: skip
DECLARATIONS = st.sampled_from(
    ["color:red", "color:#fff", "background:#000", "display:none", "display:none!important", "display:block",
     "visibility:hidden", "opacity:0", "max-height:0", "font-size:0", "font-size:1px", "font-size:90px", "width:1px",
     "height:0", "width:100%", "text-align:center", "direction:rtl", "white-space:pre", "border:1px solid red",
     "font:bold 0 x", "text-decoration:line-through", "mso-hide:all", "width:99999px", "position:absolute;left:-999em",
     "content:'no'", "}{", "color:", "font-size:12px"]
)  # fmt: skip
RULES = st.lists(st.tuples(SELECTORS, st.lists(DECLARATIONS, min_size=1, max_size=4)), max_size=8)
BODY = st.lists(
    st.sampled_from(
        ["<p>", "<p class=a>", "<p style='color:blue;display:block'>", "</p>", "<div class='a b'>", "<div style='display:none'>",
         "</div>", "<table class=a>", "<tr class=b>", "<td>", "<td class=a style='x'>", "</td>", "</tr>", "</table>", "<ul class=b>",
         "<li class=a>", "</ul>", "<b id=c>", "</b>", "<blockquote class=b>", "</blockquote>", "<a class=a href=x>", "</a>",
         "<img class=a src=https://x.example/p alt='picture words'>", "<pre class=b>", "</pre>", "<br>", "<h1>", "</h1>", "<hr>",
         "<input class=a value=field>", "<noscript class=b>", "</noscript>", "<style>p{color:green}</style>", "<svg><text>s</text></svg>"]
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(RULES, BODY)
@example([("img", ["width:1px"])], ["<img class=a src=https://x.example/p alt='picture words'>"])
@example([("*", ["display:none"])], ["<p>", "<table class=a>", "<td>"])
def test_no_word_is_lost_by_styles(rules: list[tuple[str, list[str]]], body: list[str]) -> None:
    """Whatever sheets say, each word is on the page or is told below it as hidden."""
    css = "".join(f"{selector}{{{';'.join(declared)}}}" for selector, declared in rules)
    html = " ".join(f"{piece} word{n}" for n, piece in enumerate(body))
    its_own = {f"word{n}" for n in range(len(body))} | {"picture", "words", "field"}
    assert told(seen(css, html)) >= told(seen("", html)) & its_own


def told(found: Seen) -> set[str]:
    return set(re.findall(r"\w+", f"{plain(found.blocks)}\n{' '.join(found.hidden)}"))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(alphabet="p.#a{}:;!,>()[]'\"\\/*@-0 \n", max_size=200))
def test_any_text_may_be_a_sheet(one: str, other: str) -> None:
    for css in (one, other):
        assert "core" in plain(seen(css.replace("<", ""), "<p class=a>core</p>").blocks)
