"""The timeline: scrubbing and playing through the exposure.

Only the widget is public; it knows moments and frame counts, never pictures' contents.
"""

from __future__ import annotations

from blurstudio.app.timeline.widget import Timeline

__all__ = ["Timeline"]
