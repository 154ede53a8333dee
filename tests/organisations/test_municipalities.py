"""The list of municipalities, what people call them, and how it is checked against a newer one."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from organisations.municipalities import (
    CODE,
    UnreadableListError,
    compare,
    find,
    municipalities,
    name_of,
    read_list,
)


def test_there_are_342_with_a_code_and_a_name_each() -> None:
    found = municipalities()
    assert len(found) == 342
    assert all(CODE.fullmatch(code) for code in found)
    assert len({one.name for one in found.values()}) == 342
    assert {name_of("GM0363"), name_of("GM1992")} == {"Amsterdam", "Voorne aan Zee"}
    assert name_of("GM0457") == ""  # Weesp: part of Amsterdam since 2022


def test_they_stand_in_the_order_in_which_one_looks_for_them() -> None:
    names = [one.name for one in municipalities().values()]
    assert names[0] == "Aa en Hunze"
    assert names.index("De Bilt") < names.index("Bladel")
    assert names.index("Geertruidenberg") < names.index("'s-Gravenhage") < names.index("Groningen")
    assert names.index("Stichtse Vecht") < names.index("Súdwest-Fryslân") < names.index("Urk")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Amsterdam", "GM0363"),
        ("  den haag ", "GM0518"),
        ("'s-gravenhage", "GM0518"),
        ("s-Gravenhage", "GM0518"),
        ("Sudwest Fryslan", "GM1900"),
        ("GM0014", "GM0014"),
        ("Hengelo", "GM0164"),
        ("Bergen (NH.)", "GM0373"),
    ],
)
def test_what_people_type_is_understood(typed: str, code: str) -> None:
    found = find(typed)
    assert found
    assert found.code == code


@pytest.mark.parametrize("typed", ["", "  ", "Bergen", "Gotham", "GM9999", "Amster"])
def test_what_could_be_two_or_none_is_not_guessed(typed: str) -> None:
    assert find(typed) is None


def test_a_newer_list_says_what_is_new_gone_and_renamed() -> None:
    theirs = [one for one in municipalities().values() if one.code != "GM0014"]
    theirs = [one._replace(name="Mokum") if one.code == "GM0363" else one for one in theirs]
    table = "\n".join(f"{one.code};{one.name};PV27" for one in theirs) + "\nGM2000;Nieuwstad;PV20"
    other = compare(read_list(table))
    assert [one.name for one in other.new] == ["Nieuwstad"]
    assert [one.name for one in other.gone] == ["Groningen"]
    assert [(ours.name, new.name) for ours, new in other.renamed] == [("Amsterdam", "Mokum")]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_read_whatever_stands_between_its_columns(separator: str) -> None:
    rows = [["Gemeentecode", "Gemeentenaam"], ["363", '"Amsterdam"'], ["14", "Groningen"]]
    text = "\ufeff" + "\r\n".join(separator.join(row) for row in rows)
    assert [(one.code, one.name) for one in read_list(text)] == [
        ("GM0363", "Amsterdam"),
        ("GM0014", "Groningen"),
    ]


def test_the_command_is_content_with_the_same_and_fails_on_another(tmp_path: Path) -> None:
    same = tmp_path / "cbs.csv"
    names = {"Utrecht": "Utrecht (gemeente)"}
    lines = [f"{one.code};{names.get(one.name, one.name)}" for one in municipalities().values()]
    same.write_text("\n".join(lines), encoding="utf-8")
    out = StringIO()
    call_command("check_municipalities", same, stdout=out)
    assert "342" in out.getvalue()
    same.write_text("\n".join(lines[1:]), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="not the same"):
        call_command("check_municipalities", same, stdout=out)
    assert "gone     GM1680  Aa en Hunze" in out.getvalue()


def test_a_file_without_municipalities_says_what_it_must_look_like(tmp_path: Path) -> None:
    with pytest.raises(UnreadableListError, match="GM0363"):
        read_list("naam;plaats\nNoor;Zwolle")
    with pytest.raises(CommandError, match=r"niets\.csv"):
        call_command("check_municipalities", tmp_path / "niets.csv")
