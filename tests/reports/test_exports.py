"""The matrix as a file for a spreadsheet (S-65)."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from classrooms.actions import assign
from classrooms.models import Classroom, Enrolment
from quizzes.models import Quiz
from reports.exports import harmless
from tests.factories.classrooms import enrol, make_classroom

FORMULAS = [
    "=1+1",
    "+31612345678",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("https://evil.example","klik")',
    "=cmd|' /C calc'!A0",
    "  =1+1",
]


def address(classroom: Classroom, kind: str) -> str:
    return reverse("reports:export", args=[classroom.public_id, kind])


def read_csv(response) -> list[list[str]]:
    assert response.content.startswith(b"\xef\xbb\xbf")  # what makes Excel read UTF-8
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def assigned(classroom, quiz) -> Classroom:
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    return classroom


def test_the_csv_is_the_matrix(teacher_client, assigned, quiz):
    joined = enrol(assigned)
    response = teacher_client.get(address(assigned, "csv"))
    assert read_csv(response) == [
        ["Bijnaam", f"Quiz: {quiz.title}"],
        [joined.enrolment.nickname, "Niet begonnen"],
    ]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"


def test_the_xlsx_is_the_matrix(teacher_client, assigned, quiz):
    joined = enrol(assigned)
    response = teacher_client.get(address(assigned, "xlsx"))
    sheet = load_workbook(BytesIO(response.content)).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["Bijnaam", f"Quiz: {quiz.title}"],
        [joined.enrolment.nickname, "Niet begonnen"],
    ]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_becomes_a_formula(teacher_client, assigned, formula):
    """S-65."""
    enrol(assigned)
    Enrolment.objects.update(nickname=formula)
    Quiz.objects.update(title=formula)
    rows = read_csv(teacher_client.get(address(assigned, "csv")))
    assert rows[1][0] == f"'{formula}"
    sheet = load_workbook(BytesIO(teacher_client.get(address(assigned, "xlsx")).content)).active
    for row in sheet.rows:
        for cell in row:
            assert cell.data_type == "s"
            assert cell.number_format == "@"
    assert sheet["A2"].value.strip() == formula.strip()


@pytest.mark.parametrize("text", ["Kalme Otter", "Klaar, 80%", "2b", ""])
def test_ordinary_text_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.mark.parametrize("name", ['2b"; x="', "2b\r\nSet-Cookie: a=b", "‮cod.exe", "///", ".."])
def test_the_file_name_is_safe_whatever_the_class_is_called(teacher_client, teacher, name):
    """S-70."""
    classroom = make_classroom(teacher=teacher, name=name)
    header = teacher_client.get(address(classroom, "csv")).headers["Content-Disposition"]
    assert header.startswith('attachment; filename="overzicht-')
    assert header.count('"') == 2
    assert header.isascii()


def test_downloading_is_written_down(teacher_client, teacher, assigned):
    teacher_client.get(address(assigned, "csv"))
    entry = ModelLogEntry.objects.get(action="classrooms.export")
    assert (entry.user, entry.data) == (teacher, {"kind": "csv"})


def test_a_foreign_download_is_refused_and_not_written_down(other_teacher_client, assigned):
    assert other_teacher_client.get(address(assigned, "csv")).status_code == 404
    assert not ModelLogEntry.objects.filter(action="classrooms.export").exists()


def test_another_kind_of_file_does_not_exist(teacher_client, assigned):
    path = address(assigned, "csv").replace(".csv", ".pdf")
    assert teacher_client.get(path).status_code == 404
