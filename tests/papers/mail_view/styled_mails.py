"""A mail of a shop as shops' tools write them: its look is in style sheets, little of it in the elements themselves."""

RECEIPT = """<!DOCTYPE html><html><head><title>Reçu</title>
<link rel="stylesheet" href="https://fonts.example/css?family=Lato">
<style type="text/css">
 @import url("https://styles.lumen.example/more.css");
 :root { --brand: #123c5a; color-scheme: light dark }
 body, td { font: 15px/1.5 Lato, Arial; color: #333333 }
 body { background: #f4f4f4 url(https://styles.lumen.example/ground.png) }
 h1 { font-size: 26px; margin: 0 }
 .preheader { display: none !important; mso-hide: all }
 .wrap { width: 600px; background-color: #ffffff }
 .head { background: var(--brand); color: white; text-align: center; padding: 24px }
 .items th { background: #eef2f5; text-align: left; font-size: 12px }
 .items td { border-bottom: 1px solid #dddddd }
 .items .amount, .items td.amount { text-align: right }
 .items tr.total td { font-weight: bold; font-size: 18px }
 #refusal p { color: #b00020 }
 #refusal p strong { text-decoration: underline; font-weight: 900 }
 .panel { border: 1px solid #c9d6df; background: hsl(200, 50%, 96%); padding: 12px }
 .panel .label { color: rgba(18, 60, 90, .7); font-style: italic }
 a { color: #0b66c3; text-decoration: none }
 .button { background: #2a8f5c !important; color: #ffffff !important; font-weight: bold }
 .old { text-decoration: line-through; color: #888 }
 .foot, .foot a { color: #8a8a8a; font-size: 11px; text-align: center }
 @media only screen and (max-width: 480px) { .wrap { width: 100% !important } .items { display: none !important } }
 @media (prefers-color-scheme: dark) { body, td { background: #000 !important; color: #fff !important } }
</style>
<style media="print">.panel { display: none }</style>
</head><body>
<div class="preheader">Votre demande est fermée.</div>
<table class="wrap" align="center"><tr><td class="head"><h1>Atelier Lumen</h1>Commande AL-20417</td></tr>
<tr><td>
<p>Bonjour Jo,</p>
<div id="refusal"><p>Nous refusons votre demande : <strong>aucun remboursement</strong> ne sera fait.</p></div>
<table class="items" width="100%">
<tr><th>Article</th><th class="amount">Prix</th></tr>
<tr><td>Lampe Orion <span class="old">249,00 $</span></td><td class="amount">189,00 $</td></tr>
<tr><td>Taxes</td><td class="amount">28,30 $</td></tr>
<tr class="total"><td>Total</td><td class="amount">217,30 $</td></tr></table>
<div class="panel"><span class="label">Motif :</span> usure normale. <span style="color:#006600">Fermé le 12 juin.</span></div>
<p><a class="button" href="https://atelierlumen.example/fermer">Fermer la demande</a></p>
</td></tr></table>
<p class="foot">Atelier Lumen, Lévis · <a href="https://atelierlumen.example/aide">Aide</a></p>
</body></html>"""
