from django import template

from signals.models import Signal
from signals.queries import ShownSignal
from signals.queries import shown_signal as show

register = template.Library()


@register.simple_tag
def shown_signal(signal: Signal) -> ShownSignal:
    """A signal that is in an editor's form, as its page would show it."""
    return show(signal)
