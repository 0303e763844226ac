"""XMP packets as text: made upright, and given a record of how a result came about.

Packets of other programs are edited in place; nothing of theirs is parsed into values.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE = "https://blurstudio.example/ns/1.0/"
_ORIENTATION = re.compile(r"(tiff:Orientation\s*(?:=\s*[\"']|>\s*))[1-8]")
_OURS = re.compile(
    rf"\s*<rdf:Description[^>]*{re.escape(NAMESPACE)}.*?</rdf:Description>", re.DOTALL
)
_END = re.compile(r"</rdf:RDF\s*>")
_NAME = re.compile(r"[^A-Za-z0-9_]+")
_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
    "</rdf:RDF>\n</x:xmpmeta>\n"
    '<?xpacket end="w"?>'
)


def upright(packet: bytes | None) -> bytes | None:
    """Set an orientation named in a packet to 1, for pixels that have been turned already."""
    if packet is None:
        return None
    try:
        text = packet.decode()
    except UnicodeDecodeError:
        return packet
    return _ORIENTATION.sub(r"\g<1>1", text).encode()


def with_provenance(packet: bytes | None, provenance: Mapping[str, object]) -> bytes:
    """Packet that says how a result was made.

    Parameters
    ----------
    packet
        The photo's packet, kept as it is around the record; None, or one that isn't sound XML,
        gives way to a new one.
    provenance
        What to record: names to plain values, or to nested ones, which are written as JSON. An
        older record of ours is replaced.

    Returns
    -------
    bytes
        UTF-8.
    """
    text = _sound(packet) or _EMPTY
    lines = "".join(
        f"  <blurstudio:{name}>{escape(_value(value), quote=False)}</blurstudio:{name}>\n"
        for name, value in ((_name(key), value) for key, value in provenance.items())
    )
    record = (
        f'<rdf:Description rdf:about="" xmlns:blurstudio="{NAMESPACE}">\n{lines}</rdf:Description>'
    )
    end = _END.search(text := _OURS.sub("", text))
    assert end is not None
    return f"{text[: end.start()]}{record}\n{text[end.start() :]}".encode(errors="replace")


def _sound(packet: bytes | None) -> str | None:
    """Text of a packet that our record can be put into."""
    if packet is None or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return None
    try:
        text = packet.decode().rstrip("\0")
        ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError):
        return None
    return text if _END.search(text) and "xmlns:rdf=" in text else None


def _name(key: str) -> str:
    name = _NAME.sub("_", key)
    return name if name[:1].isalpha() else f"_{name}"


def _value(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    # XML can't hold control characters, escaped or not.
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
