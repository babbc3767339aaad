"""Threads made by chance: a parent, and a reply that quotes it as the usual programs do; the answer says whose words are whose.

A reply is made of pieces, each the author's or another's, so that what the author typed is known by construction.  Nothing here
reads mail: the sentences are written out, the programs' lines are the ones that they write.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

ASKED = {
    "fr": [
        "Bonjour Madame Roy,",
        "Nous avons bien reçu votre demande concernant la cafetière livrée le 12 mai dernier.",
        "Pouvez-vous nous dire si l’appareil était emballé dans sa boîte d’origine ?",
        "Avez-vous gardé la facture, et l’étiquette du colis est-elle encore lisible ?",
        "Le numéro de série se trouve sous le socle, à côté du câble d’alimentation.",
        "Sans ces précisions, l’atelier ne pourra pas examiner l’appareil avant la fin du mois 😊.",
        "Nous vous proposons un avoir de 45,00 € valable un an dans toutes nos boutiques.",
        "L’étiquette de retour vous parviendra par la poste d’ici une semaine environ.",
    ],
    "en": [
        "Dear Ms Roy,",
        "Thank you for your message about the coffee machine that was delivered on 12 May.",
        "Could you tell us whether the machine was still packed in its original box when it arrived?",
        "Do you still have the invoice, and can the label on the parcel still be read?",
        "You’ll find the serial number under the base, next to the power cable.",
        "Without these details the workshop can’t look at the machine before the end of the month 😊.",
        "We can offer you a credit of $45.00, valid for one year in all of our shops.",
        "The return label will reach you by post within a week or so.",
    ],
}
ANSWERED = {
    "fr": [
        "La boîte était ouverte quand le livreur me l'a remise.",
        "oui, les deux, et je joins une photo",
        "Je refuse l'avoir et je demande le remboursement complet.",
        "Il porte le numéro LB-2231.",
        "Voilà trois semaines que j'attends une réponse claire de votre part.",
        "Non.",
        "C'est noté, merci.",
        "Le voisin peut le confirmer par écrit s'il le faut.",
    ],
    "en": [
        "The box was open when the driver handed it to me.",
        "yes, both of them, and a photo is attached",
        "I don't want the credit, I want all of my money back.",
        "It says LB-2231.",
        "I have been waiting three weeks for a clear answer from you.",
        "No.",
        "Noted, thank you.",
        "My neighbour can confirm it in writing if need be.",
    ],
}
TOLD = {
    "fr": [
        "Le mar. 3 juin 2025 à 14:02, Service Clients <aide@lumi.example> a écrit :",
        "Le mar. 3 juin 2025 à 14 h 02, Service à la clientèle Lumiboutique <\naide@lumi.example> a écrit :",
        "Le 3 juin 2025 à 14:02, Service Clients <aide@lumi.example> a écrit :",
        "Le 03/06/2025 à 14:02, Service Clients a écrit :",
        "Le mardi 3 juin 2025 à 14:02:11 UTC−4, Service Clients <aide@lumi.example> a écrit :",
    ],
    "en": [
        "On Tue, Jun 3, 2025 at 2:02 PM Customer Care <help@lumi.example> wrote:",
        "On Tue, Jun 3, 2025 at 2:02 PM Customer Care of the Lumi Shops <\nhelp@lumi.example> wrote:",
        "On 3 Jun 2025, at 14:02, Customer Care <help@lumi.example> wrote:",
        "On 03/06/2025 14:02, Customer Care wrote:",
        "On Tuesday, June 3, 2025 at 02:02:11 p.m. EDT, Customer Care <help@lumi.example> wrote:",
    ],
}
COPIED = {
    "fr": [
        "De : Service Clients <aide@lumi.example>\nEnvoyé : mardi 3 juin 2025 14:02\nÀ : Zoé Roy <zoe@isle.example>\nObjet : RE: Cafetière",
        "________________________________\nDe : Service Clients <aide@lumi.example>\nEnvoyé : 3 juin 2025 14:02\nÀ : zoe@isle.example <zoe@isle.example>\nObjet : Cafetière",
        "-----Message d'origine-----\nDe : Service Clients\nEnvoyé : mardi 3 juin 2025 14:02\nÀ : Zoé Roy\nObjet : Cafetière",
        "-------- Message d'origine --------\nDe : Service Clients <aide@lumi.example>\nDate : 03/06/2025 14:02 (GMT-05:00)\nÀ : zoe@isle.example\nObjet : Cafetière",
    ],
    "en": [
        "From: Customer Care <help@lumi.example>\nSent: Tuesday, June 3, 2025 2:02 PM\nTo: Zoe Roy <zoe@isle.example>\nSubject: RE: Coffee machine",
        "________________________________\nFrom: Customer Care <help@lumi.example>\nSent: June 3, 2025 2:02 PM\nTo: zoe@isle.example <zoe@isle.example>\nSubject: Coffee machine",
        "-----Original Message-----\nFrom: Customer Care\nSent: Tuesday, June 3, 2025 2:02 PM\nTo: Zoe Roy\nSubject: Coffee machine",
        "-------- Original message --------\nFrom: Customer Care <help@lumi.example>\nDate: 2025-06-03 14:02 (GMT-05:00)\nTo: zoe@isle.example\nSubject: Coffee machine",
    ],
}
DEVICE = {
    "fr": ["Envoyé de mon iPhone", "Envoyé depuis mon appareil Galaxy", "Télécharger Outlook pour Android"],
    "en": [
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Sent from Yahoo Mail on Android",
    ],
}
DESK = {
    "fr": [
        "##- Veuillez saisir votre réponse au-dessus de cette ligne -##",
        "Service Clients (Lumi), 3 juin 2025, 14 h 02 HAE",
    ],
    "en": ["##- Please type your reply above this line -##", "Customer Care (Lumi), Jun 3, 2025, 14:02 EDT"],
}
STRAIGHT = str.maketrans({"’": "'", "“": '"', "”": '"', "…": "..."})


BEFORE = {
    "fr": [
        "Bonjour,",
        "La cafetière que j’ai commandée chez vous fuit depuis le premier jour.",
        "Que proposez-vous ?",
        "Zoé Roy",
    ],
    "en": [
        "Hello,",
        "The coffee machine I ordered from you has been leaking since the first day.",
        "What do you offer?",
        "Zoé Roy",
    ],
}
FOOT = {
    "fr": [
        "",
        "Cordialement,",
        "Kim Tremblay",
        "Service Clients, Lumi | 1 800 555-0199",
        "https://lumi.example/aide?dossier=88120",
        "Ce message est confidentiel et réservé à son destinataire.",
    ],
    "en": [
        "",
        "Kind regards,",
        "Kim Tremblay",
        "Customer Care, Lumi | 1 800 555-0199",
        "https://lumi.example/help?case=88120",
        "This message is confidential and intended for its recipient only.",
    ],
}
INSIDE = {
    "fr": [
        "Mes réponses sont ci-dessous.",
        "Voir mes réponses dans le texte, en rouge.",
        "Je réponds en gras dans votre courriel.",
    ],
    "en": ["My answers are below.", "Please see my comments in red.", "I have answered inline."],
}
SIGNED = {
    "fr": ["Cordialement,\nZoé Roy", "Merci,\nZoé", "Bien à vous,\n\nZoé Roy\n514 555-0100"],
    "en": ["Kind regards,\nZoé Roy", "Thanks,\nZoé", "Best,\n\nZoé Roy\n514 555-0100"],
}
STYLES = {
    "top": False,
    "copied": False,
    "device": False,
    "bottom": False,
    "between": False,
    "within": False,
    "desk": False,
    "bare": False,
    "nested": False,
    "signed": False,
    "indented": False,
    "initials": False,
    "barred": False,
    "inside": True,
    "silent": True,
    "quiet": True,
    "deep": True,
    "pasted": True,
    "below": True,
    "broken": True,
}
"""Whether only the parent, when it is at hand, can tell exactly whose words are whose; without it none may be lost."""


class Thread(msgspec.Struct, frozen=True):
    """before: what the author wrote first; parent: what the other wrote; reply: the text that quotes it; typed: the author's words of it, in order."""

    before: str
    parent: str
    reply: str
    typed: str
    style: str


def harmed(text: str, by: random.Random) -> str:
    """Text -> the same as another program, encoding or set of characters would carry it."""
    ways: list[Callable[[str], str]] = [
        lambda t: t,
        lambda t: t.translate(STRAIGHT),
        lambda t: t.replace(" ?", "\u00a0?").replace(" €", "\u00a0€"),
        lambda t: t.replace("😊", ""),
        lambda t: t.replace("😊", "?"),
        lambda t: t.translate(STRAIGHT).replace("😊", ":-)"),
        lambda t: t.encode("latin-1", "replace").decode("latin-1"),
        lambda t: t.encode("ascii", "replace").decode("ascii"),
        lambda t: t.encode("utf-8").decode("cp1252", "replace"),
        lambda t: t.replace(". ", ".  "),
        lambda t: t.replace("’", "&#39;").replace("€", "&euro;"),
    ]
    return by.choice(ways)(text)


def marked(lines: list[str], by: random.Random) -> list[str]:
    """Lines -> rewrapped at some width, then marked as quoted."""
    width = by.choice([60, 68, 72, 76, 200])
    mark = by.choice(["> ", "> ", ">"])
    return [f"{mark}{part}".rstrip() for line in lines for part in textwrap.wrap(line, width) or [""]]


def thread(seed: int) -> Thread:
    """The thread of this number."""
    by = random.Random(seed)
    language = by.choice(["fr", "en"])
    first, *said = ASKED[language]
    said = [first, *by.sample(said, by.randint(2, 5)), *(FOOT[language] if by.random() < 0.3 else [])]
    parent = "\n\n".join(said)
    answers = by.sample(ANSWERED[language], by.randint(1, 4))
    quoted = (
        [harmed(line, by) for line in said] if by.random() < 0.2 else harmed("\n".join(said), by).split("\n")
    )
    style = by.choice(list(STYLES))
    told = by.choice(TOLD[language])
    if style == "top":
        body = marked([x for line in quoted for x in (line, "")], by) if by.random() < 0.6 else quoted
        reply = ["\n\n".join(answers), "", told, *by.choice([[], [""]]), *body]
    elif style == "copied":
        width = by.choice([66, 78, 300])
        reply = ["\n\n".join(answers), "", by.choice(COPIED[language]), ""]
        reply += ["\n\n".join(textwrap.fill(line, width) for line in quoted)]
    elif style == "device":
        announced = by.choice([told, by.choice(COPIED[language])])
        reply = ["\n".join(answers), "", by.choice(DEVICE[language]), "", announced, "", *marked(quoted, by)]
    elif style == "bottom":
        reply = [told, "", *marked([x for line in quoted for x in (line, "")], by), "", "\n\n".join(answers)]
    elif style == "between":
        reply = [told, ""]
        gap = by.choice([[], [""]])
        for n, line in enumerate(quoted):
            reply += [*marked([line], by), *([*gap, answers[n - 1], *gap] if 0 < n <= len(answers) else [])]
        answers = answers[: max(len(quoted) - 1, 0)]
    elif style == "within":
        reply, answers = [told, ""], answers[:1]
        line = quoted[-1].split(" ")
        cut = by.randint(2, max(len(line) - 2, 2))
        reply += marked(quoted[:-1], by) + marked([" ".join(line[:cut])], by)
        reply += [answers[0], *marked([" ".join(line[cut:])], by)]
    elif style == "desk":
        line, head = DESK[language]
        reply = ["\n\n".join(answers), "", line, "", "-" * 46, head, "", "\n\n".join(quoted)]
    elif style == "nested":
        older = [f"> {line}" for line in marked(ASKED[language][1:3], by)]
        reply = [
            "\n\n".join(answers),
            "",
            told,
            "",
            *marked(quoted, by),
            ">",
            f"> {by.choice(TOLD[language])}".replace("\n", "\n> "),
            ">",
            *older,
        ]
    elif style == "signed":
        reply = [
            "\n\n".join(answers),
            "",
            by.choice(SIGNED[language]),
            "",
            by.choice([told, by.choice(COPIED[language])]),
            "",
            *marked(quoted, by),
        ]
    elif style == "indented":
        reply = ["\n\n".join(answers), "", told, "", *[f"    {line}" for line in quoted]]
    elif style in ("initials", "barred"):
        mark = by.choice(["SC> ", "SC>> "]) if style == "initials" else "| "
        lines = [
            f"{mark}{line[2:]}"
            for line in (f"> {part}" for q in quoted for part in textwrap.wrap(q, 72) or [""])
        ]
        reply = (
            [told, "", *lines, "", "\n\n".join(answers)]
            if by.random() < 0.5
            else ["\n\n".join(answers), "", told, "", *lines]
        )
    elif style in ("inside", "silent"):
        reply = ([by.choice(INSIDE[language]), ""] if style == "inside" else []) + [
            by.choice(COPIED[language]),
            "",
        ]
        gap = by.choice([[], [""]])
        for n, line in enumerate(quoted):
            reply += [textwrap.fill(line, by.choice([70, 300])), *gap]
            reply += [answers[n - 1], ""] if 0 < n <= len(answers) else ([] if gap else [""])
        answers = (
            [*reply[:1], *answers[: max(len(quoted) - 1, 0)]]
            if style == "inside"
            else answers[: max(len(quoted) - 1, 0)]
        )
    elif style == "quiet":
        reply, asides = [answers[0], "", by.choice(COPIED[language]), ""], answers[1:]
        for n, line in enumerate(quoted):
            aside = asides[n - 1 : n] if 0 < n < len(quoted) - 1 else []
            reply += [textwrap.fill(line, by.choice([70, 300])), *aside, ""]
        answers = [answers[0], *asides[: max(len(quoted) - 2, 0)]]
    elif style == "deep":
        older = [
            by.choice(COPIED[language]),
            "",
            "\n\n".join(textwrap.fill(line, 74) for line in BEFORE[language]),
        ]
        history = [
            by.choice(COPIED[language]),
            "",
            "\n\n".join(textwrap.fill(q, 74) for q in quoted),
            "",
            *older,
        ]
        reply = [*history, "", *answers] if by.random() < 0.4 else ["\n\n".join(answers), "", *history]
    elif style == "pasted":
        reply = [
            "\n\n".join(answers),
            "",
            "\n\n".join(textwrap.fill(q, by.choice([60, 72, 300])) for q in quoted),
        ]
    elif style == "below":
        reply = [
            by.choice(COPIED[language]),
            "",
            "\n\n".join(textwrap.fill(q, 72) for q in quoted),
            "",
            "\n\n".join(answers),
        ]
    elif style == "broken":
        lines = [
            part
            for line in marked(quoted, by)
            for part in (textwrap.wrap(line, 64) if len(line) > 64 else [line])
        ]
        reply = ["\n\n".join(answers), "", told, "", *lines]
    else:
        reply = ["\n\n".join(answers), "", *marked(quoted, by)]
    return Thread("\n\n".join(BEFORE[language]), parent, "\n".join(reply) + "\n", "\n\n".join(answers), style)


NOON = datetime(2025, 6, 3, 18, 2, tzinfo=UTC)
LATER = NOON + timedelta(hours=20)
