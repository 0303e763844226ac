"""The motion as numbers: flow files, paths, and the sheet of blur kernels.

The files' formats are `media`'s and told in docs/formats.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.engine.drawing.views import kernel_picture
from blurstudio.media import paths
from blurstudio.media.flow import write_flo, write_kitti
from blurstudio.media.pfm import write_pfm
from blurstudio.media.stills import write_still

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.engine.export.task import Files, Task
    from blurstudio.exposure.trajectory import Trajectory

_FLOW_WRITERS = {"flo": write_flo, "kitti": write_kitti, "pfm": write_pfm}


def write_flow(task: Task, files: Files) -> None:
    """Write the flow in each kind of file."""
    flow = task.analysis.flow
    for kind, path in files.items():
        _FLOW_WRITERS[kind](path, flow)


def write_paths(task: Task, files: Files) -> None:
    """Write the exposure trajectories."""
    for path in files.values():
        write_trajectory(path, task.analysis.trajectory)


def write_kernels(task: Task, files: Files) -> None:
    """Write the picture of the local blur kernels."""
    for path in files.values():
        write_still(path, kernel_picture(task.analysis.trajectory.to("cpu")), None, 8)


def write_trajectory(path: Path, trajectory: Trajectory) -> None:
    """Write a trajectory, wherever its maps are, as `path.npz` (see `docs/formats.md`)."""
    on_cpu = trajectory.to("cpu")
    paths.write_paths(
        path,
        on_cpu.maps.detach().numpy(),
        on_cpu.constraint.value,
        on_cpu.size,
        None if on_cpu.confidence is None else on_cpu.confidence.detach().numpy(),
        None if on_cpu.flipped is None else on_cpu.flipped.numpy(),
    )
