"""How well a few typed letters fit a text: the letters in order, best at the heads of words.

No list and no widget is known here.
"""

from __future__ import annotations

from dataclasses import dataclass

_HEAD = 8
_NEXT = 5
_LETTER = 1
_LATE = 0.02


@dataclass(frozen=True)
class Fit:
    """That a text fits, and how well.

    Attributes
    ----------
    score
        More is better; only to be compared for the same letters.
    places
        Indices of the letters of the text that were found.
    """

    score: float
    places: tuple[int, ...]


def fit(letters: str, text: str) -> Fit | None:
    """Find letters in a text, in order but not necessarily side by side.

    Returns
    -------
    Fit or None
        The best way to find them; None where they are not all there.
    """
    wanted = [letter for letter in letters.casefold() if not letter.isspace()]
    # Letter by letter: places have to stay those of the text.
    known = [letter.casefold() for letter in text]
    # The best score of the letters so far for each place where the last of them can be.
    ends: dict[int, Fit] = {-1: Fit(0.0, ())}
    for letter in wanted:
        found: dict[int, Fit] = {}
        for place, here in enumerate(known):
            if here != letter:
                continue
            ways = [
                Fit(before.score + _worth(text, place, end), (*before.places, place))
                for end, before in ends.items()
                if end < place
            ]
            if ways:
                found[place] = max(ways, key=lambda way: way.score)
        ends = found
    return max(ends.values(), key=lambda way: way.score) if ends else None


def _worth(text: str, place: int, end: int) -> float:
    worth = _LETTER - _LATE * place
    if place == 0 or not text[place - 1].isalnum():
        worth += _HEAD
    if place == end + 1 and end >= 0:
        worth += _NEXT
    return worth
