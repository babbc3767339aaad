"""DKIM: a signature holds with its key, breaks with a changed word, and says nothing without a key."""

from __future__ import annotations

from pathlib import Path

import dkim
import pytest
from tests.mailboxes import lamp_dispute

from recours.intake.custody import BadKeysFileError, keys_of, signed
from recours.intake.errors import MissingSourceError

# A key made for this test and used nowhere else.
PRIVATE = b"""-----BEGIN RSA PRIVATE KEY-----
MIICXAIBAAKBgQCumhEVyrFyePwiMOXam/kLPWpQX9vLfZcAsKwKpR+KEl3FBjIR
y57lx36qd0STDPp705+Gy6fU5l2FLbTbM1Z4UlRbrZ45pGCwpLvAPLoIufjOIDVL
J506he7sh7x4MQtx/ybm23t5knaVuBv31OUKvFtOGGlaxxHfdsAFJL3F2QIDAQAB
AoGARSrPXdygEwMOjtTkGYf0TpmTxidTQPeNnD5gyQ7EwcOo1eYwa5BIcCppaUo6
Ji7cA7W/2nxPDi38GkgS/0sFE5m1ljw+epcNl1vajrWEDZnlAGV0GD//eDZsUNWc
+ygqWzD20FEuEJ5hCqSrtFLZQuwJ5e0uPAtTfQ73FUvI3CECQQDVroron2wGUxE9
ne5vB2FztEefIF0JtnyI+6FXmxWk7NmgtP5LcZtELuD5YH6mO5ISztE9AF9Bn6Nq
8vEFoYR9AkEA0S41F7LeXYEQ7FBW66CEyGG6wr+Pb0sPu7Uo5McdHh6uL+w52mxC
U7TuaZe/o/KZfDOqAgC0blFlI/VEh0GRjQJAJqV70BjNQ9OQQbGnpwMRuAh6D6id
yxzrJydDhgGxh3Oi5LL3bxOr/kfwPooaPdx2TdqD82F22PqTZstrlhYhTQJALmyz
6dOP2G65o8jc0aSpc5OFEI3VNp0RG9bEAapTQwkKHaau3FQkkFFajGLabHd+KvuI
YrNnWAiGiul3URFzTQJBAJINPLD5nr+K2VX0zTbY797gTlRS9V5QffgEXBFMvoMp
PddQ0vatKdbAkx/ktbpZvleJWtpXhBjipBvcS24yHMI=
-----END RSA PRIVATE KEY-----
"""
PUBLIC = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCumhEVyrFyePwiMOXam/kLPWpQX9vLfZcAsKwKpR+KEl3FBjIRy5"
    "7lx36qd0STDPp705+Gy6fU5l2FLbTbM1Z4UlRbrZ45pGCwpLvAPLoIufjOIDVLJ506he7sh7x4MQtx/ybm23t5knaV"
    "uBv31OUKvFtOGGlaxxHfdsAFJL3F2QIDAQAB"
)
NAME = "shop._domainkey.atelierlumen.example"
KEYS = {NAME: f"v=DKIM1; k=rsa; p={PUBLIC}"}


def with_signature(mail: bytes) -> bytes:
    wire = mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return bytes(dkim.sign(wire, b"shop", b"atelierlumen.example", PRIVATE)) + wire


def test_a_signature_holds_with_its_key_and_breaks_with_a_changed_word() -> None:
    mail = with_signature(lamp_dispute().mails[0])
    assert signed(mail, KEYS).result == "pass"
    assert signed(mail.replace(b"\r\n", b"\n"), KEYS).result == "pass"  # as an mbox keeps it
    assert signed(mail.replace(b"217,30", b"117,30"), KEYS).result == "fail"
    found = signed(mail, {})
    assert (found.result, found.domain, found.selector) == ("no_key", "atelierlumen.example", "shop")
    assert signed(lamp_dispute().mails[0], KEYS).result == "no_signature"


def test_a_broken_signature_is_a_failure_and_no_crash() -> None:
    mail = (
        b"DKIM-Signature: v=1; a=rsa-sha256; d=atelierlumen.example; s=shop; bh=x; b=y; h=from\r\n"
        + lamp_dispute().mails[0]
    )
    assert signed(mail, KEYS).result == "fail"
    assert signed(b"DKIM-Signature: nonsense\r\n\r\n", {}).result == "no_key"


def test_a_file_of_keys(tmp_path: Path) -> None:
    file = tmp_path / "keys.yaml"
    file.write_text(f'{NAME.upper()}.: "v=DKIM1; k=rsa; p={PUBLIC}"\n', encoding="utf-8")
    assert keys_of(file) == KEYS
    file.write_text("- a\n", encoding="utf-8")
    with pytest.raises(BadKeysFileError):
        keys_of(file)
    with pytest.raises(MissingSourceError):
        keys_of(tmp_path / "none.yaml")
