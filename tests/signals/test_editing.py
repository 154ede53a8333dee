"""What editors are helped with: a name leads to one signal, and dates make sense."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from signals.models import Signal
from tests.factories.signals import make_signal, translate_signal
from tests.signals.editing import edit_address, form_of

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_signals_signal:list"


def test_the_list_says_what_must_be_checked(admin_client: Client, signal: Signal) -> None:
    make_signal("oud", title="Oud", also_called="", checked_on=date(2020, 1, 1),
                check_by=date(2021, 1, 1))  # fmt: skip
    page = admin_client.get(reverse(LIST)).content.decode()
    assert "⚠ Nakijken: laatst gedaan op 1 januari 2020" in page
    assert page.count("⚠") == 1


def test_a_name_of_another_signal_is_refused(admin_client: Client, signal: Signal) -> None:
    other = make_signal("ander", title="Ander", also_called="")
    sent = form_of(other, title="een TWEEDE telefoon")
    page = admin_client.post(edit_address(other), sent).content.decode()
    assert "‘een TWEEDE telefoon’ is al een naam van ‘Meer telefoons’." in page


def test_a_translation_may_be_called_as_its_original(signal: Signal, admin_client: Client) -> None:
    english = translate_signal(signal, title="More phones")
    sent = form_of(english, title="Meer telefoons")
    assert admin_client.post(edit_address(english), sent).status_code == 302


def test_dates_and_forms_and_addresses_must_fit(signal: Signal) -> None:
    english = translate_signal(signal, title="More phones")
    english.slug = "more-phones"
    signal.check_by = signal.checked_on
    signal.forms = ["iets"]
    with pytest.raises(ValidationError) as refused:
        english.full_clean()
    assert set(refused.value.message_dict) == {"slug"}
    with pytest.raises(ValidationError) as refused:
        signal.full_clean()
    assert "check_by" in refused.value.message_dict


@pytest.mark.parametrize("words", ["telefoons", "tweede"])
def test_an_editor_finds_a_signal_by_every_name(
    admin_client: Client, signal: Signal, words: str
) -> None:
    other = make_signal("ander", title="Ander", also_called="")
    page = admin_client.get(reverse(LIST), {"q": words}).content.decode()
    assert edit_address(signal) in page
    assert edit_address(other) not in page
