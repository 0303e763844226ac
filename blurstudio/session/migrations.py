"""Older documents brought to the form of today, one version after the other.

Whoever changes the form raises `form.VERSION` and adds the step from the version before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blurstudio.engine.interval import WHOLE
from blurstudio.session import blend_form, form
from blurstudio.session.blend import Blend

if TYPE_CHECKING:
    from collections.abc import Callable


def _with_part(table: dict[str, Any]) -> dict[str, Any]:
    """Let the view of version 1, which knew no part of the exposure, play all of it."""
    view = table.get("view")
    if isinstance(view, dict):
        table = {**table, "view": {"part": list(WHOLE), **view}}
    return table


def _add_blend(table: dict[str, Any]) -> dict[str, Any]:
    """Say what went without saying before version 3: results were used as they are."""
    return {**table, "blend": blend_form.blend_table(Blend())}


def _add_grid(table: dict[str, Any]) -> dict[str, Any]:
    """Let the view of version 3, which didn't say who is in the grid, have the usual ones."""
    view = table.get("view")
    if isinstance(view, dict):
        table = {**table, "view": {"grid": None, **view}}
    return table


def _add_partner(table: dict[str, Any]) -> dict[str, Any]:
    """Let the view of version 4, which didn't say with whom, compare with the photo."""
    view = table.get("view")
    if isinstance(view, dict):
        table = {**table, "view": {"partner": [], **view}}
    return table


STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: _with_part,
    2: _add_blend,
    3: _add_grid,
    4: _add_partner,
}
"""By version: what makes a document of the next one of it. Version 1 is the first."""


def migrated(table: dict[str, Any], version: int) -> dict[str, Any]:
    """Bring a document of some version to `form.VERSION`.

    Raises
    ------
    KeyError
        If there never was such a version.
    """
    while version != form.VERSION:
        table = {**STEPS[version](table), "version": version + 1}
        version += 1
    return table
