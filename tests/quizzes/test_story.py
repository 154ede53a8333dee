"""Stories: what a script says, and what a writer is told when it is no story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.story import ScriptError, follow, read_script

SCRIPT = """
// Voor de redactie.
# begin
Jay: hee
Jij: hoi
Later die avond.
> Vraag wat hij wil -> klus
  tactiek: vleien
> Zeg nee -> stop
  vaardigheid: grens stellen

# klus
Jay: even een tasje wegbrengen
> Zeg nee -> stop
  vaardigheid: grens stellen
> Doe het -> spijt

# spijt
Het tasje is weg.

# stop
Jay: oké

= tactiek vleien
Iemand zegt
wat je graag hoort.
= vaardigheid grens stellen
Je zegt wat je wel en niet wilt.
"""


LONG = "\n".join(f"# s{number}\nHoi.\n> x -> s{number + 1}" for number in range(2000))


def scenes_of(script: str) -> list[dict]:
    return [
        {
            "name": scene.name,
            "choices": [{"key": c.key, "target": c.target} for c in scene.choices],
        }
        for scene in read_script(script).scenes.values()
    ]


def problems(script: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ScriptError) as caught:
        read_script(script)
    return [(problem.line, problem.what, problem.name) for problem in caught.value.problems]


def test_a_script_reads_as_scenes_lines_choices_and_explanations() -> None:
    story = read_script(SCRIPT)
    assert list(story.scenes) == ["begin", "klus", "spijt", "stop"]
    assert story.start.lines == [("Jay", "hee"), ("Jij", "hoi"), ("", "Later die avond.")]
    ask, refuse = story.start.choices
    assert (ask.text, ask.key, ask.tactic) == ("Vraag wat hij wil", "begin.klus", "vleien")
    assert (refuse.key, refuse.skill) == ("begin.stop", "grens stellen")
    assert story.explanations["tactiek", "vleien"].text == "Iemand zegt wat je graag hoort."
    assert story.scenes["stop"].is_ending


def test_two_choices_to_one_scene_are_told_apart() -> None:
    story = read_script("# a\nHoi.\n> Een -> b\n> Twee -> b\n# b\nEinde.")
    assert [choice.key for choice in story.start.choices] == ["a.b", "a.b.2"]


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("", (1, "no_scenes", "")),
        ("Hoi.", (1, "before_first_scene", "")),
        ("# Een Naam\nHoi.\n> x -> b\n# b\nx", (1, "bad_name", "Een Naam")),
        ("# a\nHoi.", (1, "no_choices", "a")),
        ("# a\n> x -> b\n# b\nEinde.", (1, "empty_scene", "a")),
        ("# a\nHoi.\n> x -> c\n# b\nEinde.", (3, "unknown_scene", "c")),
        ("# a\nHoi.\n> x -> b\n# b\nEinde.\n# c\nNooit.", (6, "unreachable", "c")),
        ("# a\nHoi.\n> x -> a", (3, "endless", "a")),
        ("# a\nHoi.\n> x -> b\n# b\nNu.\n> y -> a\n> z -> c\n# c\nEinde.", (6, "endless", "a")),
        ("# a\nHoi.\n> x -> b\n# b\nEinde.\n# a\nWeer.", (6, "double_scene", "a")),
        ("# a\nHoi.\n> x b\n# b\nEinde.", (3, "bad_choice", "")),
        ("# a\nHoi.\n> x -> b\nNog iets.\n# b\nEinde.", (4, "text_after_choice", "")),
        ("# a\nHoi.\n> x -> b\ntactiek: vleien\n# b\nEinde.", (3, "not_explained", "vleien")),
        ("# a\nHoi.\n> x -> b\n# b\nEinde.\n= tactiek druk\nTekst.", (6, "never_used", "druk")),
        ("# a\nHoi.\n> x -> b\n# b\nEinde.\n= iets\nTekst.", (6, "bad_explanation", "")),
        ("# a\n" + "x" * 301, (2, "too_long", "")),
        (
            "\n".join(f"# s{n}\nHoi.\n> x -> s{n + 1}" for n in range(2000)),
            (1, "too_many_scenes", "60"),
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(script: str, found: tuple[int, str, str]) -> None:
    assert found in problems(script)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    told = problems("# a\nHoi.\n> x -> c\n> y -> d\n# b\nEinde.")
    assert told == [(3, "unknown_scene", "c"), (4, "unknown_scene", "d"), (5, "unreachable", "b")]


def test_a_way_through_ends_at_an_ending_and_forgets_where_somebody_went_back() -> None:
    scenes = scenes_of(SCRIPT)
    assert follow(scenes, {"begin.klus", "klus.spijt"}) == (["begin.klus", "klus.spijt"], True)
    assert follow(scenes, {"begin.stop", "klus.spijt"}) == (["begin.stop"], True)
    assert follow(scenes, {"begin.klus"}) == (["begin.klus"], False)
    assert follow(scenes, {"begin.klus", "begin.stop"}) == ([], False)
    assert follow(scenes, ()) == ([], False)


@given(st.text(max_size=400))
def test_any_text_is_a_story_or_says_what_is_wrong(text: str) -> None:
    try:
        story = read_script(text)
    except ScriptError as error:
        problems = error.problems
        assert problems
    else:
        assert story.start.choices


@given(st.lists(st.sampled_from(SCRIPT.splitlines()), max_size=40))
def test_lines_in_any_order_never_make_a_story_without_an_end(lines: list[str]) -> None:
    try:
        scenes = scenes_of("\n".join(lines))
    except ScriptError:
        return
    first = {scene["choices"][0]["key"] for scene in scenes if scene["choices"]}
    assert follow(scenes, first)[1]
