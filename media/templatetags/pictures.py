from __future__ import annotations

from typing import Any

from django import template

from media.models import CustomImage
from media.pictures import picture

register = template.Library()
# A column of text is at most 46rem wide; on a phone it is all but the margins.
IN_A_COLUMN = "(min-width: 50rem) 46rem, 92vw"


@register.inclusion_tag("media/_picture.html")
def uploaded_picture(
    image: CustomImage,
    *,
    alt: str,
    is_decorative: bool = False,
    css_class: str = "",
    language: str = "",
    is_first: bool = False,
    sizes: str = IN_A_COLUMN,
) -> dict[str, Any]:
    """The picture as ``<img>``, or for a photo as ``<picture>``. 1 query for a photo.

    ``is_first``: it is seen at once, and not fetched later.
    """
    return {
        "picture": picture(image),
        "alt": "" if is_decorative else alt,
        "css_class": css_class,
        "language": language,
        "is_lazy": not is_first,
        "sizes": sizes,
    }
