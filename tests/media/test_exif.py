"""EXIF blocks: what is read from them, and what a result's block holds."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from blurstudio.media import exif, ifd


def pillow(block):
    """The block as another program reads it."""
    read = Image.Exif()
    read.load(block)
    return read


@pytest.fixture
def block(camera_exif):
    return exif.without_prefix(camera_exif(8))


def test_facts_are_read_in_both_byte_orders(block):
    other = "<" if block[:2] == b"MM" else ">"
    entries, inner = exif.to_tiff(block)
    header = (b"II*\0" if other == "<" else b"MM\0*") + struct.pack(f"{other}I", 8)
    pointed = inner[exif.EXIF_POINTER]
    pointer = ifd.Entry(exif.EXIF_POINTER, ifd.LONG, 1, struct.pack("<I", 200))
    first = ifd.pack([*entries, pointer], 8, other)
    swapped = (header + first).ljust(200, b"\0") + ifd.pack(pointed, 200, other)
    assert exif.read_facts(swapped).exposure_time == pytest.approx(1 / 60)
    assert exif.read_facts(swapped).focal_length_35mm == 52
    assert exif.read_facts(block).orientation == 8


def test_a_shutter_speed_stands_in_for_a_missing_exposure_time():
    made = Image.Exif()
    made[0x8769] = {0x9201: 6.0}
    block = exif.without_prefix(made.tobytes())
    assert exif.read_facts(block).exposure_time == pytest.approx(1 / 64, rel=1e-3)


def test_senseless_values_are_no_facts():
    made = Image.Exif()
    made[0x0112] = 42
    made[0x8769] = {0x829A: (0, 0), 0xA405: 0}
    facts = exif.read_facts(exif.without_prefix(made.tobytes()))
    assert facts == exif.ExposureFacts()


def test_a_result_s_block_is_upright_without_thumbnail_and_names_us(block):
    result = exif.with_software(exif.upright(block), "Blur Studio 9")
    assert b"THUMBNAIL" not in result
    read = pillow(result)
    assert read[0x0112] == 1
    assert read[0x0131] == "Blur Studio 9"
    assert read[0x010F] == "Camera Works"
    assert read.get_ifd(0x8825)[1] == "N"
    assert read.get_ifd(0x8769)[0x927C] == b"maker's own bytes"


def test_the_name_of_an_earlier_program_is_replaced(block):
    twice = exif.with_software(exif.with_software(block, "Other"), "Blur Studio 9")
    assert pillow(twice)[0x0131] == "Blur Studio 9"
    assert exif.read_facts(twice) == exif.read_facts(block)


def test_makers_notes_stay_where_they_were(block):
    assert exif.with_software(block, "Blur Studio 9").find(b"maker's own") == block.find(
        b"maker's own"
    )


def test_a_new_block_names_us():
    assert pillow(exif.with_software(None, "Blur Studio 9"))[0x0131] == "Blur Studio 9"


def test_a_thumbnail_over_the_directories_is_no_block_to_keep(block):
    order = "<" if block[:2] == b"II" else ">"
    made = bytearray(block)
    at = made.rfind(struct.pack(f"{order}HHI", 0x0201, 4, 1))
    made[at + 8 : at + 12] = struct.pack(f"{order}I", 8)
    made[at + 20 : at + 24] = struct.pack(f"{order}I", len(made) - 40)
    with pytest.raises(ifd.DirectoryError):
        exif.upright(bytes(made))


@given(st.binary(max_size=120), st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b""]))
def test_any_bytes_are_read_or_refused(tail, head):
    for act in (exif.read_facts, exif.upright, exif.to_tiff):
        try:
            act(head + tail)
        except ifd.DirectoryError:
            continue


@given(
    st.lists(
        st.builds(
            lambda tag, values: ifd.Entry(
                tag, 3, len(values), struct.pack(f"<{len(values)}H", *values)
            ),
            st.integers(1, 0xFFFF),
            st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=9),
        ),
        max_size=8,
        unique_by=lambda entry: entry.tag,
    ),
    st.sampled_from("<>"),
)
def test_a_directory_packed_is_read_back(entries, order):
    block = bytes(8) + ifd.pack(entries, 8, order)
    read = ifd.read(block, order, 8)
    assert sorted(read.entries, key=lambda e: e.tag) == sorted(entries, key=lambda e: e.tag)
    assert read.next_offset == 0
