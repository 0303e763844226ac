"""The record of how a result came about, inside a photo's own XMP or a new one."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from blurstudio.media import xmp
from tests.provenance import read_provenance

LIGHTROOM = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="5"/>'
    b"</rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)


def test_a_record_is_read_back():
    record = {"model": "motion-1", "settings": {"tile": 512, "name": "Öl & <Wasser>"}}
    read = read_provenance(xmp.with_provenance(None, record))
    assert read["model"] == "motion-1"
    assert json.loads(read["settings"]) == record["settings"]


def test_another_program_s_packet_is_kept_around_the_record():
    packet = xmp.with_provenance(LIGHTROOM, {"model": "motion-1"})
    assert b'xmp:Rating="5"' in packet
    assert read_provenance(packet) == {"model": "motion-1"}
    ElementTree.fromstring(packet.decode())


def test_a_second_record_replaces_the_first():
    first = xmp.with_provenance(LIGHTROOM, {"model": "one", "old": "yes"})
    second = xmp.with_provenance(first, {"model": "two"})
    assert read_provenance(second) == {"model": "two"}
    assert second.count(b"<rdf:Description") == 2


@pytest.mark.parametrize(
    "packet",
    [
        b"not xml",
        b"\xff\xfe\0",
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><rdf:RDF></rdf:RDF>",
    ],
)
def test_a_packet_that_can_t_hold_a_record_gives_way(packet):
    assert read_provenance(xmp.with_provenance(packet, {"model": "m"})) == {"model": "m"}


def test_names_and_values_that_xml_can_t_hold_are_made_to_fit():
    record = {"2 fast": "bell\x07", "lone": "\udcff", "": 1}
    read = read_provenance(xmp.with_provenance(None, record))
    assert read["_2_fast"] == "bell"
    assert read["lone"] == "?"
    assert "1" in read.values()


@pytest.mark.parametrize("text", ["tiff:Orientation='8'", "<tiff:Orientation>8</tiff:Orientation>"])
def test_orientation_is_reset(text):
    assert xmp.upright(text.encode()) == text.replace("8", "1").encode()


def test_a_packet_that_is_no_text_is_left_alone():
    assert xmp.upright(b"\xff\xfe") == b"\xff\xfe"
    assert xmp.upright(None) is None
