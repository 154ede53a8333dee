"""Figures in words, for templates."""

from django import template

from reports.figure_table import discrimination_text, form_text, share_text

register = template.Library()
register.filter("share_text", share_text)
register.filter("discrimination_text", discrimination_text)
register.filter("form_text", form_text)
