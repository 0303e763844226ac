"""Texts stand out from what lies behind them, in both looks, as WCAG 2 asks (level AA)."""

from __future__ import annotations

import pytest

from blurstudio.app import theme

TEXT, SIGN = 4.5, 3.0


def luminance(colour):
    """Relative luminance of a colour, [0, 1]."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_weak(pairs, least):
    """Return the pairs of names whose colours are too much alike, with their ratio."""
    ratios = {
        f"{ink} on {ground}": contrast(getattr(theme, ink), getattr(theme, ground))
        for ink, ground in pairs
    }
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


def test_contrast_of_black_and_white_is_21_to_1(qapp):
    black, white = theme.QColor(0, 0, 0), theme.QColor(255, 255, 255)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(theme.QColor(118, 118, 118), white) == pytest.approx(4.54, abs=0.01)


def test_texts_can_be_read_where_they_stand(look):
    grounds = {
        "TEXT": ("FIELD", "WINDOW", "RAISED", "LINE"),
        "QUIET": ("FIELD", "WINDOW"),
        "LINK": ("FIELD", "WINDOW"),
        "STRONG": ("LINE",),
        "ERROR": ("FIELD",),
    }
    pairs = [(ink, ground) for ink, places in grounds.items() for ground in places]
    assert not too_weak(pairs, TEXT)


def test_white_can_be_read_on_what_is_chosen(look):
    assert contrast(theme.QColor(255, 255, 255), theme.ACCENT) >= TEXT


def test_signs_can_be_told_from_what_lies_behind_them(look):
    notices = [(edge, "RAISED") for edge in ("WARNING", "ERROR")]
    focus = [("LINK", "WINDOW"), ("LINK", "RAISED")]
    assert not too_weak(notices + focus, SIGN)
