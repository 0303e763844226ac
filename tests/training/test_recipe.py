"""Recipes are read strictly: a wrong key or value is a sentence, never a silent default."""

from __future__ import annotations

import pytest

from blurstudio.errors import RecipeError
from blurstudio.locations import resource
from blurstudio.training.recipe import Schedule, read_recipe

MOTION = 'name = "a"\ntask = "motion"\narchitecture = "motion-spectral"\n'
OFFSETS = 'name = "a"\ntask = "offsets"\narchitecture = "offsets"\n'
CLIPS = OFFSETS + '[schedule]\ncrop = 192\n[clips]\nfiles = ["a.mp4"]\n'
GOOD = 'name = "a"\ntask = "deblur"\narchitecture = "deblur-unet"\n'


def written(tmp_path, text: str):
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_a_recipe_leaves_out_has_defaults(tmp_path):
    recipe = read_recipe(written(tmp_path, GOOD))
    assert recipe.schedule == Schedule()


@pytest.mark.parametrize("path", sorted(resource("recipes").rglob("*.toml")), ids=lambda p: p.name)
def test_every_shipped_recipe_can_be_followed(path):
    recipe = read_recipe(path)
    assert recipe.name == path.stem


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = ", "not valid TOML"),
        (GOOD + "colour = 1\n", "no key 'colour'"),
        (GOOD + "[schedule]\nstep = 3\n", "no key 'step'"),
        (GOOD + '[schedule]\nsteps = "many"\n', "must be like"),
        (GOOD + "[schedule]\nsteps = 0\n", "above zero"),
        (GOOD + "[schedule]\nsteps = true\n", "steps in .schedule. must be like 10000, not True"),
        (GOOD + "[schedule]\nsteps = 3.0\n", "steps in .schedule. must be like 10000, not 3.0"),
        (GOOD + "[schedule]\nlearning_rate = nan\n", "learning_rate .* like 0.0008, not nan"),
        (GOOD + "[schedule]\nlearning_rate = inf\n", "learning_rate .* like 0.0008, not inf"),
        (GOOD + f"[schedule]\nlearning_rate = {10**400}\n", "learning_rate .* must be like 0.0008"),
        (GOOD + "[schedule]\nclip = nan\n", "clip in .schedule. must be like 1.0, not nan"),
        (GOOD + "[schedule]\nclip = 0.0\n", "clip must be above zero, not 0.0"),
        (GOOD + "[schedule]\nclip = -1.0\n", "clip must be above zero, not -1.0"),
        (GOOD + "[schedule]\nweight_decay = -1.0\n", "weight_decay must not be negative"),
        (GOOD + "[schedule]\nbatch = 4097\n", "batch must lie in 1..4096, not 4097"),
        (GOOD + '[schedule]\nprecision = "8-bit"\n', "precision must be one of .* not '8-bit'"),
        (GOOD + '[data]\nphotos = "photos"\n', "photos must be a list of folders.* not 'photos'"),
        (GOOD + "[data]\nphotos = []\n", "photos must be a list of folders"),
        (GOOD + "[data]\nphotos = [1]\n", "photos must be a list of folders"),
        (GOOD + "seed = true\n", "seed in the top of the file must be like 1, not True"),
        (GOOD + "seed = -1\n", "seed must lie in 0..9223372036854775807, not -1"),
        (GOOD + "[data]\nseed = -1\n", r"seed must lie in 0..\d+, not -1"),
        (CLIPS + "seed = -1\n", r"seed must lie in 0..\d+, not -1"),
        (GOOD + f"seed = {2**64}\n", "seed must lie in 0..9223372036854775807"),
        (GOOD + "[schedule]\ncrop = 100\n", "multiple of 32"),
        (GOOD + "[schedule]\ndecay_from = 2.0\n", "decay_from"),
        (GOOD + "[data]\ncount = 3\nheld_out = 3\n", "held_out"),
        (GOOD.replace("deblur-unet", "x").replace('"deblur"', '"sing"'), "task must be"),
        ('name = "a"\n', "lacks a key"),
        (GOOD.replace('"a"', '"../../evil"'), "name must be a plain name .* not '../../evil'"),
        (GOOD.replace('"a"', "'b\\evil'"), "name must be a plain name"),
        (GOOD.replace('"a"', '""'), "name must be a plain name .* not ''"),
        (GOOD.replace('"a"', '".hidden"'), "name must be a plain name"),
        (GOOD.replace('"a"', '"a\\u0000"'), "name must be a plain name"),
        (GOOD.replace('"a"', "3"), "name must be a plain name .* not 3"),
        (GOOD + 'guide = "motion"\n', "go together"),
        (GOOD + "[config]\nguided = true\n", "go together"),
        (GOOD.replace("deblur-unet", "x"), "teaches the architecture deblur-unet or deblur-bent"),
        (GOOD.replace("deblur-unet", "survey"), "task deblur teaches .* not 'survey'"),
        (GOOD + "[config]\ndeepness = 3\n", "deblur-unet doesn't: deepness; it has widths, depths"),
        (GOOD + "[config]\nwidths = [48, 96]\n", "widths .* like .48, 96, 160., not .48, 96."),
        (GOOD + '[config]\nwidths = "wide"\n', "widths in .config. must be like .48, 96, 160."),
        (GOOD + "[config]\nwidths = [48, 9.5, 96]\n", "widths in .config. must be like"),
        (GOOD + "[config]\nspectrum_channels = 10000000000\n", "must lie in 1..4096"),
        (MOTION + '[config]\nonlooker = ["a"]\n', "onlooker .* must be like .64, 32., not"),
        (OFFSETS + '[config]\nconstraint = "cubic"\n', "must be one of free, linear"),
        (GOOD + "[config]\ndepths = 3\n", "depths in .config. must be like .2, 3, 5., not 3"),
        (
            GOOD.replace("unet", "bent") + 'guide = "motion"\n[config]\nguided = "yes"\n',
            "guided in .config. must be like True, not 'yes'",
        ),
        (
            GOOD.replace("unet", "bent") + "[config]\nguided = false\npixels = 3\n",
            "pixels in .config. must be like 'plain', not 3",
        ),
        (
            GOOD + "[config]\nwidths = [48, 0, 96]\n",
            "widths .* must lie in 1..4096, not 0",
        ),
        (
            GOOD + "[config]\nspectrum_channels = -3\n",
            "spectrum_channels in .config. must lie in 1..4096",
        ),
        (GOOD + 'only = "tail"\n', "only must be a part of the network: .*head.*, not tail"),
        (GOOD + 'only = "head"\n', "only needs start_from"),
        (GOOD + "[schedule]\nstart_share = 0.5\n", "start_share needs start_from"),
        (GOOD + "[schedule]\nstart_share = 1.0\n", "start_share must lie in 0..1"),
        (GOOD + "[schedule]\nstart_share = nan\n", "start_share .* must be like 0.0, not nan"),
        (GOOD + "data = 3\n", "must be a table"),
        (GOOD + "[data.settings]\nblur = 1\n", "a key that exposures don't: blur"),
        (GOOD + "[data.settings]\nsize = [64, 64]\n", "a key that exposures don't: size"),
        (GOOD + '[data.settings]\nstrength = "a"\n', "strength in .data.settings. must be like"),
        (GOOD + "[data.settings]\nstrength = [5.0]\n", "strength in .data.settings. must be like"),
        (GOOD + "[data.settings]\nlongest = nan\n", "longest in .data.settings. must be like"),
        (GOOD + "[data.settings]\nturn = 1\n", "turn in .data.settings. must be like"),
        (GOOD + "[data.settings]\nlayer_count = [1.5, 2.0]\n", "layer_count .* must be like"),
        (GOOD + "[data.settings]\nstrength = [9.0, 5.0]\n", "strength .* must rise"),
        (GOOD + "[data.settings]\nhand_share = 2.0\n", "hand_share .* must rise and lie in 0..1,"),
        (GOOD + "[data.settings]\nenlarge_to = -1.0\n", "enlarge_to .* lie in 0..8"),
        (GOOD + "[data.settings]\nenlarge_to = 1e6\n", "enlarge_to .* lie in 0..8"),
        (GOOD + "[data]\nheld_out_photos = 0.6\n", "held_out_photos must lie between 0 and 0.5"),
        (GOOD + "[loss]\nedges = 1.0\n", "no key 'edges'"),
        (GOOD + "[loss]\nstructure = 1.0\n", "means nothing to the task deblur"),
        (GOOD + '[loss]\nsharp = "edges"\n', "sharp in .loss. must be one of psnr, mse"),
        (OFFSETS + '[loss]\nlight = "dim"\n', "light must be one of display, linear"),
        (OFFSETS + '[loss]\nborder = "ones"\n', "border one of zeros, replicate"),
        (OFFSETS + "[loss]\nsmoothness = -1.0\n", "must not be negative"),
        (OFFSETS + '[loss]\nsharp = "mse"\n', "means nothing to the task offsets"),
        (OFFSETS + "[schedule]\ncrop = 160\n", "crop must be at least 192"),
        (OFFSETS + '[loss]\nlight = "either"\n', "light must be one of display, linear and"),
        (OFFSETS + 'deblurrer = "deblur"\n', "deblurrer is read by"),
        (MOTION.replace('"motion"', '"reblur"', 1), "start_from must name"),
        (OFFSETS.replace('"offsets"', '"reblur"', 1), "task reblur teaches .* motion-spectral"),
        (CLIPS + "speed = 1\n", "no key 'speed'"),
        (OFFSETS + "[clips]\ncount = 3\n", "files in .clips. must name clips"),
        (CLIPS.replace('"offsets"', '"motion"', 1), "Clips have no labels"),
        (CLIPS + "size = 160\n", "size in .clips. must be a multiple of 4 and at least the crop"),
        (CLIPS + "held_out = 400\n", "held_out in .clips."),
        (CLIPS + "frames = [2, 9]\n", "frames in .clips. must be two whole numbers"),
        (CLIPS + "frames = [4, 4]\n", "frames in .clips. must be two whole numbers"),
        (CLIPS + "frames = [3.0, 5.0]\n", "frames in .clips. must be two whole numbers"),
        (CLIPS + 'shrink = ["a", "b"]\n', "shrink in .clips. must be two numbers"),
        (CLIPS + "shrink = [0.5, 2.0]\n", "shrink in .clips. must be two numbers"),
        (CLIPS + "frames = 5\n", "frames in .clips. must be two whole numbers"),
        (CLIPS.replace('["a.mp4"]', '"a.mp4"'), "files in .clips. must be a list of names"),
        (CLIPS + "step = 0.0\n", "step and length in .clips. must be above zero"),
    ],
)
def test_a_recipe_that_makes_no_sense_is_explained(tmp_path, text, sentence):
    with pytest.raises(RecipeError, match=sentence):
        read_recipe(written(tmp_path, text))


def test_without_structure_small_crops_will_do(tmp_path):
    text = OFFSETS + "[schedule]\ncrop = 64\n[loss]\nstructure = 0.0\n"
    assert read_recipe(written(tmp_path, text)).loss.structure == 0


def test_a_missing_recipe_is_explained(tmp_path):
    with pytest.raises(RecipeError, match="can't be read"):
        read_recipe(tmp_path / "none.toml")


def test_the_rate_rises_stays_and_falls():
    schedule = Schedule(steps=100, warmup=10, decay_from=0.5, learning_rate=1.0)
    assert schedule.rate(0) == pytest.approx(0.1)
    assert schedule.rate(30) == 1.0
    assert schedule.rate(75) == pytest.approx(0.5)
    assert schedule.rate(100) == pytest.approx(0.0)
