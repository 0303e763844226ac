"""What a run writes down: JSON lines for programs and people, pictures for the eye.

Lines go to `records.jsonl` in the run's folder and to whoever listens; nothing here trains.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.levels import quantise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import Tensor


class RecordBook:
    """Appends one JSON object per line, each with its time, flushed at once.

    Parameters
    ----------
    path
        The file, appended to.
    listener
        Called with every record.
    """

    def __init__(self, path: Path, listener: Callable[[dict[str, Any]], None] | None) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._listener = listener

    def write(self, kind: str, **values: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Write one record of a kind: `guides`, `start`, `loss`, `measure`, `checkpoint`, `end`."""
        record = {"kind": kind, "time": round(time.time(), 2), **values}
        self._file.write(json.dumps(record) + "\n")
        self._file.flush()
        if self._listener is not None:
            self._listener(record)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def write_preview(path: Path, rows: list[Tensor]) -> None:
    """Save pictures as a sheet: one row per tensor `(N, 3, h, w)` in `[0, 1]`, N columns."""
    import cv2

    sheet = np.concatenate(
        [
            np.concatenate([p.permute(1, 2, 0).numpy() for p in row.float().cpu().clamp(0, 1)], 1)
            for row in rows
        ]
    )
    _, encoded = cv2.imencode(".png", quantise(sheet[..., ::-1], np.uint8))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded.tobytes())
