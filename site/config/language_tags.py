"""In which language a text is, for a voice that reads it aloud and for its direction (A-14).

Built in, so that no template needs to load it. ``{% lang %}`` is for a text of which the
language is known; ``{% content_lang %}`` for what an editor wrote in the quiz on the page.
"""

from django import template
from django.utils.safestring import SafeString

from quizzes.speaking import content_language, language_attributes

register = template.Library()


@register.simple_tag
def lang(code: str = "") -> SafeString:
    """The attributes of an element that holds a text in this language."""
    return language_attributes(code)


@register.simple_tag
def content_lang() -> SafeString:
    """The attributes of an element that holds what the editor of this quiz wrote."""
    return language_attributes(content_language())
