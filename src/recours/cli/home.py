"""Where cases live when nobody says otherwise."""

from __future__ import annotations

import os
from pathlib import Path


def default_store() -> Path:
    """RECOURS_HOME (a folder), else the platform's folder for a person's data."""
    home = os.environ.get("RECOURS_HOME")
    if home:
        return Path(home) / "cases.recours"
    from platformdirs import user_data_path

    return user_data_path("recours", appauthor=False) / "cases.recours"
