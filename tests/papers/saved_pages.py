"""Web pages as browsers save them: one file of HTML, and MHTML with its parts inside."""

from __future__ import annotations

import base64
from email.message import EmailMessage

from tests.papers.mail_view.mails import logo

CSS = """:root{--ink:#17324d;--sale:#c0392b}
body{font-family:Inter,sans-serif;color:var(--ink);margin:0}
.site-nav ul{list-style:none;display:flex}
.drawer,.modal{display:none}
.price s{color:#888}.price .now{color:var(--sale);font-weight:700;font-size:26px}
.badge{background:var(--sale);color:#fff;padding:2px 8px}
.policy{border:1px solid #d0d7de;background:#f6f8fa}
.policy h2{font-size:20px}
table.specs{width:100%}.specs td,.specs th{border-bottom:1px solid #d0d7de;text-align:left}
@media (min-width:900px){.drawer{display:block}}
"""

PAGE = """<!DOCTYPE html>
<!-- saved from url=(0047)https://atelierlumen.example/produits/orion?a=1 -->
<html lang="fr"><head><meta charset="utf-8"><title>Lampe Orion | Atelier Lumen</title>
<link rel="stylesheet" href="https://cdn.lumen.example/theme.css">
<script>document.title = "changed"; fetch("https://traces.lumen.example/")</script>
STYLE
</head><body>
<dialog>Acceptez-vous les témoins ?</dialog>
<header><img src="LOGO" width="140" alt="Atelier Lumen"><nav class="site-nav"><ul><li><a href="/lampes">Lampes</a></li><li><a href="/aide">Aide</a></li></ul></nav>
<button><svg width="20" height="20" aria-hidden="true"><path d="M0 0"/></svg> Panier (0)</button></header>
<div class="drawer">Menu du téléphone</div>
<main><h1>Lampe Orion, laiton</h1>
<p class="price"><s>249,00 $</s> <span class="now">189,00 $</span> <span class="badge">En solde</span></p>
<label>Couleur <select><option>Laiton</option><option selected>Cuivre</option><option>Noir</option></select></label>
<p><label><input type="checkbox" checked value="on"> Emballage cadeau</label></p>
<table class="specs"><tr><th>Tension</th><td>120 V</td></tr><tr><th>Ampoule</th><td>comprise</td></tr></table>
<div class="policy"><h2>Retours</h2><p>Remboursement complet pendant <strong>60 jours</strong>, défaut ou non.</p></div>
<img src="https://cdn.lumen.example/orion.jpg" alt="La lampe Orion allumée" width="300">
<iframe src="https://avis.example/orion"></iframe>
<noscript>Activez les scripts.</noscript></main></body></html>"""


def as_html() -> bytes:
    """Its picture written out within it, as extensions of browsers save."""
    picture = f"data:image/png;base64,{base64.b64encode(logo()).decode()}"
    font = "@font-face{src:url(data:font/woff2;base64," + "d09G" * 200 + ")}"
    return PAGE.replace("LOGO", picture).replace("STYLE", f"<style>{font}{CSS}</style>").encode()


def as_mhtml() -> bytes:
    """As Chrome saves it: the page, its style sheet and its picture are parts."""
    whole = EmailMessage()
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = "https://atelierlumen.example/produits/orion?a=1"
    whole["Subject"] = "Lampe Orion | Atelier Lumen"
    whole["Date"] = "Tue, 16 Jun 2026 15:04:05 -0000"
    page = PAGE.replace("LOGO", "/files/logo.png").replace(
        "STYLE", '<link rel="stylesheet" type="text/css" href="cid:css-1@mhtml.blink">'
    )
    whole.set_content(page, subtype="html", cte="quoted-printable")
    whole.add_related(CSS.encode(), "text", "css", cid="<css-1@mhtml.blink>")
    whole.add_related(
        logo(), "image", "png", headers=["Content-Location: https://atelierlumen.example/files/logo.png"]
    )
    first = next(whole.iter_parts())
    first["Content-Location"] = "https://atelierlumen.example/produits/orion?a=1"
    return whole.as_bytes()
