"""Photos of 200 MB and of many million pixels: a good page, in a memory of few times what they hold."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat, JpegImagePlugin
from tests.papers.cases import lamp

from recours.app.add import add
from recours.app.write_paper import bundle
from recours.intake import from_files
from recours.intake.coefficients import MOST, held
from recours.papers.show_picture import MAX_PIXELS, show_picture
from recours.papers.types import Exhibit
from recours.words import Language

LARGE = 200_000_000  # bytes
EXHIBIT = Exhibit(label="P-1", date="2026-06-20", title="Photo", kind="photo", sha256="0")
PEAK = """
import sys
from recours.papers.show_picture import show_picture
from recours.papers.types import Exhibit
exhibit = Exhibit(label="P-1", date="2026-06-20", title="Photo", kind="photo", sha256="0")
assert show_picture(exhibit, open(sys.argv[1], "rb").read(), "", "en").files
(line,) = (line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(int(line.split()[1]) // 1024)
"""  # the rusage of a child begins with what its parent held


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((4000, 3000)).save(out, "JPEG")
    return out.getvalue()


def with_metadata(data: bytes) -> bytes:
    """Segments of an application's own after the start (ITU-T T.81, B.2.4.6): 65,535 bytes each at most."""
    segment = b"\xff\xef\xff\xff" + bytes(65_533)
    return data[:2] + segment * (LARGE // len(segment)) + data[2:]


def with_a_tail(data: bytes) -> bytes:
    """What a telephone writes after the picture's end: a film, a map of depths."""
    return data + bytes(LARGE)


@pytest.mark.parametrize("grown", [with_metadata, with_a_tail])
def test_a_photo_of_200_mb_is_a_good_page(
    tmp_path: Path, grown: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOURS_OCR", "off")
    desk, case = lamp(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(grown(jpeg()))
    start = time.monotonic()
    added = add(desk, case, [tmp_path / "photo.jpg"])
    made = bundle(desk, case)
    assert time.monotonic() - start < 60  # seconds; some five on a quiet machine
    assert added.kept[0].status == "taken" and not made.problems
    assert len(made.pdf) < 5_000_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
@pytest.mark.parametrize(("mode", "each"), [("P", 4), ("1", 4), ("RGB", 7)])
def test_a_page_of_many_pixels_is_shown_in_bounded_memory(tmp_path: Path, mode: str, each: int) -> None:
    """Old bug: a palette or a line drawing was copied in colours, whole: 2.1 GB for 177 million pixels.

    each: bytes a pixel, beside the program's own 60 MB; Pillow holds a pixel in colours in four.
    """
    side = 8_000
    Image.new(mode, (side, side), 1).save(tmp_path / "large.png", transparency=3 if mode == "P" else None)
    command = [sys.executable, "-W", "ignore", "-c", PEAK, str(tmp_path / "large.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 60 + each * side * side / 2**20


def saved(side: int, *, progressive: bool, subsampling: int, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (side, side), 90).save(out, "JPEG", progressive=progressive, subsampling=subsampling)
    return out.getvalue()


@pytest.mark.parametrize(
    ("progressive", "subsampling", "mode", "each"),
    [
        (False, 0, "RGB", 0),
        (False, 2, "RGB", 0),
        (True, 0, "RGB", 6),
        (True, 1, "RGB", 4),
        (True, 2, "RGB", 3),
        (True, 0, "L", 2),
        (True, 0, "CMYK", 8),
    ],
)
def test_bytes_a_pixel_that_a_decoder_must_hold(
    progressive: bool, subsampling: int, mode: str, each: int
) -> None:
    data = saved(400, progressive=progressive, subsampling=subsampling, mode=mode)
    with Image.open(io.BytesIO(data)) as picture:
        assert held(picture, data) == each * 400 * 400


def test_colours_one_after_the_other_are_held_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """ITU-T T.81, B.2.3: the number of colours of a scan stands behind its length; markers may be led by FF bytes."""
    data = saved(400, progressive=False, subsampling=0)
    at = data.index(b"\xff\xda")
    one = data[:2] + b"\xff" + data[2:at] + b"\xff\xda\x00\x08\x01" + data[at + 5 :]
    with Image.open(io.BytesIO(data)) as picture:
        assert held(picture, one) == 6 * 400 * 400
        assert held(picture, data[:at]) == 6 * 400 * 400  # no scan is found: the worst is supposed


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_a_progressive_photo_takes_what_is_reckoned_and_a_larger_one_says_why_it_is_not_shown(
    tmp_path: Path,
) -> None:
    """Old bug: 144 million pixels took 1 GB.  A decoder holds all coefficients, however small a picture is asked for."""
    (tmp_path / "shown.jpg").write_bytes(saved(5_000, progressive=True, subsampling=0))
    command = [sys.executable, "-W", "ignore", "-c", PEAK, str(tmp_path / "shown.jpg")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    reckoned = 6 * 5_000 * 5_000 / 2**20
    assert reckoned < int(done.stdout) < reckoned + 130
    large = saved(8_000, progressive=True, subsampling=0)
    said: dict[Language, str] = {"en": "progressive JPEG", "fr": "JPEG progressif"}
    for language, why in said.items():
        told = show_picture(EXHIBIT, large, "", language)
        assert not told.files and told.problem is not None and why in str(told.shown)
    (tmp_path / "photo.jpg").write_bytes(saved(8_000, progressive=False, subsampling=0))
    subprocess.run(
        [*command[:-1], str(tmp_path / "photo.jpg")], check=True
    )  # the same, saved again, is shown


@pytest.mark.parametrize("mode", ["P", "1", "RGB", "I;16"])
def test_strips_join_without_a_seam(mode: str) -> None:
    given = Image.radial_gradient("L").resize((7_300, 4_100)).convert("L")
    if mode == "I;16":
        picture = given.convert("I").point(lambda value: value * 256).convert("I;16")
    else:
        picture = given.convert(mode)
    out = io.BytesIO()
    picture.save(out, "PNG")
    ((_, data),) = show_picture(EXHIBIT, out.getvalue(), "", "en").files.items()
    found = Image.open(io.BytesIO(data))
    wanted = picture.convert("RGB") if mode != "I;16" else given.convert("RGB")
    wanted.thumbnail((MAX_PIXELS, MAX_PIXELS))
    assert found.size == wanted.size
    difference = ImageStat.Stat(ImageChops.difference(found, wanted))
    assert max(difference.mean) < 5 and max(difference.rms) < 8  # of 255: the grain of JPEG and of dots


@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_stands_upright(turned: int, kind: str) -> None:
    """Exif 2.32, tag Orientation: eight ways of holding a camera."""
    picture = Image.new("RGB", (400, 200), "white")
    picture.paste("black", (0, 0, 100, 50))
    exif = Image.Exif()
    exif[0x0112] = turned
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    ((_, data),) = show_picture(EXHIBIT, out.getvalue(), "", "en").files.items()
    wanted = ImageOps.exif_transpose(Image.open(io.BytesIO(out.getvalue())))
    found = Image.open(io.BytesIO(data))
    assert found.size == wanted.size
    assert max(ImageStat.Stat(ImageChops.difference(found, wanted)).mean) < 2


def test_the_day_of_a_photo_too_large_to_be_held_is_read_without_decoding_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Old bug: ``add`` decoded the progressive photo that the bundle does not show, with 1 GB."""
    exif = Image.Exif()
    exif[306] = "2026:08:28 14:39:00"
    out = io.BytesIO()
    Image.new("RGB", (64, 64)).save(out, "JPEG", exif=exif, progressive=True)
    decoded: list[str] = []
    monkeypatch.setattr(from_files, "held", lambda *_: MOST + 1)
    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "load", lambda _picture: decoded.append("whole"))
    assert from_files.photo_date("dress.jpg", out.getvalue()) == ("2026-08-28T14:39:00", None)
    assert decoded == []
