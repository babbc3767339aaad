"""For every test: the machine's own programs do not change what is read."""

from __future__ import annotations

import os

from recours.reading.ocr import SWITCH

os.environ.setdefault(SWITCH, "off")
