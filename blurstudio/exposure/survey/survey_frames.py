"""The two vectors each cell is surveyed around: the straight path and the main axis of its spread.

Hypotheses are bends of one or the other. A path that turns back hardly goes anywhere, so its
straight part is easily misread, and the truth may be too far from it to be tried; how far it
spreads, and which way, is read nearly as well as for any other path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.alignment import coherent_signs
from blurstudio.exposure.confidence import STILL, confidence_for, expected_error
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.signfree import encode_sign_free, half_angle
from blurstudio.exposure.survey.spread import axes_of, spread_of

if TYPE_CHECKING:
    from blurstudio.exposure.trajectory import Trajectory

FRAMES = 2
"""Vectors that each cell is surveyed around."""


def survey_frames(
    given: Trajectory, grid: tuple[int, int], spread: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Bring paths, and what is known of them besides, to the cells of a survey.

    Parameters
    ----------
    given
        Of any family; only its ends and its confidence are looked at.
    grid
        (h, w).
    spread
        (4, h', w') px of the paths' picture: how far they spread (`spread.spread_of`), and the
        expected error of that. Left out, it is taken from the paths.

    Returns
    -------
    straight : Tensor
        (K, 2, h, w) px: a of u = a t + b t^2, and the main axis of the spread, directions made to
        agree from cell to cell.
    about : Tensor
        (K, 5, h, w) px, for each of these vectors: its expected error, how far the main axis goes
        along and across it, the length of the minor axis, and the expected error of the spread.
    """
    maps = as_quadratic(given)
    code = encode_sign_free(maps)[:2]
    sure = given.confidence
    if sure is None:
        sure = torch.full_like(code[0], 0.5)
    error = expected_error(code.norm(dim=0), sure)
    spread = torch.cat([spread_of(maps), error[None]]) if spread is None else spread.to(maps)
    code, error, spread = (
        F.adaptive_avg_pool2d(each[None], grid)[0] for each in (code, error[None], spread)
    )
    path = half_angle(code)
    main, minor = axes_of(spread[:3])
    # How sure the direction of the main axis is, is not known: the path's confidence is taken.
    share = confidence_for(path.norm(dim=0), error[0])
    straight, about = [], []
    for vector in (path, main):
        length = vector.norm(dim=0)
        off = expected_error(length, share)
        x, y = vector / length.clamp(min=STILL)
        straight.append(vector * coherent_signs(vector, share))
        along, across = (main[0] * x + main[1] * y).abs(), (main[1] * x - main[0] * y).abs()
        about.append(torch.stack([off, along, across, minor, spread[3]]))
    return torch.stack(straight), torch.stack(about)
