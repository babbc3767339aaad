"""The HTML half of a mail: a shop's table, Gmail's blockquote, Outlook's ruled block."""

from __future__ import annotations

import html
import re

_HEAD = '<html><head><meta charset="utf-8">'


def table(text: str) -> str:
    """A receipt as shops send it: tables around everything; amounts in a column of their own."""
    rows = []
    for line in text.split("\n"):
        cells = [html.escape(c) for c in re.split(r"\s{3,}", line.strip())]
        rows.append("<tr>" + "".join(f'<td style="padding:2px 8px">{c}</td>' for c in cells) + "</tr>")
    return (
        f"{_HEAD}<style>td{{font-family:sans-serif}}</style></head><body>"
        '<table width="600"><tr><td><table>' + "\n".join(rows) + "</table></td></tr></table>"
        '<img src="https://images.example/pixel.gif" width="1" height="1"></body></html>'
    )


def card(text: str) -> str:
    """A notice as mailing services build it: a hidden first line, a card in tables of tables, sums to the right."""
    rows = []
    for line in text.split("\n"):
        cells = [html.escape(c) for c in re.split(r"\s{3,}", line.strip())]
        style = "font:15px/22px Helvetica,Arial;padding:4px 24px"
        right = f'<td align="right" style="{style}">{cells[-1]}</td>' if len(cells) > 1 else ""
        left = " ".join(cells[:-1]) if right else cells[0] or "&nbsp;"
        rows.append(f'<tr><td style="{style}"{"" if right else " colspan=2"}>{left}</td>{right}</tr>')
    hidden = (
        '<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">&#8199;&#847;&zwnj;&nbsp;</div>'
    )
    inner = (
        '<table role="presentation" width="100%" cellpadding="0" border="0">' + "\n".join(rows) + "</table>"
    )
    return (
        f"{_HEAD}<style>@media only screen and (max-width:480px){{.card{{width:100%!important}}}}</style></head>"
        f'<body bgcolor="#f4f4f4">{hidden}<center><table class="card" width="560" bgcolor="#ffffff"><tr><td>{inner}'
        '</td></tr></table></center><img src="https://t.images.example/o.gif" width="1" height="1" alt=""></body></html>'
    )


def answer(client: str, own: str, head: str, quoted: str) -> str:
    """A person's mail.  own: new text and signature; quoted: the HTML inside of the mail that is answered."""
    if client.startswith("outlook"):
        paragraphs = "".join(f'<p class="MsoNormal">{_line(line)}</p>' for line in own.split("\n"))
        ruled = '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0">'
        below = f'{ruled}<p class="MsoNormal">{lines(head)}</p></div>{quoted}' if head else ""
        return f'<div class="WordSection1">{paragraphs}</div>{below}'
    divs = "".join(f"<div>{_line(line, '<br>')}</div>" for line in own.split("\n"))
    if not head:
        return f'<div dir="ltr">{divs}</div>'
    bar = "margin:0 0 0 .8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"
    return (
        f'<div dir="ltr">{divs}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f'{lines(head)}<br></div><blockquote class="gmail_quote" style="{bar}">{quoted}</blockquote></div>'
    )


def page(inside: str) -> str:
    return f"{_HEAD}</head><body>{inside}</body></html>\n"


def lines(text: str) -> str:
    """Plain text as HTML, line for line."""
    return "<br>\n".join(_line(line) for line in text.split("\n"))


def _line(line: str, blank: str = "&nbsp;") -> str:
    return html.escape(line, quote=False) or blank
