"""What a step of a lesson can hold.

Each block's id is the one that Wagtail gives it; it stays through copies, translations
and packages. A block that only teachers see, or a field of it, says so in its name:
``teacher_note``, ``listen_for``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]
SHORT_FEATURES = ["bold", "italic", "ul", "ol", "link"]


class IllustrationBlock(blocks.StructBlock):
    """A picture that says something to everyone, or only decorates."""

    image = ImageChooserBlock(label=_("Afbeelding"))
    alt = blocks.CharBlock(
        label=_("Tekst voor wie het plaatje niet ziet"), required=False, max_length=200
    )
    decorative = blocks.BooleanBlock(label=_("Alleen versiering"), required=False)
    caption = blocks.CharBlock(label=_("Bijschrift"), required=False, max_length=200)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["decorative"] == bool(cleaned["alt"]):
            raise StructBlockValidationError(
                block_errors={},
                non_block_errors=[
                    _("Schrijf een tekst, of vink 'alleen versiering' aan. Niet allebei.")
                ],
            )
        return cleaned

    class Meta:
        icon = "image"
        label = _("Afbeelding")
        template = "lessons/blocks/image.html"


def source_line(parent_context: Mapping[str, Any] | None, names: Iterable[str]) -> str:
    """Who says so: the publishers of these sources of the package, as a learner reads them."""
    publishers = (parent_context or {}).get("publishers", {})
    return ", ".join(dict.fromkeys(publishers[name] for name in names if name in publishers))


class QuoteBlock(blocks.StructBlock):
    quote = blocks.RichTextBlock(label=_("Citaat"), features=["bold", "italic"])
    who = blocks.CharBlock(label=_("Wie zei het"), max_length=200)
    source = blocks.CharBlock(label=_("Bron"), max_length=60)
    consent = blocks.CharBlock(label=_("Toestemming"), max_length=200)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["source_line"] = source_line(parent_context, [value["source"]])
        return context

    class Meta:
        icon = "openquote"
        label = _("Citaat van ervaring")
        template = "lessons/blocks/quote.html"
        preview_value = {
            "quote": "<p>Ik was blij dat iemand het vroeg.</p>",
            "who": "Een jongere",
            "source": "",
            "consent": "",
        }
        description = _("Iets wat iemand zei die het meemaakte, met bron en toestemming.")


class SignalCardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Signaal"), max_length=200)
    notice = blocks.RichTextBlock(label=_("Wat kun je zien"), features=SHORT_FEATURES)
    also_possible = blocks.RichTextBlock(
        label=_("Het kan ook iets anders zijn"), features=SHORT_FEATURES
    )
    do = blocks.RichTextBlock(label=_("Wat kun je doen"), features=SHORT_FEATURES)
    sources = blocks.ListBlock(blocks.CharBlock(), label=_("Bronnen"), default=[])

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["source_line"] = source_line(parent_context, value["sources"])
        return context

    class Meta:
        icon = "view"
        label = _("Signaalkaart")
        template = "lessons/blocks/signal_card.html"
        preview_value = {
            "title": "Ineens veel geld",
            "notice": "<p>Iemand heeft nieuwe, dure spullen.</p>",
            "also_possible": "<p>Een bijbaan of een verjaardag.</p>",
            "do": "<p>Vraag hoe het gaat.</p>",
            "sources": [],
        }
        description = _("Wat je kunt zien, wat het ook kan zijn, en wat je kunt doen.")


class CaseBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    story = blocks.RichTextBlock(label=_("Verhaal"), features=SHORT_FEATURES)
    image = ImageChooserBlock(label=_("Afbeelding"), required=False)
    alt = blocks.CharBlock(
        label=_("Tekst voor wie het plaatje niet ziet"), required=False, max_length=200
    )
    questions = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Vragen"), default=[])

    class Meta:
        icon = "user"
        label = _("Casus")
        template = "lessons/blocks/case.html"
        preview_value = {
            "title": "Sam",
            "story": "<p>Sam krijgt een telefoon van iemand die hij net kent.</p>",
            "image": None,
            "alt": "",
            "questions": ["Wat zie je?"],
        }
        description = _("Een kort, verzonnen verhaal met vragen.")


class ReflectionBlock(blocks.StructBlock):
    """Nothing is stored or sent. There is no field to type in."""

    prompt = blocks.RichTextBlock(label=_("Om over na te denken"), features=SHORT_FEATURES)

    class Meta:
        icon = "comment"
        label = _("Denk na (wordt niet bewaard)")
        template = "lessons/blocks/reflection.html"
        preview_value = {"prompt": "<p>Wie kun jij bellen?</p>"}
        description = _("Om over na te denken. Er wordt niets bewaard.")


class DiscussionBlock(blocks.StructBlock):
    question = blocks.RichTextBlock(label=_("Vraag"), features=SHORT_FEATURES)
    form = blocks.ChoiceBlock(
        label=_("Hoe"),
        choices=[
            ("pair", _("met z'n tweeën")),
            ("group", _("in een groepje")),
            ("class", _("met de klas")),
        ],
    )
    minutes = blocks.IntegerBlock(label=_("Minuten"), min_value=1, max_value=45)
    listen_for = blocks.RichTextBlock(
        label=_("Waar let je op (alleen docent)"), features=SHORT_FEATURES
    )

    class Meta:
        icon = "group"
        label = _("Gesprek")
        template = "lessons/blocks/discussion.html"
        preview_value = {
            "question": "<p>Wat zou jij doen?</p>",
            "form": "pair",
            "minutes": 3,
            "listen_for": "",
        }
        description = _("Een vraag om over te praten. Alleen docenten zien waar ze op letten.")


class QuizBlock(blocks.StructBlock):
    quiz = SnippetChooserBlock("quizzes.Quiz", label=_("Quiz"))
    intro = blocks.CharBlock(label=_("Inleiding"), required=False, max_length=200)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``quiz`` is ``None`` when the quiz was deleted. 1 query for the number of questions."""
        context = super().get_context(value, parent_context)
        context["quiz"] = quiz = value["quiz"]
        context["question_count"] = quiz.questions.count() if quiz else 0
        return context

    class Meta:
        icon = "help"
        label = _("Quiz")
        template = "lessons/blocks/quiz.html"


class HelplineCardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    intro = blocks.CharBlock(label=_("Inleiding"), required=False, max_length=300)
    helplines = blocks.ListBlock(
        SnippetChooserBlock("helplines.Helpline"), label=_("Hulplijnen"), min_num=1
    )

    class Meta:
        icon = "help"
        label = _("Hulpkaart")
        template = "lessons/blocks/helpline_card.html"


class TeacherNoteBlock(blocks.RichTextBlock):
    class Meta:
        icon = "edit"
        label = _("Notitie voor de docent")
        template = "lessons/blocks/teacher_note.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Tekst")
        template = "lessons/blocks/text.html"
        preview_value = "<p>Een korte tekst, in gewone woorden.</p>"
        description = _("Gewone tekst.")


CONTENT = _("Lesstof")
DOING = _("Doen")
HELP = _("Hulp en docent")


class StepContentBlock(blocks.StreamBlock):
    text = TextBlock(features=RICH_TEXT_FEATURES, group=CONTENT)
    image = IllustrationBlock(group=CONTENT)
    quote = QuoteBlock(group=CONTENT)
    signal_card = SignalCardBlock(group=CONTENT)
    case = CaseBlock(group=CONTENT)
    reflection = ReflectionBlock(group=DOING)
    discussion = DiscussionBlock(group=DOING)
    quiz = QuizBlock(group=DOING)
    helpline_card = HelplineCardBlock(group=HELP)
    teacher_note = TeacherNoteBlock(features=SHORT_FEATURES, group=HELP)

    # Never rendered for a learner: whole blocks, and fields of blocks.
    TEACHER_ONLY: ClassVar[frozenset[str]] = frozenset({"teacher_note"})
    TEACHER_FIELDS: ClassVar[frozenset[str]] = frozenset({"listen_for"})


class StepBlock(blocks.StructBlock):
    """One screen of a lesson."""

    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    minutes = blocks.IntegerBlock(label=_("Minuten"), min_value=1, max_value=45)
    blocks = StepContentBlock(label=_("Inhoud"))

    class Meta:
        icon = "list-ol"
        label = _("Stap")
        label_format = "{title}"


class SourceBlock(blocks.StructBlock):
    """Where a claim comes from, and who looks again before when."""

    id = blocks.CharBlock(label=_("Kenmerk"), max_length=60)
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    publisher = blocks.CharBlock(label=_("Uitgever"), max_length=200)
    url = blocks.URLBlock(label=_("Link"))
    published = blocks.CharBlock(label=_("Datum van de bron"), required=False, max_length=40)
    checked_on = blocks.DateBlock(label=_("Nagekeken op"))
    check_by = blocks.DateBlock(label=_("Opnieuw nakijken voor"))
    owner = blocks.CharBlock(label=_("Wie kijkt het na (functie)"), max_length=200)
    recheck = blocks.CharBlock(label=_("Nakijken voor publicatie"), required=False, max_length=500)

    class Meta:
        icon = "link"
        label = _("Bron")
