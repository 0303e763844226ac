from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.simulate.compositing import Plate, Scene, top_layer
from blurstudio.simulate.exposures import render, subframe_count
from blurstudio.simulate.layers import Bar, Blob, Polygon, Shape, cut_out, draw_shape
from blurstudio.simulate.paths import (
    Camera,
    Drift,
    ObjectMotion,
    SceneMotion,
    apply,
    arc_lengths,
    draw_camera,
)
from blurstudio.simulate.scenes import draw_scene
from blurstudio.simulate.settings import PRESETS, ExposureSettings

TIMES = np.linspace(-0.5, 0.5, 9)


def still(count: int) -> Drift:
    nothing = np.zeros(count)
    return Drift(np.zeros((count, 3)), nothing, nothing, nothing)


def straight(*speeds: float) -> Drift:
    drift = still(len(speeds))
    polynomial = drift.polynomial.copy()
    polynomial[:, 0] = speeds
    return replace(drift, polynomial=polynomial)


def still_camera() -> Camera:
    return Camera(still(6), 100.0, (31.5, 31.5))


def test_every_drawn_motion_is_the_identity_at_mid_exposure():
    rng = np.random.default_rng(0)
    camera = draw_camera(rng, (64, 64), ExposureSettings(shake_share=1.0))
    motion = SceneMotion(camera).scaled(20.0)
    assert np.allclose(motion.matrices(np.array([0.0])), np.eye(3), atol=1e-12)


def test_a_turn_of_the_camera_keeps_straight_lines_straight():
    camera = Camera(straight(0.3, 0.2, 0.4, 0, 0, 0), 80.0, (31.5, 31.5))
    points = np.array([[0.0, 0], [20, 10], [40, 20], [60, 30]])
    moved = apply(SceneMotion(camera).matrices(np.array([0.5])), points)[0, :, 0]
    a, b = moved[1] - moved[0], moved[3] - moved[2]
    assert abs(a[0] * b[1] - a[1] * b[0]) < 1e-9
    assert np.abs(moved - points).max() > 5


def test_a_shift_of_the_camera_shifts_every_path_alike():
    camera = Camera(straight(0, 0, 0, 12.0, -4.0, 0), 80.0, (31.5, 31.5))
    paths = SceneMotion(camera).paths(np.array([[0.0, 0], [63, 63]]), TIMES)
    assert np.allclose(paths[0, :, :, 0], 12 * TIMES)
    assert np.allclose(paths[0, :, :, 1], -4 * TIMES)
    assert np.allclose(arc_lengths(paths), np.hypot(12, 4))


def test_a_followed_object_stands_still_while_the_background_moves():
    camera = Camera(straight(0, 0, 0, 20.0, 6.0, 0), 80.0, (31.5, 31.5))
    followed = ObjectMotion(still(4), (30.0, 30.0), 1.0)
    lengths = arc_lengths(SceneMotion(camera, (followed,)).paths(np.array([[30.0, 30.0]]), TIMES))
    assert lengths[0, 0] > 20
    assert lengths[1, 0] < 1e-9


def test_a_near_object_moves_farther_than_the_background():
    camera = Camera(straight(0, 0, 0, 20.0, 0, 0), 80.0, (31.5, 31.5))
    near = ObjectMotion(still(4), (30.0, 30.0), -0.5)
    lengths = arc_lengths(SceneMotion(camera, (near,)).paths(np.array([[30.0, 30.0]]), TIMES))
    assert np.allclose(lengths[:, 0], [20, 30])


def test_scaling_a_motion_scales_its_paths():
    camera = draw_camera(np.random.default_rng(1), (64, 64), ExposureSettings())
    points = np.array([[10.0, 10], [50, 40]])
    once = arc_lengths(SceneMotion(camera).paths(points, TIMES))
    twice = arc_lengths(SceneMotion(camera).scaled(2.0).paths(points, TIMES))
    assert np.allclose(twice, 2 * once, rtol=0.05)


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_neighbouring_subframes_are_at_most_a_pixel_apart(make_photo, preset):
    settings = replace(PRESETS[preset], size=(64, 64))
    photos = [make_photo(1, 160, 160), make_photo(2, 160, 160)]
    counts = []
    for seed in range(6):
        scene, _ = draw_scene(photos, 0, settings, np.random.default_rng(seed), False)
        count = subframe_count(scene, settings.subframe_step)
        counts.append(count)
        assert count % 2 == 1
        assert 17 <= count <= 129
        if count == 129:
            continue
        x = np.linspace(0, 63, 16)
        points = np.stack(np.meshgrid(x, x), axis=-1).reshape(-1, 2)
        paths = scene.motion.paths(points, np.linspace(-0.5, 0.5, count))
        steps = np.linalg.norm(np.diff(paths, axis=2), axis=-1).max(axis=2)
        shown = np.stack([cover.numpy()[points[:, 1].round().astype(int),
                                        points[:, 0].round().astype(int)] > 0
                          for cover in scene.opacities(0.0)])  # fmt: skip
        assert steps[shown].max() <= 1.0
    assert len(set(counts)) > 1


def test_a_layer_covers_what_is_behind_it_at_every_moment():
    size = (64, 64)
    red, blue = torch.zeros(3, 64, 64), torch.zeros(3, 64, 64)
    red[0], blue[2] = 1.0, 1.0
    shape = Shape((Polygon((20.0, 32.0), ((0.0, 8.0), (np.pi / 2, 8.0), (np.pi, 8.0),
                                          (-np.pi / 2, 8.0)), 30.0),), 0.1)  # fmt: skip
    layer = Plate(cut_out(blue, shape, (0, 0, 64, 64)), 0, 0)
    # The layer is read along -x, so it moves 20 px to the right over the exposure.
    motion = SceneMotion(still_camera(), (ObjectMotion(straight(-20.0, 0, 0, 0), (20, 32), 0),))
    scene = Scene(size, Plate(red, 0, 0), (layer,), motion)
    first, last = scene.frame(-0.5), scene.frame(0.5)
    assert first[2, 32, 10] > 0.99
    assert first[0, 32, 10] < 0.01
    assert first[0, 32, 30] > 0.99
    assert last[2, 32, 30] > 0.99
    assert last[0, 32, 10] > 0.99
    mean = scene.mean(np.full(21, 1 / 21))
    # Red and blue share the light wherever the layer passes, and nothing is lost.
    assert torch.allclose(mean.sum(dim=0), torch.ones(64, 64), atol=1e-4)
    assert 0.2 < float(mean[2, 32, 10]) < 0.8
    assert float(mean[2, 32, 20]) > 0.75
    assert float(mean[2, 10, 20]) < 0.01
    ids = top_layer(scene.opacities(0.0))
    assert ids[32, 20] == 1
    assert ids[32, 40] == 0
    assert int(ids.sum()) == pytest.approx(17 * 17, abs=40)


def test_the_upper_layer_is_named_where_two_overlap():
    opacities = torch.tensor([[1.0, 1, 1, 1], [0.9, 0.9, 0.2, 0.0], [0.0, 0.7, 0.4, 0.6]])
    assert top_layer(opacities[:, None])[0].tolist() == [1, 2, 0, 2]


def test_the_mean_on_a_gpu_like_chunk_equals_the_mean_frame_by_frame(make_photo):
    photos = [make_photo(1, 160, 160)]
    settings = replace(PRESETS["mixed"], size=(48, 48), layer_share=1.0)
    scene, _ = draw_scene(photos, 0, settings, np.random.default_rng(3), False)
    weights = np.full(17, 1 / 17)
    together = next(scene.frames(np.linspace(-0.5, 0.5, 17), 17)).mean(dim=0)
    assert torch.allclose(scene.mean(weights), together, atol=1e-5)


def test_paths_of_a_layer_are_labelled_where_it_is_on_top(make_photo):
    settings = ExposureSettings(
        size=(96, 96),
        strength=(10.0, 10.0),
        sharp_share=0,
        layer_share=1.0,
        still_camera_share=1.0,
        tracked_share=0.0,
        parallax_share=0.0,
        jpeg_share=0,
    )
    exposure = render([make_photo(s, 200, 200) for s in range(4)], settings, 2)
    lengths = (exposure.offsets[:, 1:] - exposure.offsets[:, :-1]).norm(dim=2).sum(dim=1)
    assert set(exposure.layers.unique().tolist()) >= {0, 1}
    moving, standing = lengths[exposure.layers > 0], lengths[exposure.layers == 0]
    assert float(moving.mean()) > 5 * float(standing.mean())


def test_shapes_are_opaque_inside_and_clear_outside():
    box = (0, 0, 64, 64)
    device = torch.device("cpu")
    for part in (
        Blob((32.0, 32.0), 12.0, ((3, 0.1, 0.0),)),
        Bar((20.0, 32.0), (44.0, 32.0), 6.0),
        Polygon((32.0, 32.0), ((0.0, 10.0), (2.0, 10.0), (4.0, 10.0)), 25.0),
    ):
        opacity = Shape((part,), 2.0).opacity(box, device)
        assert opacity[32, 32] == 1
        assert opacity[0, 0] == 0
        assert bool(((opacity > 0.05) & (opacity < 0.95)).any())
        left, top, right, bottom = Shape((part,), 2.0).box()
        outside = opacity.clone()
        outside[max(top, 0) : bottom, max(left, 0) : right] = 0
        assert not outside.any()


def test_drawn_shapes_differ_in_kind_and_include_thin_ones():
    rng = np.random.default_rng(0)
    shapes = [draw_shape(rng, (128, 128)) for _ in range(60)]
    kinds = {tuple(sorted({type(part).__name__ for part in shape.parts})) for shape in shapes}
    assert kinds >= {("Blob",), ("Bar",), ("Polygon",), ("Bar", "Blob")}
    bars = [s.parts[0] for s in shapes if len(s.parts) == 1 and isinstance(s.parts[0], Bar)]
    assert min(bar.radius for bar in bars) < 3
