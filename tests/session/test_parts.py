"""Regions analysed by themselves: which part each asks for, why one can't be, and their form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from session_shapes import ellipse, rectangle

from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import RegionError
from blurstudio.exposure.window import Window
from blurstudio.session import files
from blurstudio.session.document import Choices, Document
from blurstudio.session.fields import Remarks
from blurstudio.session.own_analysis import OwnAnalysis, own_of, read_own
from blurstudio.session.parts import laid_key, wish_of, wishes
from blurstudio.session.regions import Edit, Region

OPTIONS = AnalysisOptions(motion_model="someone", reverse=True, flips=((0.5, 0.5),), max_side=900)
OWN = OwnAnalysis(refine="shake", deblurrer="deconvolution", strength=0.75, constraint="free")
SIZE = (600, 900)


def region(left=100, top=200, right=300, bottom=300, **values):
    one = Region(1, "Cup", rectangle(left, top, right, bottom), own=OWN)
    return replace(one, **values)


def wish(one, size=SIZE):
    return wish_of(one, OPTIONS, SIZE, size)


def test_a_region_begins_with_the_photos_choices():
    chosen = replace(OPTIONS, refine="path", deblurrer="deconvolution", strength=0.2)
    assert own_of(chosen) == OwnAnalysis("path", "deconvolution", 0.2, None)


def test_its_own_choices_stand_in_for_the_photos():
    options = wish(region()).options
    assert (options.refine, options.deblurrer, options.strength) == ("shake", "deconvolution", 0.75)
    assert options.constraint == "free"
    assert options.motion_model == "someone"
    assert (options.reverse, options.flips, options.max_side) == (False, (), None)


def test_it_asks_for_the_box_around_it_in_the_picture_that_was_analysed():
    assert wish(region()).window == Window(192, 96, 320, 320)
    assert wish(region(), (300, 450)).window == Window(96, 32, 160, 160)
    round_one = Region(1, "Cup", ellipse(100, 200, 300, 300), own=OWN)
    assert wish(round_one).window == wish(region()).window


def test_a_feather_needs_room_and_the_edge_of_the_picture_ends_it():
    assert wish(region(feather=40.0)).window == Window(128, 32, 384, 384)
    assert wish(region(left=-50, top=550, right=100, bottom=700)).window.left == 0
    assert wish(region(left=-50, top=550, right=100, bottom=700)).window.bottom == 600


@pytest.mark.parametrize("away", [(950, 200, 1100, 300), (100, 600, 300, 700), (-90, 0, 0, 80)])
def test_a_region_beside_the_picture_gets_a_sentence(away):
    with pytest.raises(RegionError, match="Cup lies beside the picture; move it"):
        wish(region(*away))


def test_a_small_region_gets_a_sentence():
    with pytest.raises(RegionError, match=r"covers only 200 x 31 px .* at least 32 px"):
        wish(region(bottom=231))
    assert wish(region(bottom=232)).window
    with pytest.raises(RegionError, match="covers only 100 x 25 px"):
        wish(region(bottom=250), (300, 450))


def test_what_cant_be_analysed_is_said_and_the_rest_is_asked_for():
    small = replace(region(right=120), number=2, name="Spoon")
    hidden = replace(region(), number=3, visible=False)
    plain = replace(region(), number=4, own=None)
    asked, remarks = wishes((region(), small, hidden, plain), OPTIONS, SIZE, SIZE)
    assert list(asked) == [1]
    assert len(remarks) == 1
    assert remarks[0].startswith("Spoon covers only")


def test_names_and_colours_need_no_other_result():
    laid = {1: wish(region())}
    key = laid_key((region(),), laid)
    assert laid_key((region(name="Mug", colour="#000000"),), laid) == key
    assert laid_key((region(feather=3.0),), laid) != key
    assert laid_key((region(edit=Edit.REVERSE),), laid) != key
    assert laid_key((region(),), {}) == ()


def test_a_document_keeps_it(mark):
    document = Document(mark, Choices(regions=(region(), replace(region(), number=2, own=None))))
    files.save(document)
    loaded = files.load(mark, AnalysisOptions())
    assert loaded.document.choices.regions == document.choices.regions
    assert not loaded.remarks


def test_what_doesnt_fit_in_a_document_is_said():
    remarks = Remarks()
    own = read_own({"refine": "shake", "strength": 7, "colour": 1}, "region 1", remarks)
    assert own == OwnAnalysis(refine="shake")
    assert len(remarks) == 2
    assert read_own("yes", "region 1", remarks) == OwnAnalysis()
    assert read_own(None, "region 1", Remarks()) is None
