"""A model's card: the TOML file beside its weights that says what it is and how it was made.

Reading and writing cards lives here; finding and loading the networks lives in
`weights.registry`.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from blurstudio.errors import WeightsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TASKS = ("motion", "deblur", "refine", "keep", "shake")
_TABLES = ("config", "scores")


@dataclass(frozen=True)
class ModelCard:
    """What is known about one network.

    Attributes
    ----------
    name
        Name of its files, without suffix.
    task
        One of `TASKS`.
    architecture, config
        Key and arguments for `blurstudio.networks.build`.
    sha256
        Hash of the weights file, hexadecimal; filled in when the network is saved.
    data, steps, hardware, seed, date, recipe
        How it was trained: photos, optimiser steps, machine, random seed, ISO date, recipe file.
    scores
        Figures on the fixed evaluation sets, by name.
    licence
        SPDX identifier.
    weights
        Where the weights file is; None for a card that was never saved.
    """

    name: str
    task: str
    architecture: str
    config: Mapping[str, Any] = field(default_factory=dict)
    sha256: str = ""
    data: str = ""
    steps: int = 0
    hardware: str = ""
    seed: int = 0
    date: str = ""
    recipe: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)
    licence: str = "MIT"
    weights: Path | None = None


def read_card(path: Path) -> ModelCard:
    """Read a card.

    Parameters
    ----------
    path
        The ``.toml`` file; the weights are expected beside it as ``.safetensors``.

    Raises
    ------
    WeightsError
        If the card is missing, isn't TOML, or lacks what a card must say.
    """
    try:
        state = path.stat()
        return _read_card(path, (state.st_mtime_ns, state.st_size))
    except FileNotFoundError as error:
        raise WeightsError(
            "The model card {path} is missing; install Blur Studio again or copy the card beside "
            "its weights.",
            path=path,
        ) from error
    except OSError as error:
        raise WeightsError(
            "The model card {path} can't be read; install the model again.", path=path
        ) from error


@lru_cache(maxsize=64)
def _read_card(path: Path, _state: tuple[int, int]) -> ModelCard:
    """Read a card that was changed since it was last read; the window asks for names often."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise WeightsError(
            "The model card {path} can't be read; install the model again.", path=path
        ) from error
    known = {f.name: f for f in fields(ModelCard) if f.name != "weights"}
    values = {key: value for key, value in content.items() if key in known}
    wrong = [
        name
        for name, f in known.items()
        if not isinstance(values.get(name, _example(f.type)), _type_of(f.type))
    ]
    missing = [name for name in ("name", "task", "architecture", "sha256") if name not in values]
    if missing or wrong or values["task"] not in TASKS:
        what = ", ".join(missing or wrong) or "task"
        raise WeightsError(
            "The model card {path} is not complete ({why}); install the model again.",
            path=path,
            why=what,
        )
    return ModelCard(**values, weights=path.with_suffix(".safetensors"))


def format_card(card: ModelCard) -> str:
    """Return a card as TOML text: plain values first, then the tables of config and scores."""
    plain = [f.name for f in fields(card) if f.name not in (*_TABLES, "weights")]
    lines = [f"{name} = {_value(getattr(card, name))}" for name in plain]
    for table in _TABLES:
        lines += ["", f"[{table}]"]
        lines += [f"{_key(k)} = {_value(v)}" for k, v in getattr(card, table).items()]
    return "\n".join(lines) + "\n"


def _type_of(annotation: Any) -> type | tuple[type, ...]:  # noqa: ANN401 - a field's annotation
    return {"str": str, "int": int}.get(str(annotation), dict)


def _example(annotation: Any) -> Any:  # noqa: ANN401 - a value of whatever the annotation says
    return {"str": "", "int": 0}.get(str(annotation), {})


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _string(key)


def _value(value: object) -> str:
    """Write one TOML value; what has no TOML form is a programming mistake."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value).replace("infinity", "inf")
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    raise TypeError(f"a card can't hold a {type(value).__name__}")


def _string(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(c, c if c.isprintable() else _escape(c)) for c in text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
