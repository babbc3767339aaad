"""Writes a small Outlook .msg: a compound file ([MS-CFB]) with the properties of a mail ([MS-OXMSG]).

Just enough for a reader: every stream in the mini stream, siblings as a list.  No library writes this form.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime

SECTOR, MINI = 512, 64
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """A compound file of version 3.  tree: streams (bytes) and storages by name."""
    names: list[str] = ["Root Entry"]
    kinds: list[int] = [5]
    links: list[list[int]] = [[FREE, FREE]]  # right sibling, child
    streams: dict[int, bytes] = {}

    def place(branch: Tree, parent: int) -> None:
        before = FREE
        for name, value in branch.items():
            number = len(names)
            names.append(name)
            kinds.append(2 if isinstance(value, bytes) else 1)
            links.append([FREE, FREE])
            if before == FREE:
                links[parent][1] = number
            else:
                links[before][0] = number
            before = number
            if isinstance(value, bytes):
                streams[number] = value
            else:
                place(value, number)

    place(tree, 0)
    mini = bytearray()
    mini_fat: list[int] = []
    starts: dict[int, int] = {}
    for number, data in streams.items():
        count = -(-len(data) // MINI)
        starts[number] = len(mini_fat) if count else END
        mini_fat += [len(mini_fat) + n + 1 for n in range(count - 1)] + ([END] if count else [])
        mini += data.ljust(count * MINI, b"\0")
    directory = b"".join(
        _entry(names[n], kinds[n], (links[n][0], links[n][1]), starts.get(n, 0), len(streams.get(n, b"")))
        for n in range(len(names))
    )
    parts = [bytes(mini), struct.pack(f"<{len(mini_fat)}I", *mini_fat), directory]
    fat: list[int] = []
    firsts = []
    for part in parts:
        count = -(-len(part) // SECTOR)
        firsts.append(len(fat) if count else END)
        fat += [len(fat) + n + 1 for n in range(count - 1)] + ([END] if count else [])
    sectors = -(-(len(fat) + 1) // (SECTOR // 4))
    first_fat = len(fat)
    fat += [FAT] * sectors
    root = _entry("Root Entry", 5, (links[0][0], links[0][1]), firsts[0], len(mini))
    parts[2] = root + directory[128:]
    body = b"".join(p.ljust(-(-len(p) // SECTOR) * SECTOR, b"\xff") for p in parts)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sectors * SECTOR, b"\xff")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<IIIIIIIIII",
        0,
        sectors,
        firsts[2],
        0,
        4096,
        firsts[1],
        len(parts[1]) // SECTOR + 1,
        END,
        0,
        first_fat,
    )
    header += b"".join(struct.pack("<I", first_fat + n) for n in range(1, sectors))
    return header.ljust(SECTOR, b"\xff") + body + table


def _entry(name: str, kind: int, links: tuple[int, int], start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, FREE, *links)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def message(
    *,
    subject: str,
    body: str = "",
    html: str = "",
    sender: tuple[str, str] = ("", ""),
    to: tuple[str, str] = ("", ""),
    sent: datetime | None = None,
    headers: str = "",
    files: Mapping[str, bytes] | None = None,
    ids: Mapping[str, str] | None = None,
    codepage: int = 0,
    inside: Tree | None = None,
) -> bytes:
    """A mail as Outlook saves it.  ids: Content-ID of files, by name; codepage: of the HTML; inside: an attached mail, as
    ``storage`` gives it."""
    return compound(
        storage(
            subject=subject,
            body=body,
            html=html,
            sender=sender,
            to=to,
            sent=sent,
            headers=headers,
            files=files,
            ids=ids,
            codepage=codepage,
            inside=inside,
            within=False,
        )
    )


def storage(
    *,
    subject: str,
    body: str = "",
    html: str = "",
    sender: tuple[str, str] = ("", ""),
    to: tuple[str, str] = ("", ""),
    sent: datetime | None = None,
    headers: str = "",
    files: Mapping[str, bytes] | None = None,
    ids: Mapping[str, str] | None = None,
    codepage: int = 0,
    inside: Tree | None = None,
    within: bool = True,
) -> Tree:
    """What a mail is in a compound file; within: attached to another one, where its header is shorter."""
    texts = {
        0x001A: "IPM.Note", 0x0037: subject, 0x1000: body, 0x0C1A: sender[0], 0x0C1F: sender[1], 0x007D: headers,
    }  # fmt: skip
    tree: dict[str, bytes | Tree] = {}
    fixed = _fixed(0x340D, 0x0003, 0x00040000)
    if codepage:
        fixed += _fixed(0x3FDE, 0x0003, codepage)
    if sent:
        ticks = int((sent.astimezone(UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)
        fixed += _fixed(0x0039, 0x0040, ticks)
    rows, streams = _properties(texts, {0x1013: html.encode()} if html else {})
    tree |= streams
    attached = len(files or {}) + (inside is not None)
    counts = struct.pack("<8x4I", 0, 0, 1 if to[1] else 0, attached) + bytes(0 if within else 8)
    tree["__properties_version1.0"] = counts + fixed + rows
    if to[1]:
        who, told = _properties({0x3001: to[0], 0x3003: to[1], 0x39FE: to[1]}, {})
        tree["__recip_version1.0_#00000000"] = {**told, "__properties_version1.0": bytes(8) + who}
    for n, (name, data) in enumerate((files or {}).items()):
        what, told = _properties({0x3707: name, 0x3712: (ids or {}).get(name, "")}, {0x3701: data})
        tree[f"__attach_version1.0_#{n:08X}"] = {
            **told,
            "__properties_version1.0": bytes(8) + _fixed(0x3705, 0x0003, 1) + what,
        }
    if inside is not None:
        method = _fixed(0x3705, 0x0003, 5)  # afEmbeddedMessage
        held: dict[str, bytes | Tree] = {
            "__properties_version1.0": bytes(8) + method,
            "__substg1.0_3701000D": inside,
        }
        tree[f"__attach_version1.0_#{attached - 1:08X}"] = held
    return tree


def _fixed(pid: int, kind: int, value: int) -> bytes:
    return struct.pack("<HHIQ", kind, pid, 6, value)


def _properties(texts: Mapping[int, str], binaries: Mapping[int, bytes]) -> tuple[bytes, dict[str, bytes]]:
    rows, streams = b"", {}
    values = [(pid, 0x001F, text.encode("utf-16-le")) for pid, text in texts.items() if text]
    values += [(pid, 0x0102, data) for pid, data in binaries.items()]
    for pid, kind, data in values:
        rows += struct.pack("<HHIQ", kind, pid, 6, len(data) + (2 if kind == 0x001F else 0))
        streams[f"__substg1.0_{pid:04X}{kind:04X}"] = data
    return rows, streams
