"""HTML mails as shops and help desks send them, and a lamp's dispute whose mails are such."""

from __future__ import annotations

import io
from datetime import date
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from PIL import Image
from tests.mailboxes import ME, SHOP, Box, lamp_dispute

from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.clock import Clock
from recours.store.sqlite import Store


def logo(mode: str = "PNG", size: tuple[int, int] = (160, 48), comment: str = "") -> bytes:
    out = io.BytesIO()
    picture = Image.new("RGB", size, (18, 60, 90))
    picture.paste((240, 180, 40), (8, 8, size[0] // 3, size[1] - 8))
    picture.save(out, mode, comment=comment.encode())
    return out.getvalue()


ORDER = """<!DOCTYPE html><html><body style="margin:0;background:#f4f4f4">
<div style="display:none;max-height:0">Merci ! Votre lampe part bientôt.&zwnj;&nbsp;&zwnj;&nbsp;</div>
<table width="100%" bgcolor="#f4f4f4"><tr><td align="center">
<table width="600" bgcolor="#ffffff">
<tr><td style="background:#123c5a;color:#ffffff;padding:20px" align="center">
 <img src="cid:logo@lumen" width="120" alt="Atelier Lumen"><h1>Merci pour votre commande</h1></td></tr>
<tr><td style="padding:20px" align="left">
 <p>Bonjour <b>Jo</b> Tremblay,</p>
 <p>Votre commande <a href="https://atelierlumen.example/suivi?c=AL-20417">AL-20417</a> est confirmée.
 <span style="color:#fefefe">Mots pâles.</span></p>
 <table width="100%"><tr><th align="left">Article</th><th>Qté</th><th align="right">Prix</th></tr>
 <tr><td style="border-bottom:1px solid #ccc">Lampe Orion, laiton</td><td>1</td><td align="right">189,00 $</td></tr>
 <tr><td colspan="2" align="right">Taxes</td><td align="right">28,30 $</td></tr>
 <tr><td colspan="2" align="right"><b>Total</b></td><td align="right"><b>217,30 $ CAD</b></td></tr></table>
 <p>Carte <b>4111 1111</b> <i>1111 1111</i>. Appelez au 819-<b>555</b>-0110.</p>
 <p><img src="https://images.lumen.example/lampe.jpg" width="200" alt="La lampe Orion"></p>
 <p><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" width="40"></p>
 <script>alert("x")</script><style>p {color:red}</style>
 <img src="https://traces.lumen.example/o.gif" width="1" height="1">
</td></tr></table></td></tr></table></body></html>"""
ORDER_TEXT = (
    "Merci pour votre commande\n\nBonjour Jo Tremblay,\n\nVotre commande AL-20417 est confirmée.\n\n"
    "Lampe Orion, laiton\n1\n189,00 $\nTaxes 28,30 $\nTotal 217,30 $ CAD\n\n"
    "Conditions du texte seul : trente jours pour changer d'avis.\n"
)
REFUSAL = """<html><body dir="ltr"><div style="color:#999;border-bottom:1px solid #ddd">## Écrivez au-dessus de cette ligne ##</div>
<div>Bonjour,</div><div><br></div>
<div>Nous ne sommes <b>pas responsables</b> des défauts de nos lampes. Nous ne pouvons pas vous rembourser.</div>
<div>Léa</div>
<blockquote style="margin:0 0 0 .8ex;border-left:1px solid #ccc;color:#0000ff">La lampe reçue hier est défectueuse :
elle ne s'allume pas.<blockquote>Votre commande a été livrée.</blockquote></blockquote></body></html>"""


def html_mail(
    box: Box,
    sender: str,
    subject: str,
    html: str,
    *,
    text: str = "",
    day: str,
    pictures: dict[str, bytes] | None = None,
) -> None:
    """A mail with HTML, its text beside it when given, and pictures by Content-ID."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, ME, subject
    box.mail(sender, ME, subject, "", day=day)
    box.mails.pop()
    message["Date"] = format_datetime(box._now)
    message["Delivered-To"] = "jo.tremblay@maison.example"
    message["Message-ID"] = f"<html-{len(box.mails)}@lumen.example>"
    if text:
        message.set_content(text)
        message.add_alternative(html, subtype="html")
    else:
        message.set_content(html, subtype="html")
    part = list(message.iter_parts())[-1] if text else message
    assert isinstance(part, EmailMessage)
    for name, data in (pictures or {}).items():
        kind = "png" if data[:4] == b"\x89PNG" else "jpeg"
        part.add_related(data, maintype="image", subtype=kind, cid=f"<{name}>", filename=f"{kind}.{kind}")
    box.mails.append(message.as_bytes())


def html_dispute() -> Box:
    """The broken lamp, its confirmation and its refusal in HTML."""
    plain, box = lamp_dispute(), Box()
    html_mail(
        box,
        SHOP,
        "Confirmation de votre commande AL-20417",
        ORDER,
        text=ORDER_TEXT,
        day="2026-06-01",
        pictures={"logo@lumen": logo()},
    )
    for mail in plain.mails[1:5]:
        box.raw(mail)
    html_mail(box, SHOP, "Re: Commande AL-20417 : lampe défectueuse", REFUSAL, day="2026-06-18")
    return box


def opened(folder: Path, box: Box) -> tuple[Desk, str]:
    desk = Desk(Store(folder / "cases.recours"), Clock(date(2026, 7, 20)))
    return desk, open_case(desk, box.write(folder / "mail.mbox")).case.id
