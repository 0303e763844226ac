"""The report: one page that stands by itself, sound HTML, every text escaped."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from blurstudio.engine.analysis import analyze
from blurstudio.engine.export.extras import Extras
from blurstudio.engine.export.page import NO_MOTION, Page, Shown, page
from blurstudio.engine.export.report_tables import explanation
from blurstudio.engine.export.request import ExportRequest, Part
from blurstudio.engine.export.write import write_export
from blurstudio.exposure.report import ReblurReport

VOID = {"meta", "img", "br", "hr", "link", "input"}
EVIL = "<script>alert('x')</script> & \"friends\".jpg"
COMMAND = "blurstudio process 'a photo.jpg' -o out --parts report"


class Reader(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order, and nothing else."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.elements = []
        self.words = []
        self.doctypes = []
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_decl(self, decl):
        self.doctypes.append(decl)

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in {tag}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def report(photo, options, tmp_path):
    """Write the report of a photo, with the sharp picture beside it."""
    analysis = analyze(photo, options)
    request = ExportRequest(tmp_path, frozenset({Part.SHARP, Part.REPORT}), still="png")
    extras = Extras(COMMAND, "Strokes are read from the document.")
    path = write_export(analysis, request, extras=extras)[-1]
    assert path.name == "report.html"
    return analysis, path, Reader(path.read_text(encoding="utf-8"))


def test_it_is_html_5_in_one_language_and_encoding(report):
    _, path, read = report
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")
    assert read.doctypes == ["DOCTYPE html"]
    assert read.all("html") == [{"lang": "en"}]
    assert {"charset": "utf-8"} in read.all("meta")
    assert len(read.all("title")) == len(read.all("main")) == len(read.all("h1")) == 1


def test_it_stands_by_itself(report):
    _, path, read = report
    text = path.read_text(encoding="utf-8")
    assert "http" not in text, "nothing is loaded from elsewhere"
    assert not read.all("script")
    assert not read.all("link")
    for picture in read.all("img"):
        head, data = picture["src"].split(",", 1)
        assert head == "data:image/jpeg;base64"
        with Image.open(io.BytesIO(base64.b64decode(data))) as shown:
            assert shown.size == (int(picture["width"]), int(picture["height"]))


def test_every_picture_has_words_for_those_who_do_not_see_it(report):
    _, _, read = report
    words = [picture["alt"] for picture in read.all("img")]
    titles = [text.split(":")[0] for text in words]
    assert titles[:6] == ["Photo", "Sharp picture", "Paths", "Flow", "Residual", "Blur kernels"]
    assert titles[6:] == ["Frame"] * 5
    assert len(set(words)) == len(words)


def test_it_is_light_or_dark_as_the_reader_likes(report):
    _, path, read = report
    assert "prefers-color-scheme: dark" in path.read_text(encoding="utf-8")
    assert {"name": "color-scheme", "content": "light dark"} in read.all("meta")


def test_it_tells_settings_networks_versions_and_the_command(report):
    analysis, _, read = report
    for card in analysis.models.values():
        assert card.name in read.text
        assert card.sha256 in read.text
    for words in (COMMAND, "Strokes are read from the document", "torch", "numpy", "cpu (chosen)"):
        assert words in read.text
    assert analysis.verdict.sentence in read.text
    assert "130 × 90 px" in read.text


def test_it_leads_to_the_files_beside_it(report):
    _, path, read = report
    (link,) = read.all("a")
    assert (path.parent / link["href"]).exists()


def test_links_find_their_files_from_a_folder_of_its_own(photo, options, tmp_path):
    photo = replace(photo, path=Path("50 % & more.jpg"))
    request = ExportRequest(
        tmp_path, frozenset({Part.PATHS, Part.REPORT}), pattern="{part} of {name}/{part}"
    )
    *_, path = write_export(analyze(photo, options), request)
    read = Reader(path.read_text(encoding="utf-8"))
    (link,) = read.all("a")
    assert link["href"] == "../path%20of%2050%20%25%20%26%20more/path.npz"


def test_the_reblur_figure_never_stands_without_its_companions():
    rows = explanation(ReblurReport(34.0, 1.4, 10.8, motion_found=True))
    assert [name for name, _ in rows] == [
        "Reblur (PSNR)", "Gradient energy over the photo's", "Mean path",
    ]  # fmt: skip
    assert explanation(ReblurReport(99.0, 1.0, 0.0, motion_found=False)) == ()


def test_without_motion_it_says_so_and_gives_no_figure():
    text = page(Page("a.jpg", "Sharp.", "today", (), (), (), ()))
    read = Reader(text)
    assert NO_MOTION in read.text
    assert "dB" not in read.text


@pytest.mark.parametrize("text", [EVIL, "\x00\x07 bell", "lone \udcff surrogate", "ümläut – 写真"])
def test_texts_are_texts_wherever_they_stand(text):
    shown = Shown(text, text, "data:image/jpeg;base64,", (1, 2))
    made = page(
        Page(
            text, text, text, ((text, text),), ((text, ((text, text),)),), (shown,), (shown,),
            (text,), text, text, ((text, text.encode("utf-8", "replace").decode()),),
        )
    )  # fmt: skip
    read = Reader(made.encode("utf-8").decode("utf-8"))
    assert not read.all("script")
    if text == EVIL:
        assert read.text.count(EVIL) >= 10
        assert read.all("img")[0]["alt"] == f"{EVIL}: {EVIL}"
