import os
import subprocess
import sys
from pathlib import Path

import pytest

from printing.errors import RenderingError
from printing.rendering import PrintPicture, project_file, render_pdf
from tests.printing.pdf import page_texts, plain, reader
from tests.quizzes.importing.word_files import picture_bytes

ROOT = Path(__file__).resolve().parents[2]
STYLE = '<link rel="stylesheet" href="print:assets/fonts.css">'
BODY = '<body style="font-family: Motcua Serif">'


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x.png",
        "https://example.org/x.png",
        "file:///etc/passwd",
        "data:image/png;base64,iVBORw0KGgo=",
        "ftp://127.0.0.1/x.png",
        "print:fonts/../../manage.py",
        "print:assets/..%2f..%2fmanage.py",
        "print:/etc/passwd",
        "print:fonts/OFL.txt",
        "print:secrets/key.png",
        "print:pictures/7",
        "print:pictures/../fonts/OFL.txt",
    ],
)
@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<style>@import url("{}");</style>',
        '<p style="background: url({})">x</p>',
        '<link rel="attachment" href="{}">',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{}" width="9" height="9"/></svg>',
    ],
)
def test_nothing_outside_the_projects_print_files_is_read(address, html):
    with pytest.raises(RenderingError):
        render_pdf(html.format(address))


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/webp"])
def test_a_picture_given_by_bytes_is_drawn(media_type):
    data = picture_bytes(media_type.removeprefix("image/").upper())
    html = '<img src="print:pictures/7/" alt="Dấu"><img src="print:pictures/7/">'
    pdf = render_pdf(html, pictures={"7": PrintPicture(data, media_type)})
    [image] = reader(pdf).pages[0].images
    assert image.image.size == (40, 20)


def test_a_picture_that_was_not_given_stops_the_print():
    with pytest.raises(RenderingError):
        render_pdf('<img src="print:pictures/8">', pictures={"7": PrintPicture(b"", "image/png")})


def test_a_drawing_cannot_fetch_from_outside():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    with pytest.raises(RenderingError):
        render_pdf(
            '<img src="print:pictures/7">',
            pictures={"7": PrintPicture(drawing, "image/svg+xml")},
        )


def test_the_projects_own_files_are_found():
    assert project_file("print:fonts/LiberationSerif-Regular.ttf").is_file()
    assert project_file("print:assets/decree30.css").is_file()


def test_fonts_are_embedded_and_vietnamese_text_can_be_copied_out():
    text = "Ẫm ỗn ữ Ậ ỷ ẵ ẳ ợ ỡ Đắk Nông, Nguyễn Thị Huyền Trân, phường Tây Tựu"
    pdf = render_pdf(f"{STYLE}{BODY}<p>{text}</p><p><b>{text}</b> <i>{text}</i></p>")
    assert plain(pdf)[0].count(text) == 3
    fonts = reader(pdf).pages[0]["/Resources"]["/Font"]
    assert len(fonts) == 3
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()


def test_no_system_font_is_needed(tmp_path):
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    code = (
        "import sys; from printing.rendering import render_pdf;"
        f"sys.stdout.buffer.write(render_pdf('''{STYLE}{BODY}Ngô Ẩn ữ Ậ'''))"
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    assert plain(done.stdout) == ["Ngô Ẩn ữ Ậ"]
    assert "Serif" in page_texts(reader(done.stdout).pages[0])[0].font
