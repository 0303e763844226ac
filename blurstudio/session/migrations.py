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

    Table = dict[str, Any]
    Step = Callable[[Table], Table]


def _seen_with(**usual: object) -> Step:
    """Make the step that lets a view say what went without saying before."""

    def step(table: Table) -> Table:
        view = table.get("view")
        return {**table, "view": {**usual, **view}} if isinstance(view, dict) else table

    return step


def _add_blend(table: Table) -> Table:
    """Say what went without saying before version 3: results were used as they are."""
    return {**table, "blend": blend_form.blend_table(Blend())}


STEPS: dict[int, Step] = {
    1: _seen_with(part=list(WHOLE)),
    2: _add_blend,
    3: _seen_with(grid=None),
    4: _seen_with(partner=[]),
}
"""By version: what makes a document of the next one of it. Version 1 is the first."""


def migrated(table: Table, version: int) -> Table:
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
