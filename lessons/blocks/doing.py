"""To do, alone or together."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from lessons.blocks.base import SHORT_FEATURES
from quizzes.bank import plain
from quizzes.in_step import choices_for_step, step_questions
from quizzes.models import Quiz
from quizzes.step_rendering import open_html, paper_html


def says_something(text: RichText | None) -> bool:
    """Rich text may hold an empty paragraph, which Wagtail takes for a text."""
    return text is not None and bool(plain(text.source))


def talking_form() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(
        label=_("Hoe"),
        choices=[
            ("pair", _("met z'n tweeën")),
            ("group", _("in een groepje")),
            ("class", _("met de klas")),
        ],
    )


class ReflectionBlock(blocks.StructBlock):
    """Nothing is stored or sent. There is no field to type in."""

    prompt = blocks.RichTextBlock(label=_("Om over na te denken"), features=SHORT_FEATURES)

    class Meta:
        icon = "block-reflection"
        label = _("Denk na (wordt niet bewaard)")
        template = "lessons/blocks/reflection.html"
        preview_value = {"prompt": "<p>Wie kun jij bellen?</p>"}
        description = _("Om over na te denken. Er wordt niets bewaard.")


class DiscussionFormBlock(blocks.StructBlock):
    """The same talk in another setting."""

    form = talking_form()
    how = blocks.CharBlock(label=_("Zo gaat het dan"), max_length=200)

    class Meta:
        icon = "group"
        label = _("Andere manier")


class DiscussionBlock(blocks.StructBlock):
    question = blocks.RichTextBlock(label=_("Vraag"), features=SHORT_FEATURES)
    form = talking_form()
    minutes = blocks.IntegerBlock(label=_("Minuten"), min_value=1, max_value=45)
    listen_for = blocks.RichTextBlock(
        label=_("Waar let je op (alleen docent)"), features=SHORT_FEATURES
    )
    other_forms = blocks.ListBlock(
        DiscussionFormBlock(), label=_("Het kan ook zo"), required=False, default=[]
    )

    class Meta:
        icon = "block-discussion"
        label = _("Gesprek")
        template = "lessons/blocks/discussion.html"
        preview_value = {
            "question": "<p>Wat zou jij doen?</p>",
            "form": "pair",
            "minutes": 3,
            "listen_for": "",
            "other_forms": [{"form": "class", "how": "Wie wil, vertelt wat er gezegd is."}],
        }
        description = _("Een vraag om over te praten. Alleen docenten zien waar ze op letten.")


class QuizBlock(blocks.StructBlock):
    quiz = SnippetChooserBlock("quizzes.Quiz", label=_("Quiz"))
    intro = blocks.CharBlock(label=_("Inleiding"), required=False, max_length=200)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``quiz`` is ``None`` when the quiz was deleted. 1 query for the number of questions."""
        context = super().get_context(value, parent_context)
        quiz = value["quiz"]
        if quiz and not quiz.live:  # a translation that was taken offline
            quiz = quiz.source
        context["quiz"] = quiz
        context["question_count"] = quiz.questions.count() if quiz else 0
        return context

    def get_preview_value(self) -> Any:
        """With a quiz that is online, if there is one."""
        value = super().get_preview_value()
        value["quiz"] = Quiz.objects.filter(live=True).order_by("pk").first()
        return value

    class Meta:
        icon = "block-quiz"
        label = _("Quiz")
        template = "lessons/blocks/quiz.html"
        preview_value = {"quiz": None, "intro": "Wat weet je nu?"}
        description = _("Een hele quiz. Wie klaar is, komt terug in de les.")


class QuestionChoiceBlock(blocks.ChoiceBlock):
    """One question of a quiz that is online, by its key; per quiz in the list."""

    def get_field(self, **options: Any) -> Any:
        field = super().get_field(**options)
        field.error_messages["invalid_choice"] = _(
            "Deze vraag kan niet meer in een les. Kies een vraag uit een quiz die online staat, "
            "die meteen uitleg geeft en waarin het lot geen vragen kiest."
        )
        return field


class QuestionBlock(blocks.StructBlock):
    """A question of a quiz in the middle of a step: answered and explained right there."""

    question = QuestionChoiceBlock(
        choices=choices_for_step,
        search_index=False,
        label=_("Vraag"),
        help_text=_(
            "Uit een quiz die online staat en meteen uitleg geeft. Het antwoord telt in die quiz."
        ),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``html`` is empty when the question is not online. No query where ``questions`` came
        along, else 3."""
        context = super().get_context(value, parent_context)
        key, language = value["question"] or "", context.get("language") or settings.LANGUAGE_CODE
        place = context.setdefault("place", "")
        known = context.get("questions")
        found = (step_questions([key], language) if known is None and key else known or {}).get(key)
        if found is None:
            context["html"] = ""
        elif context.get("for_teacher") or context.get("on_paper"):
            context["html"] = paper_html(found, with_key=bool(context.get("for_teacher")))
        else:
            context["html"] = open_html(found, place, context.get("step_path", ""))
        return context

    def get_preview_value(self) -> Any:
        """With the first question that there is."""
        value = super().get_preview_value()
        value["question"] = next((fit[0][0] for _quiz, fit in choices_for_step()), "")
        return value

    class Meta:
        icon = "block-question"
        label = _("Vraag in de les")
        template = "lessons/blocks/question.html"
        preview_value = {"question": ""}
        description = _("Eén vraag uit een quiz, midden in de stap. De uitleg komt meteen.")


class WorkFormBlock(blocks.StructBlock):
    """A role-play cannot do without rules, nor a line without statements to stand on."""

    kind = blocks.ChoiceBlock(
        label=_("Soort"),
        choices=[
            ("move", _("in beweging")),
            ("statement_line", _("stellingen op een lijn")),
            ("role_play", _("rollenspel")),
        ],
    )
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    minutes = blocks.IntegerBlock(label=_("Minuten"), min_value=1, max_value=45)
    safety = blocks.RichTextBlock(
        label=_("Afspraken die iedereen eerst hoort"),
        features=SHORT_FEATURES,
        required=False,
        help_text=_("Verplicht bij een rollenspel."),
    )
    instructions = blocks.RichTextBlock(label=_("Zo gaat het"), features=SHORT_FEATURES)
    statements = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        label=_("Stellingen"),
        required=False,
        default=[],
        help_text=_("Verplicht bij stellingen op een lijn."),
    )
    without_moving = blocks.RichTextBlock(
        label=_("Zonder te lopen"),
        features=SHORT_FEATURES,
        required=False,
        help_text=_("Hetzelfde voor wie niet kan of wil lopen."),
    )
    listen_for = blocks.RichTextBlock(
        label=_("Waar let je op (alleen docent)"), features=SHORT_FEATURES
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:  # a draft, in which any of it may be open
            return cleaned
        errors: dict[str, Exception] = {}
        if cleaned["kind"] == "role_play" and not says_something(cleaned["safety"]):
            errors["safety"] = ValidationError(
                _("Schrijf welke afspraken iedereen hoort voordat het rollenspel begint.")
            )
        if cleaned["kind"] == "statement_line" and not cleaned["statements"]:
            errors["statements"] = ListBlockValidationError(
                non_block_errors=[_("Schrijf ten minste één stelling.")]
            )
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "block-work-form"
        label = _("Werkvorm")
        template = "lessons/blocks/work_form.html"
        preview_value = {
            "kind": "statement_line",
            "title": "Waar sta jij?",
            "minutes": 10,
            "safety": "<p>Je mag altijd stoppen.</p>",
            "instructions": "<p>Kies een plek op de lijn.</p>",
            "statements": ["Een vriend vraagt nooit iets terug."],
            "without_moving": "<p>Steek een, twee of drie vingers op.</p>",
            "listen_for": "",
        }
        description = _("Iets om met de hele groep te doen. Wat veilig houdt, staat bovenaan.")
        label_format = "{title}"
