"""A picture on a page: never larger than it is shown, in the smallest format a browser knows.

A drawing (SVG) is its own file. Of a photo copies are made, once, when it is first shown: in AVIF
and WebP, and in JPEG for the browsers that know neither, and for paper. What a camera writes beside
a picture, such as where it was made, is in none of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from media.models import CustomImage

WIDTHS = (480, 960, 1600)  # pixels; a phone, a phone with a fine screen or a column, a board
FORMATS = {"avif": "image/avif", "webp": "image/webp"}
PLAIN = "jpeg"


@dataclass(frozen=True)
class Source:
    """Copies of one format, for ``<source>``."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """``address`` is of the copy for browsers that know no better; sizes in pixels."""

    address: str
    width: int
    height: int
    sources: tuple[Source, ...] = ()


def widths_for(width: int) -> list[int]:
    """Of the copies of a picture this wide: none is wider than it is, or the same."""
    widest = min(width, WIDTHS[-1])
    return [*(one for one in WIDTHS if one < widest), widest]


def picture(image: CustomImage) -> Picture:
    """The picture and its copies. 1 query for a photo; the first time it also makes the copies."""
    if image.is_svg():
        return Picture(image.file.url, image.width, image.height)
    specs = {
        kind: [f"width-{one}|format-{kind}" for one in widths_for(image.width)] for kind in FORMATS
    }
    plain = f"width-{min(image.width, WIDTHS[1])}|format-{PLAIN}"
    made = image.get_renditions(plain, *(spec for kind in specs.values() for spec in kind))
    sources = (
        (kind, ", ".join(f"{made[spec].url} {made[spec].width}w" for spec in specs[kind]))
        for kind in FORMATS
    )
    return Picture(
        made[plain].url,
        made[plain].width,
        made[plain].height,
        tuple(Source(FORMATS[kind], srcset) for kind, srcset in sources),
    )


def picture_address(image: CustomImage, *, width: int) -> str:
    """One file of at most this width, where there is room for one only."""
    if image.is_svg():
        return str(image.file.url)
    return str(image.get_rendition(f"width-{width}|format-webp").url)
