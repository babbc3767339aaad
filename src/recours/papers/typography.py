"""What may not break at the end of a line, in both languages; French typography for the fixed wording.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale; the Office québécois de la langue
française asks for the same spaces, thin ones before ; ! ? where they can be set.  The wording alone is treated,
and what the packs say of the law: facts and quotations are put into it afterwards, as they are.
"""

from __future__ import annotations

import re

NBSP = "\u00a0"  # before a colon, inside guillemets, before $ and %
THIN = "\u202f"  # before ; ! ? and between thousands

_STAND_IN = 0xE000  # private use: no font and no letter has these characters
_PLAIN = re.compile(r"\S+://\S+|\S+@\S+|\d+:\d+")  # addresses and hours keep their signs
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"«\s*"), f"«{NBSP}"),
    (re.compile(r"\s*»"), f"{NBSP}»"),
    (re.compile(r"(?<=[\w\ue000-\uf8ff)}\]».…%$€])[ \u00a0\u202f]*([;!?]+)(?=\s|$|[)»{])"), rf"{THIN}\1"),
    (re.compile(r"^[ \u00a0\u202f]*([;!?]+)(?=\s)"), rf"{THIN}\1"),  # a piece that follows another
    (re.compile(r"(?<=[\w\ue000-\uf8ff)}\]»%$€])[ \u00a0\u202f]*:(?=\s|$)"), f"{NBSP}:"),
    (re.compile(r"(?<=[\d}])[ \u00a0\u202f](?=[%$€])"), NBSP),
    (re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))"), THIN),
    (re.compile(r"\b([nN])°[ ]?(?=[\d{])"), rf"\1°{NBSP}"),
)
_CAPITALS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b{plain}"), accented)
    for plain, accented in (
        ("A(?= (?:ce|cette|cet|la|l'|le|qui|quoi|partir|défaut|titre|votre|mes|mon|ma)\\b)", "À"),
        ("Etat(?=s?\\b)", "État"),
        ("Emetteur(?=s?\\b)", "Émetteur"),
        ("Echange(?=s?\\b)", "Échange"),
        ("Echéance(?=s?\\b)", "Échéance"),
        ("Ecrit(?=e?s?\\b)", "Écrit"),
        ("Etant\\b", "Étant"),
        ("Evénement(?=s?\\b)", "Événement"),
    )
)


_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " January February March April May June July August September October November December"
).replace(" ", "|")
_HELD: tuple[re.Pattern[str], ...] = (
    re.compile(rf"\b(?:\d{{1,2}}|1er)( )(?=(?:{_MONTHS})\b)"),
    re.compile(rf"\b(?:{_MONTHS})( )(?=\d{{1,2}}\b)"),
    re.compile(r"\b(?:[Aa]rts?|[Ss]s?|[Cc]h?|[Ss]ec|[Nn]os?)\.( )(?=[\dA-Z])"),  # art. 37, ss. 4, c. P-40.1
    re.compile(r"\b[A-Z]\d[A-Z]( )(?=\d[A-Z]\d\b)"),  # H2X 1Y4
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?( )(?=\d[A-Z]{2}\b)"),  # SW1A 1AA
    re.compile(r"\b\d+( )(?=(?:fois|jours?|times|days?)\b)"),
)


def held(text: str) -> str:
    """The text with what is read as one held on one line: a day and its month, an article's number, a postal code."""
    for pattern in _HELD:
        text = pattern.sub(lambda found: found[0].replace(" ", NBSP), text)
    return text


_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_WORD = re.compile(r"[^\s]+")


def curled(text: str) -> str:
    """The text with the apostrophe of print between two letters, as a word processor sets it; addresses keep theirs."""
    return _WORD.sub(
        lambda word: word[0] if "@" in word[0] or "://" in word[0] else _APOSTROPHE.sub("\u2019", word[0]),
        text,
    )


def french(text: str) -> str:
    """The text with its spaces and capitals as French sets them.  Applying it twice changes nothing more."""
    kept: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        kept.append(found[0])
        return chr(_STAND_IN + len(kept) - 1)

    done = _set(_PLAIN.sub(stand_in, text))
    return "".join(kept[ord(c) - _STAND_IN] if 0 <= ord(c) - _STAND_IN < len(kept) else c for c in done)


def _set(text: str) -> str:
    for pattern, instead in (*_RULES, *_CAPITALS):
        text = pattern.sub(instead, text)
    return text
