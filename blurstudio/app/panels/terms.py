"""The Motion panel's words: what can be chosen, and what each control does.

A tooltip says it in plain words and ends with the papers' term in brackets.
"""

from __future__ import annotations

CONSTRAINTS = (
    ("As the network answers", None, "No other curve is fitted to the paths"),
    ("Straight", "linear", "The steadiest: a straight line at one speed (linear)"),
    ("Kinked", "bilinear", "Two straight halves that meet in the middle (bi-linear)"),
    ("Curved", "quadratic", "A bend, and a change of speed (quadratic)"),
    ("Free", "free", "Any way, moment by moment (zero constraint)"),
)

REFINEMENTS = (
    ("Off", "off", "The network's answer as it is"),
    ("Paths", "path", "Fit the paths to this one photo"),
    ("Paths and picture", "both", "Fit the paths, and the sharp picture with them"),
    (
        "One shake",
        "shake",
        "The whole photo moved as one, as when a hand shook: trace that path, whatever its shape; "
        "best sharpened by deconvolution (blind kernel estimation)",
    ),
)

TIPS = {
    "motion_model": "Which network reads out of the blur how everything moved while the shutter "
    "was open (motion offset network)",
    "constraint": "Which curves the paths may follow: a straight one is steady, a freer one can "
    "follow a hand that shook (constraint of the exposure trajectory)",
    "reverse": "A blurred photo doesn't tell which way time ran. This turns it round everywhere; "
    "the sharp picture stays as it is (temporal ordering of the motion offsets)",
    "flip": "Then click on something in the picture: time turns round in all that moves with it. "
    "Esc ends it (temporal ordering of a region)",
    "direction_map": "Colour the picture by the way things went; stripes mark neighbours that "
    "run against each other (directions of the motion offsets)",
    "refine": "Fit the result to this one photo: blur it again along its paths, compare, mend, and "
    "so on (self-supervised reblur loss)",
    "refine_button": "Fit the paths to this one photo now; press T to watch them bend. It takes a "
    "while and can be stopped (self-supervised reblur loss)",
    "sharp_by": "What makes the sharp picture: a network that has seen many photos, or a "
    "calculation that only undoes the blur along the paths (motion-aware deblurring; non-blind "
    "deconvolution)",
    "strength": "How far the calculation goes: more is sharper, and shows more noise and rings. "
    "Double click: back to the middle (Richardson-Lucy iterations and total variation)",
    "reset": "Take back every choice for this photo; it can be undone (defaults)",
}

WAITING = "The photo is being read; choices can be changed when that is done."
MISSING = "There is no result yet: choose another network, or analyse again (Ctrl+R)."
FLIPPING = "Click on what shall run the other way. Esc ends this."
