"""The bundle and its originals as a bag that a stranger can check with public tools.

Source of the form: RFC 8493 (The BagIt File Packaging Format, version 1.0).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

from recours.papers.types import Exhibit

_KINDS = {
    # media type: ending of the file's name
    "message/rfc822": "eml",
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/html": "html",
    "multipart/related": "mhtml",
    "text/plain": "txt",
}


def bag(payload: Mapping[str, bytes], today: date) -> dict[str, bytes]:
    """payload: relative path -> bytes; today: the bagging date -> every file of the bag by its relative path.

    ValueError for a path that leaves the bag.
    """
    data = {f"data/{_safe(path)}": content for path, content in sorted(payload.items())}
    octets = sum(len(content) for content in data.values())
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Bagging-Date: {today.isoformat()}\nPayload-Oxum: {octets}.{len(data)}\n".encode(),
        "manifest-sha256.txt": _manifest(data),
    }
    return {**tags, "tagmanifest-sha256.txt": _manifest(tags), **data}


def original_name(exhibit: Exhibit) -> str:
    """originals/P-7.eml: by its label, with the usual ending of its kind."""
    return f"originals/{exhibit.label}.{_KINDS.get(exhibit.media_type, 'bin')}"


def _safe(path: str) -> str:
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or not parts.parts or re.search(r"[\r\n%\\]", path):
        raise ValueError(f"{path!r} is no path inside a bag")
    return str(parts)


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files.items()).encode()
