"""What can go wrong between the person's machine and the mail provider's server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recours.errors import RecoursError


class BadImapAddressError(RecoursError):
    """It is not imap://user@host/FOLDER."""

    def __init__(self, text: str) -> None:
        super().__init__(
            {
                "en": f"{text} is not the address of a mailbox on a server",
                "fr": f"{text} n'est pas l'adresse d'une boîte sur un serveur",
            },
            todo={
                "en": "Write imap://you@example.com@imap.example.com/INBOX; never the password, it is asked for. "
                "Several folders: 'imap://.../INBOX;Sent'.",
                "fr": "Écrivez imap://vous@exemple.com@imap.exemple.com/INBOX, jamais le mot de passe : il est demandé. "
                "Plusieurs dossiers : 'imap://.../INBOX;Sent'.",
            },
        )


class ImapSinceError(RecoursError):
    """No first day was given, or days were given for a file."""

    def __init__(self, *, online: bool) -> None:
        en, fr = (
            ("Say from which day on the mail is to be fetched", "Dites à partir de quel jour il faut lire")
            if online
            else (
                "--since and --before choose what is fetched from a server; a file is read whole",
                "--since et --before choisissent ce qui est lu sur un serveur; un fichier est lu en entier",
            )
        )
        super().__init__(
            {"en": en, "fr": fr},
            todo={
                "en": "Only what you ask for is fetched: recours open imap://you@host/INBOX --since 2026-01-31",
                "fr": "Seul ce que vous demandez est lu : recours open imap://vous@hôte/INBOX --since 2026-01-31",
            },
        )


class ImapConnectError(RecoursError):
    """Nobody answers there, or the other side cannot prove who it is."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(
            {
                "en": f"No safe connection to {host}, port {port}: {why}",
                "fr": f"Pas de connexion sûre à {host}, port {port} : {why}",
            },
            todo={
                "en": "Check the server's name in your provider's help (often imap.PROVIDER) and that you are online.",
                "fr": "Vérifiez le nom du serveur dans l'aide de votre fournisseur (souvent imap.FOURNISSEUR) et que "
                "vous êtes en ligne.",
            },
        )


class ImapInsecureError(RecoursError):
    """The server would take the password in clear."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            {
                "en": f"{host}, port {port}, offers no encryption; no password is sent to it",
                "fr": f"{host}, port {port}, n'offre pas de chiffrement; aucun mot de passe ne lui est envoyé",
            },
            todo={
                "en": "Leave the port out, or write imaps://.",
                "fr": "N'indiquez pas de port, ou écrivez imaps://.",
            },
        )


class ImapLoginError(RecoursError):
    """The server does not let this person in."""

    def __init__(self, user: str, host: str, why: str) -> None:
        super().__init__(
            {"en": f"{host} refuses {user}: {why}", "fr": f"{host} refuse {user} : {why}"},
            todo={
                "en": "Most providers want an app password, made in the account's security settings, or a token in "
                "RECOURS_IMAP_TOKEN. An export of the mailbox (.mbox) does as well.",
                "fr": "La plupart des fournisseurs veulent un mot de passe d'application, créé dans les réglages de "
                "sécurité du compte, ou un jeton dans RECOURS_IMAP_TOKEN. Un export de la boîte (.mbox) convient aussi.",
            },
        )


class ImapFolderError(RecoursError):
    """The mailbox has no such folder."""

    def __init__(self, name: str, there: Sequence[str]) -> None:
        shown = ", ".join(there[:30])
        super().__init__(
            {"en": f"There is no folder {name!r}", "fr": f"Il n'y a pas de dossier {name!r}"},
            todo={"en": f"There are: {shown}", "fr": f"Il y a : {shown}"},
        )


class ImapNothingError(RecoursError):
    """No message of these days is there."""

    def __init__(self, folders: Sequence[str], since: date) -> None:
        shown = ", ".join(folders)
        super().__init__(
            {
                "en": f"No message has arrived since {since} in {shown}",
                "fr": f"Aucun message n'est arrivé depuis le {since} dans {shown}",
            },
            todo={
                "en": "Choose an earlier --since, or other folders: 'imap://you@host/FOLDER;FOLDER'",
                "fr": "Choisissez un --since plus ancien ou d'autres dossiers : 'imap://vous@hôte/DOSSIER;DOSSIER'",
            },
        )


class ImapBrokenOffError(RecoursError):
    """The connection broke; what was fetched is kept."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(
            {
                "en": f"The connection to {host} broke off: {why}",
                "fr": f"La connexion à {host} s'est interrompue : {why}",
            },
            todo={
                "en": "What was fetched is kept. Start the same command again: it goes on where it stopped.",
                "fr": "Ce qui a été lu est gardé. Relancez la même commande : elle reprend où elle s'est arrêtée.",
            },
        )
