from __future__ import annotations

import pytest

from lessons.rich_text import UnusableMarkdownError, to_html

SHORT = ("bold", "italic", "ul", "ol", "link")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Dit is **vet** en *schuin*.", "<p>Dit is <b>vet</b> en <i>schuin</i>.</p>"),
        ("- een\n- twee", "<ul><li>een</li><li>twee</li></ul>"),
        ("1. een\n2. twee", "<ol><li>een</li><li>twee</li></ol>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("[112](tel:112)", '<p><a href="tel:112">112</a></p>'),
    ],
)
def test_markdown_becomes_what_the_editor_would_save(text: str, html: str) -> None:
    assert to_html(text, SHORT) == html


@pytest.mark.parametrize(
    "text",
    [
        "# Kop",
        "> citaat",
        "![alt](x.png)",
        "<script>alert(1)</script>",
        "<p onclick=x>hoi</p><img src=x onerror=y>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hoi)",
        "`code`",
    ],
)
def test_what_a_field_cannot_hold_is_refused_and_not_silently_lost(text: str) -> None:
    with pytest.raises(UnusableMarkdownError):
        to_html(text, SHORT)


def test_a_heading_is_fine_where_the_field_has_headings() -> None:
    assert to_html("### Kop", (*SHORT, "h3")) == "<h3>Kop</h3>"


def test_an_attribute_is_taken_off() -> None:
    assert to_html('<b style="color:red">x</b>', SHORT) == "<p><b>x</b></p>"
