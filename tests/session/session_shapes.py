"""Shapes on a photo of 80 x 60 px."""

from __future__ import annotations

from blurstudio.session.shapes import Shape, ShapeKind

SIZE = (60, 80)


def rectangle(left, top, right, bottom):
    return Shape(ShapeKind.RECTANGLE, ((left, top), (right, bottom)))


def ellipse(left, top, right, bottom):
    return Shape(ShapeKind.ELLIPSE, ((left, top), (right, bottom)))


def triangle():
    return Shape(ShapeKind.POLYGON, ((10.0, 10.0), (50.0, 10.0), (10.0, 50.0)))
