"""Addresses with the site's own name before them, for machines that read a page elsewhere.

Built in, so that no template needs to load it. From ``BASE_URL`` and never from the request:
whoever sends another Host may not end up in a page that is kept in memory.
"""

from django import template
from django.conf import settings
from django.templatetags.static import static

register = template.Library()


@register.simple_tag
def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


@register.simple_tag
def absolute_static(path: str) -> str:
    return absolute(static(path))
