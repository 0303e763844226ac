"""What a confidence is worth: how far off paths are found to be where it has a certain value.

Networks say a confidence (`networks.motion`); how well this relation holds is measured by
`evaluation.calibration`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

_ODDS = 4.18
_POWER = 1.36
# Fitted by least squares to the path errors of 72 simulated exposures (3 to 80 px, photos of the
# training set, motion read at three scales). By confidence, expected, and found on the Kodak set,
# which had no say: 0.91: 15, 15 %; 0.85: 28, 27 %; 0.75: 48, 50 %; 0.65: 64, 68 %; 0.55: 76, 80 %;
# 0.45: 85, 87 %; 0.26: 95, 94 %.


def expected_error_share(confidence: Tensor) -> Tensor:
    """Translate confidence into the path error to expect.

    Parameters
    ----------
    confidence : Tensor
        [0, 1], of any shape, as the motion network says it.

    Returns
    -------
    Tensor
        That shape, [0, 1]: error as a share of what no motion at all would err; falling with
        confidence.
    """
    odds = _ODDS * ((1 - confidence).clamp(min=0) / confidence.clamp(min=1e-6)) ** _POWER
    return odds / (1 + odds)
