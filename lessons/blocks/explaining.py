"""How things go, and who does what."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.base import SHORT_FEATURES, NamesSources, SeveralBlock, source_names


class ComparisonRowBlock(blocks.StructBlock):
    topic = blocks.CharBlock(label=_("Waar het over gaat"), max_length=200)
    normal = blocks.CharBlock(label=_("Dit is normaal"), max_length=200)
    worrying = blocks.CharBlock(label=_("Hier let je op"), max_length=200)
    wrong = blocks.CharBlock(label=_("Dit mag niet"), max_length=200)

    class Meta:
        icon = "list-ul"
        label = _("Rij")
        label_format = "{topic}"


class ComparisonBlock(NamesSources, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    rows = blocks.ListBlock(ComparisonRowBlock(), label=_("Rijen"), min_num=1, max_num=8)
    sources = source_names()

    class Meta:
        icon = "block-comparison"
        label = _("Vergelijking")
        template = "lessons/blocks/comparison.html"
        preview_value = {
            "title": "Een bijbaan",
            "rows": [
                {
                    "topic": "Geld",
                    "normal": "Je krijgt elke maand loon.",
                    "worrying": "Je loon komt steeds later.",
                    "wrong": "Je baas houdt je loon.",
                },
                {
                    "topic": "Tijd",
                    "normal": "Je weet wanneer je werkt.",
                    "worrying": "Je moet vaak langer blijven.",
                    "wrong": "Je mag niet weg.",
                },
            ],
            "sources": [],
        }
        description = _("Hetzelfde als het normaal is, als je moet opletten en als het niet mag.")


class StepTextBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Wat doe je"), max_length=200)
    text = blocks.RichTextBlock(label=_("Uitleg"), features=SHORT_FEATURES)

    class Meta:
        icon = "list-ol"
        label = _("Stap")
        label_format = "{title}"


class StepByStepBlock(NamesSources, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    steps = SeveralBlock(StepTextBlock(), label=_("Stappen"), min_num=2, max_num=10)
    sources = source_names()

    class Meta:
        icon = "block-step-by-step"
        label = _("Stap voor stap")
        template = "lessons/blocks/step_by_step.html"
        preview_value = {
            "title": "Je maakt je zorgen om een vriend",
            "steps": [
                {"title": "Vraag hoe het gaat", "text": "<p>Kies een rustig moment.</p>"},
                {"title": "Luister", "text": "<p>Je hoeft niets op te lossen.</p>"},
                {"title": "Zoek samen hulp", "text": "<p>Ga mee als dat fijn is.</p>"},
            ],
            "sources": [],
        }
        description = _("Wat je eerst doet, en dan. In een vaste volgorde.")


class FlipCardBlock(blocks.StructBlock):
    front = blocks.CharBlock(label=_("Voorkant"), max_length=200)
    back = blocks.RichTextBlock(label=_("Achterkant"), features=SHORT_FEATURES)

    class Meta:
        icon = "copy"
        label = _("Kaart")
        label_format = "{front}"


class FlipCardsBlock(NamesSources, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    cards = SeveralBlock(FlipCardBlock(), label=_("Kaarten"), min_num=2, max_num=12)
    sources = source_names()

    class Meta:
        icon = "block-flip-cards"
        label = _("Kaarten om te openen")
        template = "lessons/blocks/flip_cards.html"
        preview_value = {
            "title": "Waar of niet waar?",
            "cards": [
                {"front": "Hulp kost altijd geld.", "back": "<p>Veel hulp is gratis.</p>"},
                {"front": "Je mag anoniem bellen.", "back": "<p>Dat mag.</p>"},
            ],
            "sources": [],
        }
        description = _("Voorop iets om te raden. Wie de kaart opent, leest wat het is.")


class ChainCardBlock(NamesSources, blocks.StructBlock):
    """Of an organisation or a function, never of a person."""

    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    who = blocks.CharBlock(
        label=_("Wie"), max_length=200, help_text=_("Een organisatie of functie, nooit een naam.")
    )
    does = blocks.RichTextBlock(label=_("Wat doet deze"), features=SHORT_FEATURES)
    why = blocks.RichTextBlock(label=_("Waarom"), features=SHORT_FEATURES)
    goes_along = blocks.RichTextBlock(label=_("Wat gaat mee"), features=SHORT_FEATURES)
    hear_back = blocks.RichTextBlock(label=_("Wat hoor je terug"), features=SHORT_FEATURES)
    sources = source_names()

    class Meta:
        icon = "block-chain-card"
        label = _("Ketenkaart")
        template = "lessons/blocks/chain_card.html"
        preview_value = {
            "title": "Van melding naar hulp",
            "who": "Zorgcoördinator mensenhandel",
            "does": "<p>Zoekt opvang en hulp die past.</p>",
            "why": "<p>Dan hoeft iemand het verhaal maar één keer te vertellen.</p>",
            "goes_along": "<p>Wat je zag, en wanneer.</p>",
            "hear_back": "<p>Of de hulp begonnen is.</p>",
            "sources": [],
        }
        description = _("Wie wat doet in de keten, waarom, wat er meegaat en wat je terughoort.")


class VariantBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Voor wie"), max_length=200)
    text = blocks.RichTextBlock(label=_("Tekst"), features=SHORT_FEATURES)

    class Meta:
        icon = "user"
        label = _("Variant")
        label_format = "{label}"


class VariantsBlock(NamesSources, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    variants = SeveralBlock(VariantBlock(), label=_("Varianten"), min_num=2, max_num=8)
    sources = source_names()

    class Meta:
        icon = "block-variants"
        label = _("Per rol")
        template = "lessons/blocks/variants.html"
        preview_value = {
            "title": "Wat kun jij zien?",
            "variants": [
                {"label": "Aan de balie", "text": "<p>Iemand anders voert steeds het woord.</p>"},
                {"label": "In de zorg", "text": "<p>Iemand komt nooit alleen.</p>"},
            ],
            "sources": [],
        }
        description = _("Hetzelfde voor verschillende lezers. Ieder opent wat bij het werk past.")
