from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.grading import Given, UnusableAnswerError
from quizzes.pairing import key_of
from quizzes.question_types.base import ChoiceCount, QuestionBlock, UnmarkedType, common_fields
from quizzes.story import (
    LONGEST_LINE,
    TACTIC,
    YOU,
    ScriptError,
    ScriptProblem,
    follow,
    read_script,
)

PROBLEMS = {
    "no_scenes": _("Er staat nog geen scène in. Begin met een regel als '# begin'."),
    "before_first_scene": _("Deze tekst staat boven de eerste scène. Zet er '# begin' boven."),
    "bad_name": _("'%(name)s' kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes."),
    "double_scene": _("De scène '%(name)s' is er al."),
    "no_choices": _("De eerste scène heeft geen keuze. Zet er een bij: '> Vraag door -> vraag'."),
    "empty_scene": _("In de scène '%(name)s' wordt nog niets gezegd."),
    "too_many_scenes": _("Er zijn meer dan %(name)s scènes. Maak er twee verhalen van."),
    "too_many_choices": _("Hier zijn meer dan %(name)s keuzes."),
    "unreachable": _("Bij de scène '%(name)s' komt niemand: geen keuze gaat erheen."),
    "unknown_scene": _("De scène '%(name)s' is er niet."),
    "endless": _("Deze keuze gaat terug naar '%(name)s'. Zo komt er nooit een einde."),
    "bad_choice": _("Een keuze gaat zo: '> Wat je doet -> naam-van-de-scène'."),
    "text_after_choice": _("Na een keuze komt een keuze, 'tactiek:' of 'vaardigheid:'."),
    "bad_explanation": _("Een uitleg begint zo: '= tactiek naam' of '= vaardigheid naam'."),
    "double_explanation": _("De uitleg van '%(name)s' is er al."),
    "empty_explanation": _("Bij '%(name)s' staat nog geen uitleg."),
    "not_explained": _("Leg '%(name)s' onderaan uit, met '= tactiek' of '= vaardigheid'."),
    "never_used": _("'%(name)s' hoort bij geen enkele keuze."),
    "too_long": _("Deze regel is langer dan %(longest)s tekens."),
}


def in_words(problem: ScriptProblem) -> ValidationError:
    message = _("Regel %(line)s: %(what)s")
    what = PROBLEMS[problem.what] % {"name": problem.name, "longest": LONGEST_LINE}
    return ValidationError(message, params={"line": problem.line, "what": what})


class BranchingStoryBlock(QuestionBlock):
    script = blocks.TextBlock(
        label=_("Script"),
        rows=24,
        help_text=_(
            "'# naam' begint een scène. 'Naam: tekst' zegt iemand, 'Jij: tekst' de leerling. "
            "'> Wat je doet -> scène' is een keuze; eronder kan 'tactiek: naam' of "
            "'vaardigheid: naam'. Leg die onderaan uit met '= tactiek naam'."
        ),
    )
    look = blocks.ChoiceBlock(
        label=_("Hoe het eruitziet"),
        choices=[("chat", _("Als chat")), ("scene", _("Als verhaal"))],
        default="chat",
    )

    def check_whole(self, value: Any) -> None:
        try:
            read_script(value["script"])
        except ScriptError as error:
            found = [in_words(problem) for problem in error.problems]
            raise StructBlockValidationError({"script": ValidationError(found)}) from error


class BranchingStory(UnmarkedType):
    """A conversation or scene in which each choice leads somewhere. Nothing is marked.

    An answer is the way through: the keys of the choices, from the first to an ending.
    What they had to do with (a recruiter's tactic, a skill) shows afterwards.
    """

    name = "branching_story"
    wording = frozenset(
        {"prompt", "explanation", "scenes.lines.text", "scenes.choices.text", "tags.text"}
    )
    label = _("Verhaal met keuzes")
    icon = "comment"
    feedback_template = "quizzes/_feedback_story.html"
    script = "js/branching-story.js"

    def block(self) -> blocks.StructBlock:
        return BranchingStoryBlock(common_fields(), label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        story = read_script(value["script"])
        return {
            "look": value["look"],
            "scenes": [
                {
                    "name": scene.name,
                    "lines": [
                        {"who": who, "text": text, "is_you": who == YOU}
                        for who, text in scene.lines
                    ],
                    "choices": [
                        {
                            # No word of a writer's may wait on a device (P-12).
                            "key": key_of("choice", choice.key),
                            "text": choice.text,
                            "target": choice.target,
                            "tactic": choice.tactic,
                            "skill": choice.skill,
                        }
                        for choice in scene.choices
                    ],
                }
                for scene in story.scenes.values()
            ],
            "tags": [
                {"kind": one.kind, "name": one.name, "text": one.text}
                for one in story.explanations.values()
            ],
        }

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """All scenes: what happens after a choice is no secret. Which tactic it was, is."""
        numbers = {scene["name"]: n for n, scene in enumerate(content["scenes"], start=1)}
        return {
            "look": content["look"],
            "scenes": [
                {
                    "number": numbers[scene["name"]],
                    "lines": scene["lines"],
                    "choices": [
                        {
                            "key": choice["key"],
                            "text": choice["text"],
                            "leads_to": numbers[choice["target"]],
                        }
                        for choice in scene["choices"]
                    ],
                }
                for scene in content["scenes"]
            ],
        }

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        chosen = sent.get("choice") or []
        if not isinstance(chosen, list | tuple) or not all(isinstance(key, str) for key in chosen):
            raise UnusableAnswerError("not_a_list_of_choices")
        known = {choice["key"] for scene in content["scenes"] for choice in scene["choices"]}
        if not set(chosen) - {""} <= known:
            raise UnusableAnswerError("unknown_choice")
        path, has_ended = follow(content["scenes"], set(chosen))
        if not has_ended:
            raise UnusableAnswerError("story_not_ended")
        return Given(choice=tuple(path))

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        """The way through by the first choices, or by the last ones."""
        which = 0 if is_right else -1
        ways = [scene["choices"][which]["key"] for scene in content["scenes"] if scene["choices"]]
        return {"choice": follow(content["scenes"], ways)[0]}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        """What the learner chose, by the tactic or skill that it was about, in words."""
        chosen = [choice for scene in content["scenes"] for choice in scene["choices"]]
        chosen = [choice for choice in chosen if choice["key"] in given.choice]
        return [
            {
                "key": f"{tag['kind']}.{tag['name']}",
                "text": tag["name"],
                "is_tactic": tag["kind"] == TACTIC,
                "is_right": False,
                "is_chosen": bool(made),
                "feedback": tag["text"],
                "made": made,
            }
            for tag in content["tags"]
            for field in ("tactic" if tag["kind"] == TACTIC else "skill",)
            for made in ([choice["text"] for choice in chosen if choice[field] == tag["name"]],)
        ]

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        """How often each choice was made; none is right or wrong."""
        made = [key for answer in given for key in answer.choice]
        return [
            ChoiceCount(
                choice["key"], choice["text"], is_right=False, count=made.count(choice["key"])
            )
            for scene in content["scenes"]
            for choice in scene["choices"]
        ]
