"""The record that results carry in their XMP, read as another program would."""

from __future__ import annotations

from xml.etree import ElementTree

from blurstudio.media.xmp import NAMESPACE


def read_provenance(packet):
    """Values of a packet's record by name; nested ones stay JSON."""
    ours = f"{{{NAMESPACE}}}"
    elements = ElementTree.fromstring(packet.decode()).iter()
    return {
        element.tag.removeprefix(ours): element.text or ""
        for element in elements
        if element.tag.startswith(ours)
    }
