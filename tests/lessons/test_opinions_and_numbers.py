"""Real questions of the kinds without a right answer, or with a typed one, from a package file."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from lessons.package_content import Numbers, quiz_fields, quiz_questions
from lessons.package_schema import Quiz as QuizFile
from quizzes.editions import compile_quiz
from quizzes.models import Question, Quiz

NOTHING = Numbers({}, {}, {}, {}, {})  # it shows no picture, recording, lesson, helpline or signal
QUIZ = """
schema_version: 1
id: 55555555-0000-4000-8000-000000000001
slug: wat-denk-en-weet-jij
title: Wat denk en weet jij?
intro: Vijf vragen. Bij drie ervan is er geen goed of fout.
minutes: 5
questions:
  - type: opinion
    id: 55555555-0000-4000-8000-000000000010
    prompt: Wie zelf ja zei tegen een klus, mag later altijd nog stoppen.
    explanation: >-
      Hier mag je verschillend over denken. Dit weten we zeker: ook wie eerst ja zei, kan gedwongen
      worden. Ja zeggen maakt het niet jouw schuld.
    low: helemaal niet mee eens
    high: helemaal mee eens
  - type: self_assessment
    id: 55555555-0000-4000-8000-000000000020
    prompt: Wat weet en kun jij al?
    explanation: Twijfel je ergens over? Op de hulppagina staat wie je kunt bellen of appen.
    size: 4
    low: helemaal niet
    between: [een beetje, best goed]
    high: heel zeker
    statements:
      - id: 55555555-0000-4000-8000-000000000021
        text: Ik weet wie ik kan bellen als ik me zorgen maak over een vriend.
      - id: 55555555-0000-4000-8000-000000000022
        text: Ik kan een vriend vragen hoe het gaat, zonder te oordelen.
      - id: 55555555-0000-4000-8000-000000000023
        text: Ik herken het als iemand mij onder druk zet.
  - type: short_answer
    id: 55555555-0000-4000-8000-000000000030
    prompt: Je maakt je zorgen over een vriend. Welke organisatie geeft dag en nacht gratis advies?
    explanation: Veilig Thuis is dag en nacht bereikbaar op 0800-2000. Bellen is gratis.
    accepted:
      - id: 55555555-0000-4000-8000-000000000031
        text: Veilig Thuis
        also: ["0800-2000"]
        feedback: Je kunt er ook advies vragen zonder te melden.
    known_wrong:
      - id: 55555555-0000-4000-8000-000000000032
        text: de politie
        also: ["112"]
        feedback: Bij direct gevaar bel je 112. Voor advies is er Veilig Thuis.
      - id: 55555555-0000-4000-8000-000000000033
        text: Kindertelefoon
        feedback: Daar kun je ook gratis praten, maar niet de hele nacht.
    feedback_other: Misschien helpt dat ook. Veilig Thuis is er dag en nacht, gratis.
  - type: number
    id: 55555555-0000-4000-8000-000000000040
    prompt: Hoeveel slachtoffers van mensenhandel werden er in 2024 gemeld in Nederland?
    explanation: Dit zijn de mensen die gemeld zijn. Lang niet iedereen komt in beeld.
    figure: 944
    unit: mensen
    figure_source: CoMensha, meldingen over 2024
    right_from: 900
    right_to: 1000
    near_from: 600
    near_to: 1500
    feedback_low: Het zijn er meer. In 2023 waren het er 868.
    feedback_right: Het waren er 944, meer dan in 2023.
    feedback_high: Zoveel meldingen waren er niet. Het echte aantal ligt wel veel hoger.
    ask_sure: true
  - type: number
    id: 55555555-0000-4000-8000-000000000050
    prompt: Hoeveel slachtoffers zijn er elk jaar in het echt, denk je?
    explanation: Niemand kan ze allemaal tellen. Onderzoekers maken een schatting.
    figure: 5000
    unit: mensen
    figure_source: WODC, schatting over 2018 en 2019 (tussen 4.000 en 7.000)
    right_from: 4000
    right_to: 7000
    feedback_low: De schatting van onderzoekers is hoger.
    feedback_right: Dat denken onderzoekers ook.
    feedback_high: De schatting van onderzoekers is lager.
    is_estimate: true
bands:
  - from_percent: 0
    title: Goed dat je meedeed
    text: Je weet nu weer wat meer.
what_you_can_do: Vraag een vriend hoe het gaat.
helplines: [veilig-thuis]
"""


@pytest.mark.django_db
def test_a_package_file_becomes_questions_that_learners_can_answer() -> None:
    quiz = from_file(QUIZ)
    questions = compile_quiz(quiz)["questions"]
    assert [question["points"] for question in questions] == [0, 0, 1, 2, 0]
    assert [point["text"] for point in questions[1]["scale"]][1:3] == ["een beetje", "best goed"]
    assert questions[1]["statements"][0]["key"] == "55555555-0000-4000-8000-000000000021"
    assert questions[2]["answers"][0]["spellings"] == ["Veilig Thuis", "0800-2000"]
    assert questions[3]["figure"] == "944"
    assert questions[3]["ask_sure"] is True


def from_file(text: str) -> Quiz:
    source = QuizFile.model_validate(yaml.safe_load(text))
    quiz = Quiz(slug=source.slug, **_known(quiz_fields(source, NOTHING)))
    field: Any = Question._meta.get_field("body")
    quiz.questions = [
        Question(key=key, section=section, sort_order=number, body=field.to_python(body))
        for number, (key, section, body) in enumerate(quiz_questions(source, NOTHING))
    ]
    return quiz


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in Quiz._meta.get_fields()} - {"slug"}
    return {name: value for name, value in fields.items() if name in names}
