"""Small mailboxes written in the test that needs them."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

ME = "Jo Tremblay <jo.tremblay@maison.example>"
SHOP = "Atelier Lumen <service@atelierlumen.example>"


class Box:
    """Collects mails and writes them as an mbox; each is one hour after the one before."""

    def __init__(self, start: str = "2026-06-01T09:00:00-04:00") -> None:
        self._now = datetime.fromisoformat(start)
        self.mails: list[bytes] = []

    def mail(
        self,
        sender: str,
        to: str,
        subject: str,
        text: str,
        *,
        day: str = "",
        reply_to: str = "",
        message_id: str = "",
    ) -> str:
        """Add a mail; its Message-ID.  day: ISO date or moment; later mails follow it."""
        if day:
            self._now = datetime.fromisoformat(day if "T" in day else f"{day}T09:00:00-04:00")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, subject
        message["Date"] = format_datetime(self._now)
        message["Delivered-To"] = "jo.tremblay@maison.example"
        number = message_id or f"{len(self.mails)}.{self._now.timestamp():.0f}@test.example"
        message["Message-ID"] = f"<{number}>"
        if reply_to:
            message["In-Reply-To"] = f"<{reply_to}>"
            message["References"] = f"<{reply_to}>"
        message.set_content(text)
        self.mails.append(message.as_bytes())
        self._now += timedelta(hours=1)
        return number

    def raw(self, data: bytes) -> None:
        self.mails.append(data)

    def write(self, file: Path) -> Path:
        file.write_bytes(
            b"".join(
                b"From - Mon Jun  1 09:00:00 2026\n" + m.replace(b"\nFrom ", b"\n>From ") + b"\n"
                for m in self.mails
            )
        )
        return file


def lamp_dispute() -> Box:
    """A lamp bought online in Quebec arrives broken; the shop refuses."""
    box = Box()
    box.mail(
        SHOP,
        ME,
        "Confirmation de votre commande AL-20417",
        "Bonjour Jo Tremblay,\n\nMerci pour votre commande AL-20417 du 1er juin 2026.\n\n1 x Lampe Orion, laiton    189,00 $\n"
        "Sous-total 189,00 $\nTaxes 28,30 $\nTotal 217,30 $ CAD\n\nPayé par Visa se terminant par 4417\n\n"
        "Livraison : Jo Tremblay, 12 rue des Érables, Granby QC J2G 0A0\n\n"
        "Atelier Lumen, 48 avenue du Parc, Sherbrooke QC J1H 0A0\nservice@atelierlumen.example  819-555-0110\n",
        day="2026-06-01",
    )
    box.mail(
        SHOP,
        ME,
        "Votre commande AL-20417 a été livrée",
        "Votre commande AL-20417 a été livrée le 8 juin 2026.\n",
        day="2026-06-08",
    )
    first = box.mail(
        ME,
        SHOP,
        "Commande AL-20417 : lampe défectueuse",
        "Bonjour,\n\nLa lampe reçue hier est défectueuse : elle ne s'allume pas. Je vous demande de me rembourser "
        "217,30 $. Je peux vous la renvoyer.\n\nCordialement,\nJo Tremblay\n",
        day="2026-06-09",
    )
    asked = box.mail(
        SHOP,
        ME,
        "Re: Commande AL-20417 : lampe défectueuse",
        "Bonjour,\n\nPouvez-vous nous envoyer des photos de la lampe ?\n\nLéa, service à la clientèle\n",
        day="2026-06-11",
        reply_to=first,
    )
    box.mail(
        ME,
        SHOP,
        "Re: Commande AL-20417 : lampe défectueuse",
        "Bonjour,\n\nVoici les photos demandées, en pièces jointes.\n\nJo Tremblay\n",
        day="2026-06-12",
        reply_to=asked,
    )
    box.mail(
        SHOP,
        ME,
        "Re: Commande AL-20417 : lampe défectueuse",
        "Bonjour,\n\nNous ne sommes pas responsables des défauts de nos lampes. Nous ne pouvons pas vous rembourser.\n\nLéa\n",
        day="2026-06-18",
        reply_to=first,
    )
    box.mail(
        "Infolettre <infolettre@jardin.example>",
        ME,
        "20 % de rabais",
        "Profitez-en !\n\nSe désabonner\n",
        day="2026-06-20",
    )
    return box


def quiet() -> Box:
    """Mail without any dispute."""
    box = Box()
    box.mail("Ana <ana@amis.example>", ME, "Dimanche", "On se voit dimanche ?\n")
    box.mail(ME, "Ana <ana@amis.example>", "Re: Dimanche", "Oui, à 11 h.\n")
    box.mail(
        "Infolettre <infolettre@jardin.example>", ME, "20 % de rabais", "Profitez-en !\n\nSe désabonner\n"
    )
    return box
