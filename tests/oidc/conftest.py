"""Real OpenID providers, once per process, and a site that knows them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.claims_mapping import read_providers
from organisations.models import Organisation
from tests.oidc.elsewhere import settings_file, started

BACK = "http://testserver/account/elders/{}/terug/"


@pytest.fixture(scope="session")
def issuers() -> Iterator[list[str]]:
    with started(BACK.format("school"), BACK.format("werk")) as running:
        yield running


@pytest.fixture
def elsewhere(issuers: list[str], organisation: Organisation, settings) -> list[str]:
    """A school whose code 00AB is De Brug, and an employer that says the same of it."""
    text = settings_file(issuers, organisation=str(organisation.public_id))
    settings.OIDC_PROVIDERS = read_providers(text)
    return issuers
