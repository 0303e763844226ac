"""What the protocols about paths say on the results page: reblur and kernels.

Measuring is the protocols' business, the page itself that of `results_page`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from blurstudio.evaluation import metrics, targets
from blurstudio.evaluation.optimum import FINEST_CELL
from blurstudio.evaluation.tables import Figure, Section, table
from blurstudio.exposure.basis import Constraint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.evaluation.circumstances import Circumstances
    from blurstudio.evaluation.levin import KernelResult
    from blurstudio.evaluation.reblur import ReblurResult, ReblurScore

_FAMILIES = {
    Constraint.FREE: ("free", targets.REBLUR_FREE),
    Constraint.LINEAR: ("linear", targets.REBLUR_LINEAR),
    Constraint.BILINEAR: ("bi-linear", targets.REBLUR_BILINEAR),
    Constraint.QUADRATIC: ("quadratic", targets.REBLUR_QUADRATIC),
}


def reblur_section(
    result: ReblurResult, circumstances: Circumstances, partial: str = ""
) -> Section:
    """Write down how well paths explain pictures whose sharp frame is known."""
    sets = (("GoPro", result.video), ("Kodak", result.simulated))
    networks = sorted({name for _, part in sets for score in part for name, _ in score.read})
    head = ["Paths", "paper, whole GoPro"]
    for where, _ in sets:
        head += [f"{where}: no motion", *(f"{where}: `{n}`" for n in networks), f"{where}: best"]
    rows = []
    for family, (name, target) in _FAMILIES.items():
        row = [name, f"{target.bounds[0].value:.2f}"]
        for _, part in sets:
            row.append(_mean([score.identity for score in part]))
            row += [_mean([s.read.get((n, family)) for s in part]) for n in networks]
            row.append(_mean([score.best[family] for score in part]))
        rows.append(row)
    each = ("no motion", *(name for name, _ in _FAMILIES.values()), "true paths")
    body = "\n".join(
        [
            "The blurred picture is made again from its **true** sharp frame and compared with "
            "itself: PSNR (dB) of pictures rounded to 8 bits, mean of per-picture values. "
            "Pictures: the GoPro pairs of this page at 1280 x 720, plain means of frames as "
            "displayed (5 of them, not the 1,111 of the paper's figures, whose pictures are also "
            "truncated to 8 bits rather than rounded); and simulated exposures of Kodak photos, "
            "in linear light, with noise and JPEG.",
            "",
            table(head, rows, numbers=True),
            "",
            "Networks see the blurred picture alone; a quadratic answer was also refitted to "
            "straight paths. *Best* paths are fitted to each picture by itself, with the sharp "
            "frame at hand: straight ones are searched for at an eighth of the size, then all "
            "maps follow damped Gauss-Newton steps from coarse to fine, up to cells of "
            f"{FINEST_CELL} px, with hardly any smoothness asked for. Pairs are averaged as the "
            "paper does (15 moments, plain mean; free paths have 15 knots), exposures over 33 "
            "moments. So much freedom also explains noise: it bounds what a network with that "
            "family can reach, and says nothing about the truth of the paths. True paths fall "
            "short where layers uncover what the sharp frame never showed.",
            "",
            table(("Best paths", *each), _each_picture(sets), numbers=True),
        ]
    )
    figures = [
        Figure.judged(
            f"Best {name} paths, GoPro pairs",
            metrics.mean(score.best[family] for score in result.video),
            target,
            "(target: the paper's network on the whole GoPro, other pictures)",
        )
        for family, (name, target) in _FAMILIES.items()
    ]
    identity = metrics.mean(score.identity for score in result.video)
    ahead = {
        key: metrics.mean(score.read[key] for score in result.video) - identity
        for key in {key for score in result.video for key in score.read}
    }
    if ahead:
        best = max(ahead, key=lambda key: ahead[key])
        figures.append(
            Figure.judged(
                "Paths of a network over no motion, GoPro pairs",
                ahead[best],
                targets.REBLUR_GAIN,
                f"(`{best[0]}`, {_FAMILIES[best[1]][0]})",
            )
        )
    title = "Reblur from the true sharp frame"
    return Section("reblur", title, tuple(figures), body, circumstances, partial)


def _each_picture(sets: Sequence[tuple[str, Sequence[ReblurScore]]]) -> list[tuple[str, ...]]:
    return [
        (
            score.name,
            f"{score.identity:.2f}",
            *(f"{score.best[family]:.2f}" for family in _FAMILIES),
            "" if score.true is None else f"{score.true:.2f}",
        )
        for _, part in sets
        for score in part
    ]


def kernels_section(
    result: KernelResult, circumstances: Circumstances, partial: str = ""
) -> Section:
    """Write down how like our kernels are to recorded ones."""
    columns = {
        "dot": "no motion",
        "linear": "our linear part",
        "path": "our path",
        "traced": "our shake, traced",
        "line": "best line",
    }
    shown = {part: title for part, title in columns.items() if not math.isnan(result.mean(part))}
    rows = [
        (score.name, *(f"{getattr(score, part):.3f}" for part in shown)) for score in result.scores
    ]
    rows.append(("**mean**", *(f"{result.mean(part):.3f}" for part in shown)))
    body = "\n".join(
        [
            "Grey pictures blurred by real camera shake, with the kernel recorded by points of "
            "light. All pixels moved alike, so our paths are brought to one (the geometric median "
            "over the surer half, blind to the direction of time) and drawn as a kernel. Figures "
            "are normalised cross-correlations with the recorded kernel, best over all shifts in "
            "half pixels and over nothing else; a path read backwards draws the same kernel. *Best "
            "line* is the straight line most like the recorded kernel, searched for down to a "
            "degree and half a px: what a linear model can't pass. *Traced*: the one path of any "
            "shape that `--refine shake` finds for the whole picture. The sharp pictures tell "
            "which way round the recorded kernels lie in their files.",
            "",
            table(("Picture", *shown.values()), rows, numbers=True),
        ]
    )
    count = len(result.scores)
    final = "traced" if "traced" in shown else "path"
    figures = (
        Figure.judged(
            f"Kernels more like the recorded ones than our linear part, of {count}",
            result.ahead,
            targets.KERNELS_AHEAD,
        ),
        Figure.reported(
            "Likeness to the recorded kernels, mean",
            result.mean(final),
            f"{result.mean(final):.3f} beside {result.mean('linear'):.3f} for our linear part and "
            f"{result.mean('line'):.3f} for the best line",
        ),
    )
    return Section("kernels", "Recorded kernels", figures, body, circumstances, partial)


def _mean(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{metrics.mean(known):.2f}" if known else "-"
