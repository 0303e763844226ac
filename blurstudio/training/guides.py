"""What a trained motion network says about every exposure of a set, asked once and kept.

A guided deblurring network is trained on these answers rather than on the truth, so that it learns
how far to believe them. They are read from whole exposures, as later from whole photos. The
truth can be the guide as well, as the bound on what any guide is worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import torch

from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.resample import resample
from blurstudio.exposure.signfree import decode_sign_free
from blurstudio.networks import confidence
from blurstudio.networks.guide import GUIDE_CHANNELS, GUIDE_STRIDE
from blurstudio.training.batches import in_order
from blurstudio.training.recipe_checks import TRUTH
from blurstudio.weights import registry
from blurstudio.whole_files import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor, nn

    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.training.batches import Exposures

_BATCH = 8


def prepare_guides(
    name: str, exposures: Exposures, folder: Path, prepare: Callable[[nn.Module], nn.Module]
) -> NDArray[np.float16]:
    """Ask a motion network about every exposure, or read what it said before.

    Parameters
    ----------
    name
        Name or path of its weights, or `TRUTH` for the true paths.
    exposures
        Whose pictures it is shown.
    folder
        Where its answers are kept, in a file named after the weights' hash.
    prepare
        Brings the network to where and how it is to run.

    Returns
    -------
    ndarray
        ``(count, 5, H/4, W/4)``: the maps a and b (x and y of each) in px and the confidence.

    Raises
    ------
    WeightsError
        If there is no such network.
    """
    if name == TRUTH:
        return _true_guides(exposures)
    card = registry.find(name)
    path = folder / f"guides-{card.sha256[:12]}.npy"
    if path.is_file():
        kept: NDArray[np.float16] = np.load(path, mmap_mode="r")
        if len(kept) == len(exposures):
            return kept
    network = registry.load_network(card, torch.device("cpu"), torch.float32)
    network = prepare(network.eval().requires_grad_(False))
    device = next(network.parameters()).device
    parts = []
    for some in in_order(0, len(exposures), _BATCH):
        pictures = torch.from_numpy(np.stack([exposures[k].blurred for k in some]))
        with torch.no_grad():
            answer = network(pictures.to(device).float().div_(255))
        maps = decode_sign_free(answer.code.float()).flatten(1, 2)
        told = torch.cat([maps, confidence(answer).float()], 1)
        parts.append(told.half().cpu().numpy())
    guides = np.concatenate(parts)
    assert guides.shape[1] == GUIDE_CHANNELS
    with whole_file(path) as temporary:
        np.save(temporary, guides)
    return guides


def kept_guide(trajectory: Trajectory) -> Tensor:
    """Write paths down as guides are kept, so that they can still be turned.

    Returns
    -------
    Tensor
        ``(5, H/4, W/4)``: the maps a and b (x and y of each) in px and the confidence.
    """
    cells = (trajectory.size[0] // GUIDE_STRIDE, trajectory.size[1] // GUIDE_STRIDE)
    sure = cast("Tensor", trajectory.confidence)[None]
    return resample(torch.cat([as_quadratic(trajectory).flatten(0, 1), sure]), cells)


def _true_guides(exposures: Exposures) -> NDArray[np.float16]:
    """Take the paths that exposures were rendered along, wholly sure: `(count, 5, H/4, W/4)`."""
    cells = exposures[0].maps.shape[-2:]
    guides = np.ones((len(exposures), GUIDE_CHANNELS, *cells), np.float16)
    for index in range(len(exposures)):
        guides[index, :-1] = np.asarray(exposures[index].maps).reshape(-1, *cells)
    return guides
