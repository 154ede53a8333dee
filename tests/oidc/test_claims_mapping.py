"""What claims mean here: the rule, without a provider."""

from __future__ import annotations

import pytest

from accounts.claims_mapping import (
    OidcProvider,
    PupilError,
    UnknownRoleError,
    identity,
    is_safe_address,
    person_of,
    read_providers,
)

BRUG, HAVEN = "7d1ad65b-4f43-4f0a-8a52-4ae9f4c3f5a1", "0b6a3c6e-0d0b-4c39-9d4f-0a3f1f1b7a10"
PROVIDER = OidcProvider(
    provider_id="school",
    name="De School",
    issuer="https://school.example",
    client_id="doorzien",
    secret="geheim",
    organisation_claim="organisation",
    organisations={"00AB": BRUG, "00CD": HAVEN, "00AB01": BRUG},
    role_claim="affiliation",
    teacher_values=["employee"],
)
GOOD = f"""
[school]
name = "De School"
issuer = "https://school.example"
client_id = "doorzien"
secret = "geheim"
organisations = {{ "00AB" = "{BRUG}" }}
"""


def read(**claims):
    return person_of({"sub": "x", "affiliation": "employee", **claims}, PROVIDER)


@pytest.mark.parametrize(
    ("value", "organisation"),
    [
        ("00AB", BRUG),
        ([" 00AB "], BRUG),
        (["00AB", "00AB01"], BRUG),
        (["99ZZ", "00AB"], BRUG),
        (["00AB", "00CD"], ""),
        ("99ZZ", ""),
        ("00ab", ""),
        (None, ""),
        ({"00AB": 1}, ""),
        ([["00AB"]], ""),
        (7, ""),
    ],
)
def test_an_organisation_is_one_that_the_table_names(value, organisation):
    assert read(organisation=value).organisation == organisation


@pytest.mark.parametrize("value", ["employee", ["member", "employee"], "Employee@school.example"])
def test_who_works_there_teaches(value):
    assert read(affiliation=value).is_teacher


@pytest.mark.parametrize("value", [["student", "employee"], ["employee", "student"]])
def test_who_works_there_and_studies_teaches(value):
    assert read(affiliation=value).is_teacher


@pytest.mark.parametrize("value", ["coordinator", "municipal_editor", "admin", ["staff"]])
def test_other_values_give_nothing(value):
    assert not read(affiliation=value).is_teacher


@pytest.mark.parametrize(
    "value", ["student", ["Student"], ["member", "student"], "student@school.example", "leerling"]
)
def test_a_pupil_is_refused(value):
    with pytest.raises(PupilError):
        read(affiliation=value)


@pytest.mark.parametrize("value", [None, "", [], [None], {}, 1, [" "]])
def test_whoever_may_be_a_pupil_is_refused(value):
    with pytest.raises(UnknownRoleError):
        read(affiliation=value)


def test_where_nobody_is_a_pupil_no_claim_is_needed():
    employer = read_providers(GOOD)["school"]
    assert not person_of({"sub": "x", "affiliation": "student"}, employer).is_teacher


@pytest.mark.parametrize(
    ("verified", "email"),
    [(True, "a@b.example"), (False, ""), (None, ""), ("true", ""), (1, "")],
)
def test_an_address_counts_only_when_it_was_checked(verified, email):
    assert read(email="a@b.example", email_verified=verified).email == email


def test_who_somebody_is_depends_on_issuer_and_subject_and_nothing_else():
    assert identity("https://a.example", "x") == identity("https://a.example", "x")
    several = {
        identity(issuer, subject)
        for issuer in ("https://a.example", "https://b.example")
        for subject in ("x", "y", "x" * 255)
    }
    assert len(several) == 6
    assert {len(one) for one in several} == {64}


def test_a_file_is_read_with_its_defaults_and_hides_its_secret():
    one = read_providers(GOOD)["school"]
    assert (one.scope, one.role_claim) == (["openid", "email"], "")
    assert "geheim" not in repr(one)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[school]", "[De School]", "Expected"),
        ("[school]", "[school_1]", "small letters"),
        ("[school]", "[een.twee]", "unknown: twee"),
        ('name = "De School"', "", "name is missing"),
        ('secret = "geheim"', 'secret = ""', "secret is missing"),
        ('secret = "geheim"', 'secrets = "geheim"', "unknown: secrets"),
        ('secret = "geheim"', "secret = 7", "secret has the wrong type"),
        ("https://", "http://", "issuer must begin with https://"),
        (BRUG, "de-brug", "00AB must have the id"),
        ("[school]", '[school]\nscope = ["email"]', "scope must hold openid"),
        ("[school]", '[school]\nteacher_values = "employee"', "teacher_values has the wrong type"),
    ],
)
def test_a_file_that_is_wrong_says_where(before, after, told):
    with pytest.raises(ValueError, match=told) as error:
        read_providers(GOOD.replace(before, after, 1))
    assert "geheim" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://school.example", True),
        ("http://127.0.0.1:8080", True),
        ("http://127.0.0.1.evil.example", False),
        ("http://school.example", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        (None, False),
    ],
)
def test_nothing_goes_over_a_line_that_others_can_read(address, is_safe):
    assert is_safe_address(address) is is_safe
