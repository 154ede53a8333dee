"""A step of a lesson and what it can hold; and the sources of a package."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from lessons.blocks.base import RICH_TEXT_FEATURES, SHORT_FEATURES, IllustrationBlock
from lessons.blocks.doing import (
    DiscussionBlock,
    QuestionBlock,
    QuizBlock,
    ReflectionBlock,
    WorkFormBlock,
)
from lessons.blocks.explaining import (
    ChainCardBlock,
    ComparisonBlock,
    FlipCardsBlock,
    StepByStepBlock,
    VariantsBlock,
)
from lessons.blocks.help import HelplineCardBlock, LocalSlotBlock, TeacherNoteBlock
from lessons.blocks.reading import (
    DownloadBlock,
    EasyTextBlock,
    RecordingBlock,
    SignalCardBlock,
    TextBlock,
    WordBlock,
)
from lessons.blocks.stories import (
    CaseBlock,
    ChatStoryBlock,
    PictureStoryBlock,
    QuoteBlock,
    TimelineBlock,
)
from lessons.easy_reading import misplaced

CONTENT = _("Lesstof")
STORY = _("Verhalen")
EXPLAINING = _("Uitleg")
DOING = _("Doen")
HELP = _("Hulp en docent")


class StepContentBlock(blocks.StreamBlock):
    text = TextBlock(features=RICH_TEXT_FEATURES, group=CONTENT)
    easy_text = EasyTextBlock(group=CONTENT)
    image = IllustrationBlock(group=CONTENT)
    recording = RecordingBlock(group=CONTENT)
    download = DownloadBlock(group=CONTENT)
    word = WordBlock(group=CONTENT)
    signal_card = SignalCardBlock(group=CONTENT)
    case = CaseBlock(group=STORY)
    picture_story = PictureStoryBlock(group=STORY)
    chat_story = ChatStoryBlock(group=STORY)
    timeline = TimelineBlock(group=STORY)
    quote = QuoteBlock(group=STORY)
    step_by_step = StepByStepBlock(group=EXPLAINING)
    comparison = ComparisonBlock(group=EXPLAINING)
    flip_cards = FlipCardsBlock(group=EXPLAINING)
    variants = VariantsBlock(group=EXPLAINING)
    chain_card = ChainCardBlock(group=EXPLAINING)
    reflection = ReflectionBlock(group=DOING)
    discussion = DiscussionBlock(group=DOING)
    work_form = WorkFormBlock(group=DOING)
    question = QuestionBlock(group=DOING)
    quiz = QuizBlock(group=DOING)
    helpline_card = HelplineCardBlock(group=HELP)
    local_slot = LocalSlotBlock(group=HELP)
    teacher_note = TeacherNoteBlock(features=SHORT_FEATURES, group=HELP)

    # Never rendered for a learner: whole blocks, and fields of blocks.
    TEACHER_ONLY: ClassVar[frozenset[str]] = frozenset({"teacher_note"})
    TEACHER_FIELDS: ClassVar[frozenset[str]] = frozenset({"listen_for"})

    def clean(self, value: Any, *arguments: Any, **options: Any) -> Any:
        cleaned = super().clean(value, *arguments, **options)
        if self.is_deferred_validation:  # a draft, which may be unfinished
            return cleaned
        wrong = misplaced([block.block_type for block in cleaned])
        if wrong:
            message = _("Zet dit meteen onder een tekst, een casus of een tijdlijn.")
            raise StreamBlockValidationError(
                block_errors={place: ValidationError(message) for place in wrong}
            )
        return cleaned


class StepBlock(blocks.StructBlock):
    """One screen of a lesson."""

    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    minutes = blocks.IntegerBlock(label=_("Minuten"), min_value=1, max_value=45)
    heavy_notice = blocks.CharBlock(
        label=_("Waarschuwing vooraf"),
        required=False,
        max_length=200,
        help_text=_(
            "Alleen bij een zware stap. Zeg kort waar het over gaat, zonder details. Leerlingen "
            "zien dit eerst, en mogen de stap overslaan."
        ),
    )
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
