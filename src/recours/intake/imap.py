"""A mailbox on its provider's server -> a spool of mbox files, read-only and resumable (RFC 9051, 3501).

Folders are opened with EXAMINE and messages fetched with BODY.PEEK: nothing on the server changes, no message becomes
read.  What was fetched is remembered by UIDVALIDITY and UID after each batch, so that a broken or interrupted run goes
on where it stopped, and a later run fetches only what is new.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from recours.intake.imap_address import ImapAddress
from recours.intake.imap_errors import (
    ImapBrokenOffError,
    ImapConnectError,
    ImapFolderError,
    ImapInsecureError,
    ImapLoginError,
    ImapNothingError,
)

BATCH_BYTES = 8 * 2**20  # asked of the server at a time, one message at least
BATCH_MESSAGES = 200
ASKED_AT_ONCE = 1000  # messages named in one command: servers bound the length of a line
TIMEOUT = 60.0  # seconds without a word from the server

Progress = Callable[[str, int, int], None]
_FROM_LINE = re.compile(rb"^(>*From )", re.MULTILINE)
SPOOLS = "imap"  # a folder of the program's own, one folder a mailbox
_UNSAFE = re.compile(r"[^\w.@+-]+")


class Secret(msgspec.Struct, frozen=True):
    """What opens the mailbox; token: of OAuth 2 (SASL XOAUTH2) instead of a password.  Never kept, never shown."""

    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return "Secret(...)"


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """spool: the folder of mbox files; found: messages of the folders and dates asked; new: those fetched now."""

    spool: Path
    folders: tuple[str, ...]
    found: int
    new: int


class _State(msgspec.Struct, kw_only=True):
    """Of one folder: uids fetched, and how many bytes of its mbox are whole."""

    uidvalidity: int
    uids: list[int]
    size: int = 0


def fetch(
    address: ImapAddress,
    secret: Secret,
    data: Path,
    *,
    since: date,
    before: date | None = None,
    folders: Sequence[str] = (),
    progress: Progress = lambda _stage, _done, _total: None,
) -> Fetched:
    """Fetch what is new in the folders, of messages that arrived in since <= day < before (the server's day).

    data: a folder of this program's own, where the spool is kept; folders: by name, else the address's, else all mail
    where the provider has such a folder, else the inbox and the sent mail.  progress: stage, bytes done, bytes in all.
    Raises ImapConnectError, ImapInsecureError, ImapLoginError, ImapFolderError, ImapNothingError,
    ImapBrokenOffError.
    """
    home = data / SPOOLS / _UNSAFE.sub("_", f"{address.user}@{address.host}")
    criteria: list[object] = ["SINCE", since, *(("BEFORE", before) if before else ())]
    with _session(address, secret) as client:
        try:
            wanted = _wanted(client, tuple(folders) or address.folders)
            work = [(name, *_missing(client, name, home, criteria)) for name in wanted]
            total, done, new = sum(sum(sizes.values()) for *_, sizes in work), 0, 0
            for name, _, state, sizes in work:
                if not sizes:
                    continue
                client.select_folder(name, readonly=True)
                for count, size in _append(client, home, name, state, sizes):
                    done, new = done + size, new + count
                    progress("fetch", done, total)
        except (IMAPClientError, OSError) as error:
            raise ImapBrokenOffError(address.host, str(error)) from None
    found = sum(w[1] for w in work)
    if not found:
        raise ImapNothingError(wanted, since)
    return Fetched(spool=home, folders=tuple(wanted), found=found, new=new)


@contextlib.contextmanager
def _session(address: ImapAddress, secret: Secret) -> Iterator[IMAPClient]:
    try:
        client = IMAPClient(address.host, address.port, ssl=address.tls, timeout=TIMEOUT, use_uid=True)
    except (OSError, IMAPClientError) as error:
        raise ImapConnectError(address.host, address.port, str(error)) from None
    try:
        try:
            if not address.tls and not address.loopback:
                if not client.has_capability("STARTTLS"):
                    raise ImapInsecureError(address.host, address.port)
                client.starttls()
        except (OSError, IMAPClientError) as error:
            raise ImapConnectError(address.host, address.port, str(error)) from None
        try:
            if secret.token:
                client.oauth2_login(address.user, secret.token)
            else:
                client.login(address.user, secret.password)
        except LoginError as error:
            raise ImapLoginError(address.user, address.host, str(error)) from None
        except (OSError, IMAPClientError) as error:
            raise ImapBrokenOffError(address.host, str(error)) from None
        yield client
    finally:
        with contextlib.suppress(OSError, IMAPClientError):
            client.logout()


def _wanted(client: IMAPClient, asked: Sequence[str]) -> tuple[str, ...]:
    """The server's own names of the folders; special uses by RFC 6154."""
    listed = [(flags, str(name)) for flags, _, name in client.list_folders() if b"\\Noselect" not in flags]
    by_name = {name.casefold(): name for _, name in listed}
    if asked:
        unknown = next((name for name in asked if name.casefold() not in by_name), None)
        if unknown is not None:
            raise ImapFolderError(unknown, sorted(name for _, name in listed))
        return tuple(dict.fromkeys(by_name[name.casefold()] for name in asked))
    used = {flag: name for flags, name in listed for flag in (b"\\All", b"\\Sent") if flag in flags}
    if b"\\All" in used:
        return (used[b"\\All"],)
    return tuple(dict.fromkeys(("INBOX", *([used[b"\\Sent"]] if b"\\Sent" in used else []))))


def _missing(
    client: IMAPClient, name: str, home: Path, criteria: Sequence[object]
) -> tuple[int, _State, dict[int, int]]:
    """How many messages the folder has of the dates asked, what was fetched before, sizes in bytes of the others."""
    validity = int(client.select_folder(name, readonly=True)[b"UIDVALIDITY"])
    uids = client.search(list(criteria))
    state = _load(_state_file(home, name, validity), validity)
    known = set(state.uids)
    missing = [u for u in uids if u not in known]
    sizes: dict[int, int] = {}
    for first in range(0, len(missing), ASKED_AT_ONCE):
        got = client.fetch(missing[first : first + ASKED_AT_ONCE], ["RFC822.SIZE"])
        sizes |= {
            int(uid): int(found[b"RFC822.SIZE"]) for uid, found in got.items() if b"RFC822.SIZE" in found
        }
    return len(uids), state, {u: sizes[u] for u in missing if u in sizes}


def _append(
    client: IMAPClient, home: Path, name: str, state: _State, sizes: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Batch by batch: the messages to the mbox, then the state.  Yields messages and bytes that are safe on the disk."""
    file, state_file = _mbox_file(home, name, state.uidvalidity), _state_file(home, name, state.uidvalidity)
    for folder in (file.parent, state_file.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.open("ab") as mbox:
        mbox.truncate(state.size)  # what an interrupted run left half written is fetched again
        for batch in _batches(sizes):
            got = client.fetch(batch, ["BODY.PEEK[]", "INTERNALDATE"])
            for uid in batch:
                raw = got.get(uid, {}).get(b"BODY[]")
                if raw:
                    mbox.write(framed(raw, got[uid][b"INTERNALDATE"].timetuple()))
            mbox.flush()
            os.fsync(mbox.fileno())
            state.uids.extend(batch)
            state.size = mbox.tell()
            _save(state_file, state)
            yield sum(1 for uid in batch if uid in got), sum(sizes[u] for u in batch)


def _batches(sizes: dict[int, int]) -> Iterator[list[int]]:
    batch: list[int] = []
    weight = 0
    for uid in sorted(sizes):
        if batch and (len(batch) >= BATCH_MESSAGES or weight + sizes[uid] > BATCH_BYTES):
            yield batch
            batch, weight = [], 0
        batch.append(uid)
        weight += sizes[uid]
    if batch:
        yield batch


def framed(message: bytes, when: time.struct_time) -> bytes:
    """A message as an mbox holds it (mboxrd: a ">" before each line that begins with "From "), undone by ``content``."""
    body = _FROM_LINE.sub(rb">\1", message)
    end = b"\n" if body.endswith(b"\n") else b"\n\n"
    return b"From imap@localhost " + time.asctime(when).encode() + b"\n" + body + end


def _mbox_file(home: Path, name: str, validity: int) -> Path:
    return home / f"{_file_name(name)}.{validity}.mbox"


def _state_file(home: Path, name: str, validity: int) -> Path:
    return home.parent / ".state" / home.name / f"{_file_name(name)}.{validity}.json"


def _file_name(name: str) -> str:
    """A folder's name as a file's; another name never gives the same file."""
    safe = _UNSAFE.sub("_", name).strip("._")[:60]
    return safe if safe == name else f"{safe}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _load(file: Path, validity: int) -> _State:
    """Uids are kept as RFC 9051 writes a set of them: 1:40,55."""
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=dict[str, int | str])
        ranges = [r.partition(":") for r in str(kept["uids"]).split(",") if r]
        uids = [u for a, _, b in ranges for u in range(int(a), int(b or a) + 1)]
        return _State(uidvalidity=validity, uids=uids, size=int(kept["size"]))
    except (FileNotFoundError, msgspec.DecodeError, KeyError, ValueError):
        return _State(uidvalidity=validity, uids=[])


def _save(file: Path, state: _State) -> None:
    kept = {"uidvalidity": state.uidvalidity, "size": state.size, "uids": _ranges(state.uids)}
    part = file.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(kept))
    part.replace(file)


def _ranges(uids: Sequence[int]) -> str:
    pieces: list[list[int]] = []
    for uid in sorted(uids):
        if pieces and uid == pieces[-1][1] + 1:
            pieces[-1][1] = uid
        else:
            pieces.append([uid, uid])
    return ",".join(str(a) if a == b else f"{a}:{b}" for a, b in pieces)
