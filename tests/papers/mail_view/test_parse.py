"""HTML -> tree: what is kept, what is told, what is only a layout, and HTML that is broken or hostile."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recours.papers.mail_view.data import data
from recours.papers.mail_view.depth import DEPTH
from recours.papers.mail_view.parse import Seen, parse
from recours.papers.mail_view.pictures import Album
from recours.papers.mail_view.style import colour, contrast, readable
from recours.papers.mail_view.types import (
    Block,
    Listing,
    Missing,
    Panel,
    Para,
    Quote,
    Rule,
    Table,
    Words,
    plain,
)
from recours.papers.mail_view.walk import MAX_WORDS


def seen(html: str) -> Seen:
    return parse(html, Album({}, "x"), "en")


def words(html: str) -> list[Words]:
    return [p for b in seen(html).blocks if isinstance(b, Para) for p in b.pieces if isinstance(p, Words)]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One\ntwo"),
        ("<div>One</div><div><br></div><div>two</div>", "One\ntwo"),
        ("a  b\n\tc<br>d", "a b c\nd"),
        ("<b>bold</b> and <i>slanted</i>", "bold and slanted"),
        ("<p>Tom &amp; Ana &lt;a@b.example&gt; &eacute;</p>", "Tom & Ana <a@b.example> é"),
        ("<ul><li>one<li>two</ul><ol start=3><li>x</ol>", "• one\n• two\n3. x"),
        ("<pre>  a\n   b</pre>", "  a\n   b"),
        ("<h2>Head</h2>after", "Head\nafter"),
        ("x<script>alert(1)</script><style>p{}</style><!-- c --><title>t</title>y", "xy"),
        ("<![if !mso]>shown<![endif]><!--[if mso]>not<![endif]-->", "shown"),
        ("#let x = 1 *a* _b_ $c$ @d <e> `f` \\g", "#let x = 1 *a* _b_ $c$ @d `f` \\g"),
        ("<table><tr><td>only</td></tr></table>", "only"),
        ("<table><td>a</td><td>b</td></table>", "a\nb"),
        (
            "<form>Name <input value=Jo><input type=hidden value=z><button>Send</button></form>",
            "Name Jo\nSend",
        ),
        ("", ""),
    ],
)
def test_the_words_that_a_reader_sees(html: str, text: str) -> None:
    assert plain(seen(html).blocks) == text


def test_looks_are_kept() -> None:
    bold, tail, red = words("<b>Now</b> or <span style='color:#c00;font-size:24px'>never</span>")
    assert (bold.look.bold, tail.look.bold, tail.text) == (True, False, " or ")
    assert (red.look.colour, red.look.size) == ("#cc0000", 1.71)
    (struck,) = words("<s><a href='https://x.example/'>old</a></s>")
    assert struck.look.strike and struck.look.underline
    (normal,) = words("<b style='font-weight:normal'>as pasted</b>")
    assert not normal.look.bold


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility: hidden",
        "mso-hide:all",
        "font-size:0",
        "font-size:1px",
        "max-height:0px",
        "opacity:0",
    ],
)
def test_hidden_words_are_told_not_shown(style: str) -> None:
    found = seen(f"<p>shown</p><div style='{style}'>a <b>secret</b></div>")
    assert plain(found.blocks) == "shown" and found.hidden == ("a secret",)


def test_columns_in_an_element_without_size_are_shown() -> None:
    found = seen(
        "<table><tr><td style='font-size:0px'><div style='font-size:0px'><div style='font-size:13px'>Your order</div></div>"
        "</td></tr></table><div style='font-size:1px;color:#fff'>preview</div>"
    )
    assert plain(found.blocks) == "Your order" and found.hidden == ("preview",)


@pytest.mark.parametrize("size", ["1em", "0.8rem", "10px", "0.9em", "100%", "1.0em", "small", "1.5pt 2", ""])
def test_small_words_are_not_hidden(size: str) -> None:
    assert plain(seen(f"<p style='font-size:{size}'>shown</p>").blocks) == "shown"


def test_words_in_the_colour_of_their_ground_are_made_readable() -> None:
    (white,) = words("<p style='color:white'>white on white</p>")
    assert contrast(white.look.colour or "#000000", "#ffffff") >= 3
    panel = seen("<p>a</p><div style='background:#111;color:#222'>dark on dark</div>").blocks[1]
    assert isinstance(panel, Panel) and isinstance(para := panel.blocks[0], Para)
    assert isinstance(piece := para.pieces[0], Words)
    assert contrast(piece.look.colour, "#111111") >= 3


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("red", "#ff0000"),
        ("#1a2", "#11aa22"),
        ("rgb(1, 2, 3)", "#010203"),
        ("rgba(1,2,3,0)", ""),
        ("rgba(1,2,3,.5)", "#010203"),
        ("hsl(0,100%,50%)", "#ff0000"),
        ("transparent", ""),
        ("var(--x)", ""),
        ("#zz", ""),
        ("rgb(300,-1,9)", ""),
    ],
)
def test_colours(name: str, found: str) -> None:
    assert colour(name) == found


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_every_colour_reads_on_every_ground(ink: int, ground: int) -> None:
    shade = readable(f"#{ink:06x}", f"#{ground:06x}") or "#000000"
    assert contrast(shade, f"#{ground:06x}") >= 3


def test_links_that_lead_elsewhere_than_their_words_are_told() -> None:
    found = seen(
        "<a href='https://evil.example/pay'>https://bank.example</a> <a href='https://www.shop.example/'>shop.example</a>"
        "<a href='mailto:a@b.example'>a@b.example</a><a href='#top'>up</a><a href='javascript:run()'>click</a><a>no</a>"
    )
    assert found.links == (
        ("https://bank.example", "https://evil.example/pay"),
        ("click", "javascript:run()"),
    )


def test_a_link_on_a_picture_is_told_by_the_picture_s_words() -> None:
    found = seen(
        "<p>To pay: <a href='https://pay.example/1'><img src='https://x.example/b.png' alt='Pay now'></a></p>"
    )
    assert found.links == (("Picture not fetched (x.example): Pay now", "https://pay.example/1"),)


def test_remote_pictures_are_boxes_and_dots_are_counted() -> None:
    found = seen(
        "<img src='https://cdn.shop.example/a.png' alt='Our logo' width=80><img src='//x.example/b'><img src='cid:gone'>"
        "<img src='http://t.example/o.gif' width=1 height=1><img src='https://u.example/p' style='width:0;height:0'>"
    )
    assert plain(found.blocks) == (
        "Picture not fetched (cdn.shop.example): Our logoPicture not fetched (x.example)Picture that is not in the file"
    )
    assert found.dots == ("t.example", "u.example")
    (para,) = found.blocks
    assert isinstance(para, Para) and isinstance(box := para.pieces[0], Missing) and box.width == 60


def test_frames_are_named() -> None:
    assert plain(seen("<iframe src='https://x.example'></iframe><svg><text>s</text></svg>").blocks) == (
        "Not shown (iframe)Not shown (svg)"
    )


def only_table(html: str) -> Table:
    (table,) = seen(html).blocks
    assert isinstance(table, Table)
    return table


def places(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(plain(c.blocks), c.column, c.row, c.columns, c.rows) for c in table.cells]


def test_spans_find_their_places() -> None:
    table = only_table(
        "<table border=1><tr><th rowspan=2>a<th colspan=2>b<tr><td>c<td>d<tr><td colspan=3>e</table>"
    )
    assert places(table) == [
        ("a", 0, 0, 1, 2),
        ("b", 1, 0, 2, 1),
        ("c", 1, 1, 1, 1),
        ("d", 2, 1, 1, 1),
        ("e", 0, 2, 3, 1),
    ]
    assert table.ruled and table.heads == 1


def test_columns_and_rows_that_only_make_room_are_left_out() -> None:
    table = only_table(
        "<table><tr><td width=20>&nbsp;</td><td>a</td><td><img></td><td>b</td></tr><tr><td colspan=4 height=9></td></tr>"
        "<tr><td></td><td colspan=2>c</td><td>d</td></tr></table>"
    )
    assert places(table) == [("a", 0, 0, 1, 1), ("b", 1, 0, 1, 1), ("c", 0, 1, 1, 1), ("d", 1, 1, 1, 1)]


@pytest.mark.parametrize("span", ["99999", "0", "-3", "x", "1e9", "²"])
def test_spans_that_mean_nothing(span: str) -> None:
    table = only_table(f"<table><tr><td colspan='{span}' rowspan='{span}'>a<td>b<tr><td>c<td>d</table>")
    assert [plain(c.blocks) for c in table.cells] == list("abcd")
    assert all(c.column + c.columns <= len(table.widths) for c in table.cells)


def test_a_table_wider_than_a_page_becomes_rows() -> None:
    blocks = seen("<table>" + "<tr>" + "<td>n</td>" * 30 + "</tr></table>").blocks
    assert plain(blocks) == " | ".join("n" * 30)
    assert not any(isinstance(block, Table) for block in blocks)


def depth(blocks: tuple[Block, ...]) -> int:
    found = 0
    for block in blocks:
        match block:
            case Quote(blocks=inner) | Panel(blocks=inner):
                found = max(found, 1 + depth(inner))
            case Listing(items=items):
                found = max(found, 1 + max(depth(item) for item in items))
            case Table(cells=cells):
                found = max(found, 1 + max(depth(cell.blocks) for cell in cells))
            case Para() | Rule():
                pass
    return found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<table border=1><tr><td>side</td><td>", "</td></tr></table>"),
        ("<blockquote>", "</blockquote>"),
        ("<ul><li>", "</li></ul>"),
        ("<div>", "</div>"),
        ("<div style='background:#ccc'>x<div style='background:#ddd'>", "</div></div>"),
        ("<b><i><font>", "</font></i></b>"),
        ("<center><table><tr><td>", "</td></tr></table></center>"),
    ],
)
@pytest.mark.parametrize("levels", [100, 3_000])
def test_deep_nesting_keeps_the_words_and_no_more_than_a_page_can_show(
    before: str, after: str, levels: int
) -> None:
    found = seen(before * levels + "<p>the core</p>" + after * levels)
    assert "the core" in " ".join(plain(found.blocks).split())
    assert depth(found.blocks) <= DEPTH


def test_a_mail_without_end_is_cut_and_says_so() -> None:
    found = seen("<p>word word word</p>" * 100_000)
    assert found.cut and MAX_WORDS <= len(plain(found.blocks)) <= MAX_WORDS * 1.2
    assert not seen("<p>short</p>").cut


def test_right_to_left_words_are_set_from_the_right() -> None:
    arabic, latin, said = seen("<p>مرحبا 12</p><p>12 hello مرحبا</p><p dir=rtl>abc</p>").blocks
    assert isinstance(arabic, Para) and isinstance(latin, Para) and isinstance(said, Para)
    assert (arabic.rtl, latin.rtl, said.rtl) == (True, False, True)


PIECES = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "<td",
        "colspan=3>",
        "<td",
        "rowspan=9>",
        "</td>",
        "<th>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<blockquote>",
        "</blockquote>",
        "<ul>",
        "<li>",
        "</ul>",
        "<ol>",
        "<b>",
        "</b>",
        "<br>",
        "<hr>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h1>",
        "<img>",
        "<img/src=x/width=9e9>",
        "<a/href=x>",
        "</a>",
        "word",
        "&nbsp;",
        "&#0;",
        "<center>",
        "</center>",
        "<font/size=7/color=q>",
        "<body>",
        "</html>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<td/style=width:1e5px;border:1px>",
        "<table/width=100%/border=1>",
        "<div/style=background:red;color:red>",
        "מ",
        "<svg>",
        "</svg>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_html_becomes_a_tree_that_can_be_laid_out(pieces: list[str]) -> None:
    found = seen(" ".join(pieces))
    assert depth(found.blocks) <= DEPTH
    laid = data(found.blocks)
    assert len(laid) == len(found.blocks)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_becomes_a_tree(text: str) -> None:
    data(seen(text).blocks)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 60_000 + "core" + "</div>" * 60_000,
        "<table>" + "<tr><td rowspan=1000 colspan=100>core" * 3_000 + "</table>",
        "<font color=red>core" * 20_000,
    ],
)
def test_a_mail_made_to_take_long_is_read_all_the_same(html: str) -> None:
    """Each took ten seconds or more: a parser's search in deep elements, a grid of spans."""
    assert "core" in plain(seen(html).blocks)
