"""A school and an employer with an OpenID provider each, and somebody who signs in there."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import requests
from django.test import Client

from tests.suites import find_command

SCRIPT = Path(__file__).with_name("provider.mjs")
NOBODY_ANSWERS = ("http://127.0.0.1:9", "http://localhost:9")
CLIENT_ID, SECRET = "doorzien", "a-secret-of-the-tests"
AT_SCHOOL = {"organisation": "00AB", "affiliation": ["employee"]}
# Who can sign in there, by the name that they type, and what is told of them.
PEOPLE: dict[str, dict[str, object]] = {
    "docent": {**AT_SCHOOL, "email": "docent@anders.example", "email_verified": True},
    "zelfde-adres": {**AT_SCHOOL, "email": "Docent@DeBrug.example", "email_verified": True},
    "niet-nagekeken": {**AT_SCHOOL, "email": "docent@debrug.example", "email_verified": False},
    "van-elders": {**AT_SCHOOL, "organisation": "99ZZ"},
    "conciërge": {**AT_SCHOOL, "affiliation": ["affiliate"]},
    "directeur": {**AT_SCHOOL, "affiliation": ["coordinator", "municipal_editor", "admin"]},
    "leerling": {
        **AT_SCHOOL,
        "affiliation": ["student"],
        "email": "leerling@debrug.example",
        "email_verified": True,
    },
    "zonder-rol": {"organisation": "00AB"},
}


@contextmanager
def started(*redirects: str, secret: str = SECRET) -> Iterator[list[str]]:
    """Runs both providers; their issuers. They are gone afterwards."""
    client = {
        "client_id": CLIENT_ID,
        "client_secret": secret,
        "redirect_uris": redirects,
    }
    node = find_command("node")
    assert node is not None
    with subprocess.Popen(
        [node, SCRIPT, json.dumps({"client": client, "people": PEOPLE})],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()


def settings_file(
    issuers: Sequence[str], *, organisation: str = "", secret: str = SECRET, **more: str
) -> str:
    """What an operator would write; ``organisation`` is the public id of school 00AB."""
    known = f'organisations = {{ "00AB" = "{organisation}" }}' if organisation else ""
    return "\n".join(
        f"""
        [{provider_id}]
        name = "{name}"
        issuer = "{issuer}"
        client_id = "{CLIENT_ID}"
        secret = "{secret}"
        organisation_claim = "organisation"
        role_claim = "affiliation"
        teacher_values = ["employee"]
        {known}
        """
        for provider_id, name, issuer in zip(
            ("school", "werk"), ("De School", "Het Werk"), issuers, strict=True
        )
    )


def way_there(client: Client, provider_id: str = "school", query: str = "", **form: str) -> str:
    """Presses the button; the address of the provider that the page leads to."""
    page = client.post(f"/account/elders/{provider_id}/{query}", form)
    assert page.status_code == 200, page.content.decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert found is not None, page.content.decode()
    return unescape(found[1])


def signs_in_there(address: str, name: str, field: str = "name") -> str:
    """Somebody with a browser of their own at the provider; the address it sends them back to."""
    with requests.Session() as browser:
        answer = browser.get(address, allow_redirects=False)
        for _step in range(8):
            if answer.status_code == 200:
                answer = browser.post(answer.url, {field: name}, allow_redirects=False)
            target = urljoin(answer.url, answer.headers["Location"])
            if not target.startswith("http://127.0.0.1"):
                return target.removeprefix("http://testserver")
            answer = browser.get(target, allow_redirects=False)
    raise AssertionError(f"did not come back: {answer.status_code} {answer.text}")


def comes_in(client: Client, name: str, provider_id: str = "school", **form: str):
    """The whole way; the site's answer when they come back."""
    return client.get(signs_in_there(way_there(client, provider_id, **form), name))
