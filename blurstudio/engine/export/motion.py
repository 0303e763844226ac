"""The motion as numbers: flow files, paths, and the sheet of blur kernels.

The files' formats are `media`'s and told in docs/formats.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.engine.export import results
from blurstudio.media.flow import write_flo, write_kitti
from blurstudio.media.pfm import write_pfm

if TYPE_CHECKING:
    from blurstudio.engine.export.task import Files, Task

_FLOW_WRITERS = {"flo": write_flo, "kitti": write_kitti, "pfm": write_pfm}


def write_flow(task: Task, files: Files) -> None:
    """Write the flow in each kind of file."""
    flow = task.analysis.flow
    for kind, path in files.items():
        _FLOW_WRITERS[kind](path, flow)


def write_paths(task: Task, files: Files) -> None:
    """Write the exposure trajectories."""
    for path in files.values():
        results.write_trajectory(path, task.analysis.trajectory)


def write_kernels(task: Task, files: Files) -> None:
    """Write the picture of the local blur kernels."""
    for path in files.values():
        results.write_kernels(path, task.analysis.trajectory)
