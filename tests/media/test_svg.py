"""S-52: a picture draws and does nothing else."""

from __future__ import annotations

import pytest

from media.svg import MAX_BYTES, UnsafeSvgError, check_svg

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h1"/>',
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
        '<rect fill="url(#a)"/>',
        '<g id="b"/><use href="#b"/><use xlink:href="#b"/>',
        "<style>.a { fill: url(#a); }</style>",
        "<title>Een zon</title><desc>Geel</desc>",
        "<!-- een opmerking -->",
    ],
)
def test_a_picture_that_draws_is_fine(inside: str) -> None:
    check_svg(SVG.format(inside).encode())


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
        "<foreignObject><p>x</p></foreignObject>",
        '<rect onload="alert(1)"/>',
        '<rect ONCLICK="alert(1)"/>',
        '<a href="https://evil.example"><rect/></a>',
        '<use href="https://evil.example/x.svg#a"/>',
        '<use xlink:href="data:image/svg+xml,x"/>',
        '<image href="https://evil.example/x.png"/>',
        '<rect fill="url(https://evil.example)"/>',
        "<rect fill=\"url( '//evil.example')\"/>",
        '<rect style="background:url(//evil.example)"/>',
        "<style>@import '//evil.example/x.css';</style>",
        "<style>a{background:url(//evil.example)}</style>",
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        "<iframe/>",
        "<?xml-stylesheet href='//evil.example/x.xsl'?>",
    ],
)
def test_a_picture_that_does_more_is_refused(inside: str) -> None:
    with pytest.raises(UnsafeSvgError):
        check_svg(SVG.format(inside).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen xml",
        b"<html><body/></html>",
        b"<svg/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg xmlns="http://www.w3.org/2000/svg"/>',
        b" " * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(UnsafeSvgError):
        check_svg(content)


def test_the_line_is_named() -> None:
    with pytest.raises(UnsafeSvgError, match="line 2: <script> is not allowed"):
        check_svg(SVG.format("\n<script/>").encode())
