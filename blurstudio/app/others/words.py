"""Words about others: what a result of ours is called, and figures in rows and in short.

Numbers come measured; only text is made here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from blurstudio.app.photo.work import Results
    from blurstudio.evaluation.comparison import Agreement


def result_name(results: Results) -> str:
    """Call a result by what made it: network or calculation, refinement, path shape, direction."""
    options = results.options
    models = results.analysis.provenance["models"]
    if options.deblurrer == "network":
        parts = [models["deblur"]["name"]]
    else:
        words = QCoreApplication.translate("others", "deconvolution {percent:.0f} %")
        parts = [words.format(percent=100 * options.strength)]
    if options.motion_model is not None:
        parts.append(models["motion"]["name"])
    parts.append(_refinement(options.refine))
    if options.constraint is not None:
        words = QCoreApplication.translate("others", "{shape} paths")
        parts.append(words.format(shape=options.constraint))
    if options.reverse:
        parts.append(QCoreApplication.translate("others", "time reversed"))
    if results.edits:
        parts.append(QCoreApplication.translate("others", "edited regions"))
    return ", ".join(parts)


def on_show(results: Results) -> str:
    """Call the result on show."""
    words = QCoreApplication.translate("others", "on show: {name}")
    return words.format(name=result_name(results))


def short(found: Agreement) -> str:
    """Say the figures that tell most, on one line; empty where there are none."""
    parts = []
    if found.psnr is not None:
        parts.append(f"PSNR {_decibels(found.psnr)}")
    elif found.frames_psnr is not None:
        parts.append(f"PSNR {_decibels(found.frames_psnr)}")
    if found.flow is not None:
        words = QCoreApplication.translate("others", "endpoint error {mean:.2f} px")
        parts.append(words.format(mean=found.flow.mean))
    return "  ·  ".join(parts)


def rows(found: Agreement) -> list[tuple[str, str]]:
    """Say all figures, names and values."""
    made: list[tuple[str, str]] = []
    if found.psnr is not None and found.ssim is not None:
        made.append(("PSNR", _decibels(found.psnr)))
        made.append(("SSIM", f"{found.ssim:.4f}"))
    if found.frames_psnr is not None and found.frames_ssim is not None:
        made.append(
            (
                QCoreApplication.translate("others", "PSNR of the frames"),
                _decibels(found.frames_psnr),
            )
        )
        made.append(
            (
                QCoreApplication.translate("others", "SSIM of the frames"),
                f"{found.frames_ssim:.4f}",
            )
        )
    if found.flow is not None:
        words = QCoreApplication.translate("others", "mean {mean:.2f} px, median {median:.2f} px")
        made.append(
            (
                QCoreApplication.translate("figures", "Endpoint error"),
                words.format(mean=found.flow.mean, median=found.flow.median),
            )
        )
        made.append(
            (QCoreApplication.translate("figures", "Outliers"), _percent(found.flow.outliers))
        )
        if found.flow.known < 1:
            words = QCoreApplication.translate("others", "in {part} of the photo")
            made.append(
                (
                    QCoreApplication.translate("others", "Flow known"),
                    words.format(part=_percent(found.flow.known)),
                )
            )
    if found.paths is not None:
        made.append((QCoreApplication.translate("figures", "Path error"), _path_error(found)))
    if found.turned is not None:
        made.append((QCoreApplication.translate("others", "Time"), _time(found.turned)))
    return made


def _refinement(refine: str) -> str:
    words = {
        "off": QCoreApplication.translate("others", "not refined"),
        "path": QCoreApplication.translate("others", "paths refined"),
        "both": QCoreApplication.translate("others", "paths and picture refined"),
        "shake": QCoreApplication.translate("others", "one shake"),
    }
    return words.get(refine, refine)


def _path_error(found: Agreement) -> str:
    assert found.paths is not None
    error = f"{found.paths.mean_error:.2f} px"
    return error if math.isnan(found.paths.percent) else f"{error}, {found.paths.percent:.0f} %"


def _time(turned: bool) -> str:
    if turned:
        return QCoreApplication.translate("others", "fits when ours is reversed")
    return QCoreApplication.translate("others", "runs as ours does")


def _decibels(value: float) -> str:
    if math.isinf(value):
        return QCoreApplication.translate("others", "no difference")
    return f"{value:.2f} dB"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
