"""Proof of origin: the DKIM signature of a mail, checked against a key that the person has (RFC 6376).

No network: the keys are given (from a file, or see dkim_keys).  Without its key a signature can be neither believed nor
doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from recours.errors import RecoursError
from recours.intake.errors import MissingSourceError

Result = Literal["pass", "fail", "no_signature", "no_key"]
_SIGNATURE = re.compile(rb"^dkim-signature[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_RESULTS = re.compile(
    rb"^authentication-results[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE
)
_TAG = re.compile(r"(?:^|;)\s*([a-z]+)\s*=\s*([^;]*)")


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """What one mail's signatures are worth.

    domain, selector: of the signature that decided, "" when there is none; record: the key that decided, "" when none.
    """

    result: Result
    domain: str = ""
    selector: str = ""
    record: str = ""


class BadKeysFileError(RecoursError):
    """The file of keys is not a table of names and TXT records."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(
            {
                "en": f"{file} is not a file of keys: {why}",
                "fr": f"{file} n'est pas un fichier de clés : {why}",
            },
            todo={
                "en": 'Write one line a key: selector._domainkey.domain: "v=DKIM1; k=rsa; p=..."',
                "fr": 'Écrivez une ligne par clé : sélecteur._domainkey.domaine : "v=DKIM1; k=rsa; p=..."',
            },
        )


def keys_of(file: Path) -> dict[str, str]:
    """A YAML file of DNS names and their TXT records.  Raises MissingSourceError, BadKeysFileError."""
    try:
        table = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except OSError as error:
        raise MissingSourceError(file, error.strerror or str(error)) from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadKeysFileError(file, str(error)) from None
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise BadKeysFileError(file, "it is no table of names and records")
    return {str(name).rstrip(".").lower(): value for name, value in table.items()}


def signed(mail: bytes, keys: Mapping[str, str]) -> Signed:
    """The best of the mail's signatures.  mail: as its sender sent it; keys: TXT records by DNS name."""
    import dkim

    verdicts = []
    for number, (domain, selector) in enumerate(_signers(mail)):
        record = keys.get(key_name(domain, selector))
        if record is None:
            verdicts.append(Signed(result="no_key", domain=domain, selector=selector))
            continue
        text = record.encode()
        try:
            good = dkim.DKIM(mail).verify(idx=number, dnsfunc=lambda _name, timeout=5, text=text: text)  # noqa: ARG005
        except (dkim.DKIMException, ValueError, KeyError, IndexError):
            good = False
        result: Result = "pass" if good else "fail"
        verdicts.append(Signed(result=result, domain=domain, selector=selector, record=record))
    ranked = sorted(verdicts, key=lambda v: ("pass", "fail", "no_key").index(v.result))
    return ranked[0] if ranked else Signed(result="no_signature")


def key_names(mail: bytes) -> tuple[str, ...]:
    """The DNS names under which the keys of a mail's signatures stand."""
    return tuple(key_name(domain, selector) for domain, selector in _signers(mail) if domain and selector)


def key_name(domain: str, selector: str) -> str:
    return f"{selector}._domainkey.{domain}"


def _signers(mail: bytes) -> Iterator[tuple[str, str]]:
    """Domain and selector of each signature."""
    for found in _SIGNATURE.finditer(mail):
        tags = dict(_TAG.findall(re.sub(r"\s+", " ", found[1].decode("ascii", "replace"))))
        yield tags.get("d", "").strip().lower(), tags.get("s", "").strip().lower()


def provider_says(mail: bytes) -> str:
    """The Authentication-Results of the mail (RFC 8601), "" when none: the word of a mail provider, not a proof."""
    found = _RESULTS.search(mail.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0] + b"\n")
    return re.sub(r"\s+", " ", found[1].decode("utf-8", "replace")).strip() if found else ""
