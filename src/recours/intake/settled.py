"""What an outline knows of an mbox that stays true when messages are added to its end, and how a file is known again.

A file is known again by samples: its first and last bytes and many between, as they stood at its old size.  A program that
takes messages out of an mbox, or puts others between, moves what follows, so that the last sample is another.
"""

from __future__ import annotations

from array import array
from pathlib import Path

import msgspec

_ENDS = 64 * 1024  # bytes of the first and of the last sample
_SAMPLES, _SAMPLE = 128, 4096  # between them: how many, and bytes of each


class Settled(msgspec.Struct, frozen=True):
    """size: of the file then, in bytes; resume: where the first message opens that is not settled; of those before it,
    in arrays of this machine: where each lies (offset and length in bytes) and its day (see ``days``)."""

    size: int
    resume: int
    offsets: bytes
    lengths: bytes
    days: bytes

    @classmethod
    def of(
        cls, size: int, resume: int, offsets: array[int], lengths: array[int], days: array[int]
    ) -> Settled:
        """The same, of arrays of the types q, q and i."""
        return cls(size, resume, offsets.tobytes(), lengths.tobytes(), days.tobytes())

    def arrays(self) -> tuple[array[int], array[int], array[int]]:
        """Offsets, lengths and days."""
        return array("q", self.offsets), array("q", self.lengths), array("i", self.days)

    def __len__(self) -> int:
        return len(self.days) // array("i").itemsize


def samples(path: str, size: int) -> bytes:
    """Bytes of the first ``size`` of a file, by which it is known again; b"" when it has fewer.  Raises OSError."""
    with Path(path).open("rb", buffering=0) as stream:
        between = range(0, size, max(_SAMPLE, size // _SAMPLES))
        spans = [(0, _ENDS), *((at, _SAMPLE) for at in between), (max(0, size - _ENDS), _ENDS)]
        read = []
        for at, length in spans:
            stream.seek(at)
            read.append(stream.read(min(length, size - at)))
    return b"".join(read) if len(read[-1]) == min(_ENDS, size) else b""
