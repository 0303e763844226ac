"""Which averages of clips a recipe asks for, and what its values may be."""

from __future__ import annotations

from dataclasses import dataclass

from blurstudio.errors import RecipeError


@dataclass(frozen=True)
class ClipRecipe:
    """Averages of neighbouring frames of clips, learned from in place of rendered exposures.

    Attributes
    ----------
    files
        Clips, and folders of clips, below the data folder; none: nothing is learned from clips.
    count, size, seed
        Number of averages, their side in px, and the seed they are drawn from.
    held_out
        Averages at the end of the set that are measured on, never learned from; they are taken
        from the last fifth of every clip, the others from before it.
    frames
        Least and most frames of an average. Their count is odd, so that one is the middle.
    shrink
        Range of the factor by which clips are reduced, as far as they are large enough.
    step
        Px of an average that nothing in it may move from one frame to the next; what lies between
        is filled in along the flow, a moment for each px.
    length
        Px that at least a tenth of an average has to move in all.
    """

    files: tuple[str, ...] = ()
    count: int = 400
    size: int = 192
    seed: int = 1
    held_out: int = 32
    frames: tuple[int, int] = (3, 21)
    shrink: tuple[float, float] = (1.0, 3.0)
    step: float = 12.0
    length: float = 4.0

    def check(self, task: str, guide: str, crop: int) -> None:
        """Refuse what can't be made, and what can't be learned from clips.

        Raises
        ------
        RecipeError
            Saying which, and what would do.
        """
        if not _all_of(self.files, str):
            raise RecipeError('files in [clips] must be a list of names, like ["clips/a.mp4"].')
        if not self.files:
            if self != ClipRecipe():
                raise RecipeError("files in [clips] must name clips; or leave [clips] out.")
            return
        if task == "motion" or guide:
            raise RecipeError(
                "Clips have no labels: [clips] goes with the tasks offsets, reblur and deblur, "
                "without a guide."
            )
        if self.size % 4 or not crop <= self.size:
            raise RecipeError(
                "size in [clips] must be a multiple of 4 and at least the crop ({crop}).", crop=crop
            )
        if not 0 < self.held_out < self.count:
            raise RecipeError("held_out in [clips] must be at least 1 and smaller than count.")
        if not _is_range(self.frames, int) or self.frames[0] < 3 or not self.odd_counts():
            raise RecipeError(
                "frames in [clips] must be two whole numbers from 3 on, like [3, 21]."
            )
        if not _is_range(self.shrink, (int, float)) or self.shrink[0] < 1:
            raise RecipeError("shrink in [clips] must be two numbers from 1 on, like [1.0, 3.0].")
        if self.step <= 0 or self.length <= 0:
            raise RecipeError("step and length in [clips] must be above zero.")

    def odd_counts(self) -> range:
        """How many frames an average may have."""
        return range(self.frames[0] | 1, self.frames[1] + 1, 2)


def _all_of(value: object, kind: type | tuple[type, ...]) -> bool:
    """Whether a value is a list, as TOML has it, of values of a kind."""
    return isinstance(value, tuple) and all(
        isinstance(each, kind) and not isinstance(each, bool) for each in value
    )


def _is_range(value: tuple[float, ...], kind: type | tuple[type, ...]) -> bool:
    return _all_of(value, kind) and len(value) == 2 and value[0] <= value[1]
