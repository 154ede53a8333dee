"""A whole lesson on one page, for who likes to scroll."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.template.loader import render_to_string
from django.urls import reverse

from lessons.compiled import CompiledLesson
from lessons.nearby import NOWHERE, Choice, Nearby, choices
from lessons.parts import NO_QUESTIONS, SLOT, LocalPlace, filled, part, split, with_places
from quizzes.packing import Piece, plain
from quizzes.rendering import frame


class WholePage:
    """Every step under each other, each with its own button to go on."""

    def __init__(self, lesson: CompiledLesson) -> None:
        self._steps = lesson.steps
        total = len(lesson.steps)
        self._outline = tuple(
            tuple(
                part(
                    "outline_entry",
                    step=step,
                    language=lesson.language,
                    is_done=is_done,
                    href=f"#stap-{step.number}",
                )
                for is_done in (False, True)
            )
            for step in lesson.steps
        )
        self._progress = tuple(part("progress", total=total, done=n) for n in range(total + 1))
        self._resume = {
            step.id: part("resume", step=step, href=f"#stap-{step.number}")
            for step in lesson.steps
            if step.number > 1
        }
        self._done = part("step_done")
        path = reverse("progress:whole_lesson", args=[lesson.package_slug, lesson.slug])
        self._copy_note = part("offline_copy", lesson=lesson)
        slots = ["outline", "progress", "resume", "offline"]
        for step in lesson.steps:
            slots += [f"done-{step.number}", f"help-{step.number}"]
        page = render_to_string(
            "lessons/whole.html",
            {
                **frame(path),
                "lesson": lesson,
                "steps": [
                    {
                        "step": step,
                        "is_last": step.number == total,
                        "done": SLOT.format(f"done-{step.number}"),
                        "help": SLOT.format(f"help-{step.number}"),
                    }
                    for step in lesson.steps
                ],
                "slot": {
                    name: SLOT.format(name) for name in ("outline", "progress", "resume", "offline")
                },
            },
        )
        self._fixed = split(page, tuple(slots))
        # What stands between "done" and "help" is the step itself.
        self._choices = choices(path)
        self._contents = tuple(with_places(piece) for piece in self._fixed[5:-1:2])
        self.has_local_texts = any(
            isinstance(one, LocalPlace) for content in self._contents for one in content
        )

    def pieces(
        self,
        finished: Collection[str] = (),
        current: str = "",
        help_cards: Collection[Piece] = (),
        near: Nearby = NOWHERE,
        offline: Collection[Piece] = (),
        questions: Mapping[str, list[Piece]] = NO_QUESTIONS,
        choice: Choice = Choice.NONE,
    ) -> list[Piece]:
        """The page for somebody who finished these steps and was last told to do ``current``.

        ``help_cards``, ``near``, ``questions`` and ``choice``: as for ``StepPage.pieces``.
        """
        start, after_outline, after_progress, *rest = self._fixed
        done = [step.id in finished for step in self._steps]
        pieces = [start]
        pieces += [entry[is_done] for entry, is_done in zip(self._outline, done, strict=True)]
        pieces += [after_outline, self._progress[sum(done)], after_progress]
        pieces += [self._resume[current]] if current in self._resume else []
        pieces += [rest[0], *offline, rest[1]]
        for place, (step, is_done) in enumerate(zip(self._steps, done, strict=True)):
            pieces += [self._done] if is_done else []
            pieces += filled(self._contents[place], near.local, questions, self._choices[choice])
            pieces += (*help_cards, *near.cards) if step.shows_help else ()
            pieces.append(rest[3 + 2 * place])
        return pieces

    def copy(self, near: Nearby) -> bytes:
        """The page for a device without internet, which does not know how far somebody is."""
        start, after_outline, after_progress, *rest = self._fixed
        outline = [entry[False] for entry in self._outline]
        pieces = [start, *outline, after_outline, after_progress]
        pieces += [rest[0], self._copy_note, rest[1]]
        for place, step in enumerate(self._steps):
            pieces += filled(self._contents[place], near.local)
            pieces += near.cards if step.shows_help else ()
            pieces.append(rest[3 + 2 * place])
        return plain(pieces)
