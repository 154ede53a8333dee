from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.grading import Given, Mark, mark_several_answers, right_keys
from quizzes.marked_text import MOST_CHARACTERS, MOST_PIECES, MarkedText, read_marked_text, tidy
from quizzes.question_types.base import (
    LINE_LENGTH,
    ChoiceCount,
    QuestionBlock,
    QuestionType,
    asks_sureness,
    common_fields,
    count_choices,
    found_and_missed,
    pick,
    sureness,
)

SIGNAL_LENGTH = 60
MISTAKES = {
    "not_closed": _("Regel %(line)s: hier begint een stukje met [[, maar ]] ontbreekt."),
    "not_opened": _("Regel %(line)s: hier staat ]], maar [[ ontbreekt."),
    "inside": _("Regel %(line)s: hier staat [[ in een ander stukje. Sluit dat eerst met ]]."),
    "empty": _("Regel %(line)s: er staat niets tussen [[ en ]]."),
    "twice": _(
        "Regel %(line)s: '%(piece)s' is al gemarkeerd. Neem er een woord bij, "
        "zodat elk stukje anders is."
    ),
}


class PieceBlock(blocks.StructBlock):
    """One marked piece of the text. Its key is the id that Wagtail gives an entry of a list."""

    text = blocks.CharBlock(
        label=_("Stukje"),
        max_length=LINE_LENGTH,
        help_text=_("Precies zoals het in de tekst tussen [[ en ]] staat."),
    )
    is_right = blocks.BooleanBlock(label=_("Is een signaal"), required=False)
    signal = blocks.CharBlock(
        label=_("Korte naam van het signaal"),
        max_length=SIGNAL_LENGTH,
        required=False,
        help_text=_("Bijvoorbeeld: 'Schuld maken'. Laat leeg als het geen signaal is."),
    )
    feedback = blocks.CharBlock(
        label=_("Uitleg"),
        max_length=LINE_LENGTH,
        help_text=_("Waarom dit een signaal is, of waarom niet. Wijs nooit terecht."),
    )


class SpotSignalsBlock(QuestionBlock):
    look = blocks.ChoiceBlock(
        label=_("Soort tekst"),
        choices=[
            ("chat", _("Chat")),
            ("advertisement", _("Advertentie")),
            ("form", _("Formulier")),
            ("report", _("Verslag")),
        ],
        default="chat",
    )
    heading = blocks.CharBlock(
        label=_("Kop boven de tekst"),
        max_length=LINE_LENGTH,
        required=False,
        help_text=_("Bijvoorbeeld met wie je chat, of waar het verslag over gaat."),
    )
    own_name = blocks.CharBlock(
        label=_("Wie staat in de chat rechts?"), max_length=40, required=False, default="Ik"
    )
    text = blocks.TextBlock(
        label=_("Tekst"),
        rows=10,
        max_length=MOST_CHARACTERS,
        help_text=_(
            "Elke regel is een bericht of een alinea. Zet [[ en ]] om elk stukje dat een leerling "
            "kan aantikken, ook om stukjes die geen signaal zijn. In een chat en een formulier "
            "begint een regel met een naam: 'Jay: hoi'. In een andere tekst is '# ' een kop."
        ),
    )
    choices = blocks.ListBlock(
        PieceBlock(),
        label=_("Uitleg bij elk stukje"),
        min_num=2,
        max_num=MOST_PIECES,
        help_text=_("Eén voor elk stukje in de tekst, met minstens één dat geen signaal is."),
    )

    def check_whole(self, value: Any) -> None:
        read = read_marked_text(value["text"], value["look"])
        errors: dict[str, Exception] = {}
        if in_text := _wrong_in_text(read, value["choices"]):
            errors["text"] = ValidationError(in_text)
        if in_list := _wrong_in_list(read, value["choices"]):
            errors["choices"] = in_list
        if errors:
            raise StructBlockValidationError(block_errors=errors)


def _wrong_in_text(read: MarkedText, entries: Any) -> list[Any]:
    wrong: list[Any] = [
        MISTAKES[mistake.code] % {"line": mistake.line, "piece": mistake.piece}
        for mistake in read.mistakes
    ]
    if not read.pieces and not wrong:
        wrong.append(_("Zet [[ en ]] om minstens één stukje van de tekst."))
    explained = {tidy(entry["text"]) for entry in entries}
    wrong += [
        _("Regel %(line)s: bij '%(piece)s' staat hieronder nog geen uitleg.")
        % {"line": line, "piece": piece}
        for piece, line in read.pieces.items()
        if piece not in explained
    ]
    return wrong


def _wrong_in_list(read: MarkedText, entries: Any) -> ListBlockValidationError | None:
    by_entry: dict[int, StructBlockValidationError] = {}
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        piece = tidy(entry["text"])
        errors: dict[str, ValidationError] = {}
        if piece in seen:
            errors["text"] = ValidationError(_("Bij dit stukje staat al uitleg."))
        elif piece not in read.pieces:
            errors["text"] = ValidationError(_("Dit staat niet tussen [[ en ]] in de tekst."))
        seen.add(piece)
        if entry["is_right"] and not entry["signal"]:
            errors["signal"] = ValidationError(_("Geef het signaal een korte naam."))
        if errors:
            by_entry[index] = StructBlockValidationError(block_errors=errors)
    signals = sum(bool(entry["is_right"]) for entry in entries)
    of_all: list[Any] = []
    if not signals:
        of_all.append(_("Zet bij minstens één stukje een vinkje bij 'Is een signaal'."))
    elif signals == len(entries):
        of_all.append(
            _("Markeer ook een stukje dat geen signaal is. Anders is alles aantikken altijd goed.")
        )
    if by_entry or of_all:
        return ListBlockValidationError(
            block_errors=by_entry, non_block_errors=[ValidationError(of_all)] if of_all else None
        )
    return None


class SpotSignals(QuestionType):
    """Mark what is a signal in a chat, an advertisement, a form or a report."""

    name = "spot_signals"
    wording = frozenset(
        {
            "prompt",
            "explanation",
            "heading",
            "lines.parts.text",
            "choices.text",
            "choices.feedback",
        }
    )
    label = _("Signalen in een tekst")
    icon = "search"
    answers_template = "quizzes/feedback/spot_signals.html"

    def block(self) -> blocks.StructBlock:
        return SpotSignalsBlock(
            [*common_fields(), asks_sureness()], label=self.label, icon=self.icon
        )

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        read = read_marked_text(value["text"], value["look"])
        entries = {
            tidy(child.value["text"]): {
                "key": str(child.id or uuid4()),
                "text": tidy(child.value["text"]),
                "is_right": bool(child.value["is_right"]),
                "signal": child.value["signal"] or "",
                "feedback": child.value["feedback"],
            }
            for child in value["choices"].bound_blocks
        }
        return {
            "look": value["look"],
            "heading": value["heading"] or "",
            "lines": [
                {
                    "kind": line.kind,
                    "speaker": line.name,
                    "is_own": line.kind == "message" and line.name == value["own_name"],
                    "parts": [
                        {
                            "text": part.text,
                            "key": entries[part.text]["key"]
                            if part.is_marked and part.text in entries
                            else "",
                        }
                        for part in line.parts
                    ],
                }
                for line in read.lines
            ],
            # In the order of the text, whatever the order of the editor's list.
            "choices": [entries[piece] for piece in read.pieces if piece in entries],
        }

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "look": content["look"],
            "heading": content["heading"],
            "lines": [
                {
                    "kind": line["kind"],
                    "speaker": line["speaker"],
                    "is_own": line["is_own"],
                    "parts": [{"text": part["text"], "key": part["key"]} for part in line["parts"]],
                }
                for line in content["lines"]
            ],
        }

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        chosen = pick(content["choices"], sent.get("choice"))
        return Given(choice=chosen, sure=sureness(content, sent))

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        return mark_several_answers(content["choices"], given, rule="per_choice")

    def available(self, content: Mapping[str, Any]) -> int:
        return len(right_keys(content["choices"]))

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        fitting = [piece["key"] for piece in content["choices"] if piece["is_right"] == is_right]
        return {"choice": fitting}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        return found_and_missed(content["choices"], given.choice)

    def feedback_context(self, content: Mapping[str, Any], given: Given) -> dict[str, Any]:
        """The text once more, with what was found and missed in it, and the counts."""
        explained = self.feedback(content, given)
        by_key = {piece["key"]: piece for piece in explained}
        return {
            "look": content["look"],
            "heading": content["heading"],
            "lines": [
                {
                    **line,
                    "parts": [{**part, "piece": by_key.get(part["key"])} for part in line["parts"]],
                    "notes": [by_key[part["key"]] for part in line["parts"] if part["key"]],
                }
                for line in content["lines"]
            ],
            "found": [piece for piece in explained if piece["state"] == "found"],
            "missed": [piece for piece in explained if piece["state"] == "missed"],
            "extra": [piece for piece in explained if piece["state"] == "extra"],
            "signal_count": self.available(content),
        }

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        """How often each piece was marked; and what was missed, which a teacher wants to know."""
        marked = [
            ChoiceCount(row.key, _quoted(row.text, is_signal=row.is_right), row.is_right, row.count)
            for row in count_choices(content["choices"], given, lambda answer: answer.choice)
        ]
        missed = [
            ChoiceCount(
                f"missed:{piece['key']}",
                gettext("Niet gezien: ‘%(piece)s’") % {"piece": piece["text"]},
                is_right=False,
                count=sum(piece["key"] not in answer.choice for answer in given),
            )
            for piece in content["choices"]
            if piece["is_right"]
        ]
        return marked + missed


def _quoted(text: str, *, is_signal: bool) -> str:
    if is_signal:
        return text
    return gettext("‘%(piece)s’ (geen signaal)") % {"piece": text}
