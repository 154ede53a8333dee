"""Stories with branches, written as a script that reads like a conversation. Plain Python.

A script, one thing per line::

    # begin
    Jay: hee, jij bent toch goed in gamen?
    Later die avond.
    Jij: hoezo?
    > Vraag wat hij wil -> klus
      tactiek: vleien
    > Zeg dat je geen tijd hebt -> stop
      vaardigheid: grens stellen

    # klus
    ...

    = tactiek vleien
    Iemand zegt wat je graag hoort, zodat je meer wilt horen.
    = vaardigheid grens stellen
    Je zegt wat je wel en niet wilt.

``# name`` begins a scene; the first one is where the story begins. ``Name: text`` is said
by somebody, ``Jij: text`` by the learner; any other line tells what happens. ``> text ->
scene`` is a choice; the lines under it say which tactic it answers to or which skill it
uses. A scene without choices is an ending. ``= tactiek name`` and ``= vaardigheid name``
explain what was used. A line that begins with ``//`` is a remark for writers.

A choice is known by its scene and where it leads (``begin.klus``), so that its words can
be corrected without losing what learners chose.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

YOU = "Jij"
TACTIC, SKILL = "tactiek", "vaardigheid"
LONGEST_LINE = 300  # characters; a phone shows some eight lines of it
MOST_SCENES = 60
MOST_CHOICES = 5
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SAID = re.compile(r"(?P<who>[^\W\d_][\w .'-]{0,29}):\s+(?P<text>.+)")
CHOICE = re.compile(r">\s*(?P<text>.+?)\s*->\s*(?P<target>\S+)")
TAG = re.compile(rf"(?P<kind>{TACTIC}|{SKILL})\s*:\s*(?P<name>.+)")
EXPLAINED = re.compile(rf"=\s*(?P<kind>{TACTIC}|{SKILL})\s+(?P<name>.+)")


@dataclass(frozen=True, order=True, slots=True)
class ScriptProblem:
    """What is wrong in a script, and on which line (from 1)."""

    line: int
    what: str  # a code; the forms have the words
    name: str = ""


class ScriptError(ValueError):
    """A script that is no story (yet). ``problems`` are in the order of its lines."""

    def __init__(self, problems: Collection[ScriptProblem]) -> None:
        self.problems = sorted(problems)
        super().__init__("; ".join(f"line {p.line}: {p.what} {p.name}" for p in self.problems))


@dataclass(slots=True)
class Choice:
    line: int
    text: str
    target: str
    key: str
    tactic: str = ""
    skill: str = ""


@dataclass(slots=True)
class Scene:
    line: int
    name: str
    lines: list[tuple[str, str]] = field(default_factory=list)  # who ("" for telling), text
    choices: list[Choice] = field(default_factory=list)

    @property
    def is_ending(self) -> bool:
        return not self.choices


@dataclass(slots=True)
class Explanation:
    line: int
    kind: str
    name: str
    text: str = ""


@dataclass(slots=True)
class Story:
    scenes: dict[str, Scene] = field(default_factory=dict)
    explanations: dict[tuple[str, str], Explanation] = field(default_factory=dict)

    @property
    def start(self) -> Scene:
        return next(iter(self.scenes.values()))


def read_script(script: str) -> Story:
    """The story in a script. Raises ``ScriptError`` with everything that is wrong in it."""
    reading = _Reading()
    for number, line in enumerate(script.splitlines(), start=1):
        reading.read(number, line.strip())
    problems = reading.problems or list(_problems_of(reading.story))
    if problems:
        raise ScriptError(problems)
    return reading.story


class _Reading:
    """Line by line; knows what the line before was about."""

    def __init__(self) -> None:
        self.story = Story()
        self.problems: list[ScriptProblem] = []
        self.scene: Scene | None = None
        self.choice: Choice | None = None
        self.explanation: Explanation | None = None

    def read(self, number: int, line: str) -> None:
        if not line or line.startswith("//"):
            return
        if len(line) > LONGEST_LINE:
            self.wrong(number, "too_long")
        elif line.startswith("#"):
            self.begin_scene(number, line[1:].strip())
        elif line.startswith("="):
            self.begin_explanation(number, line)
        elif self.explanation is not None:
            self.explanation.text = f"{self.explanation.text} {line}".strip()
        elif self.scene is None:
            self.wrong(number, "before_first_scene")
        elif line.startswith(">"):
            self.add_choice(number, line, self.scene)
        else:
            self.add_line(number, line, self.scene)

    def wrong(self, number: int, what: str, name: str = "") -> None:
        self.problems.append(ScriptProblem(number, what, name))

    def begin_scene(self, number: int, name: str) -> None:
        if not NAME.fullmatch(name):
            self.wrong(number, "bad_name", name)
        elif name in self.story.scenes:
            self.wrong(number, "double_scene", name)
        self.choice = self.explanation = None
        self.scene = Scene(number, name)
        self.story.scenes.setdefault(name, self.scene)

    def begin_explanation(self, number: int, line: str) -> None:
        self.scene = self.choice = None
        found = EXPLAINED.fullmatch(line)
        kind, name = (found["kind"], found["name"].strip()) if found else ("", "")
        if not found:
            self.wrong(number, "bad_explanation")
        elif (kind, name) in self.story.explanations:
            self.wrong(number, "double_explanation", name)
        self.explanation = Explanation(number, kind, name)
        if found:
            self.story.explanations.setdefault((kind, name), self.explanation)

    def add_choice(self, number: int, line: str, scene: Scene) -> None:
        found = CHOICE.fullmatch(line)
        if not found:
            self.wrong(number, "bad_choice")
            return
        twins = sum(choice.target == found["target"] for choice in scene.choices)
        key = f"{scene.name}.{found['target']}" + (f".{twins + 1}" if twins else "")
        self.choice = Choice(number, found["text"], found["target"], key)
        scene.choices.append(self.choice)

    def add_line(self, number: int, line: str, scene: Scene) -> None:
        tag = TAG.fullmatch(line)
        if tag and self.choice is not None:
            name = tag["name"].strip()
            if tag["kind"] == TACTIC:
                self.choice.tactic = name
            else:
                self.choice.skill = name
        elif self.choice is not None:
            self.wrong(number, "text_after_choice")
        else:
            said = SAID.fullmatch(line)
            scene.lines.append((said["who"], said["text"]) if said else ("", line))


def _problems_of(story: Story) -> Iterator[ScriptProblem]:
    """What only shows when all of it was read."""
    if not story.scenes:
        yield ScriptProblem(1, "no_scenes")
        return
    if len(story.scenes) > MOST_SCENES:
        yield ScriptProblem(1, "too_many_scenes", str(MOST_SCENES))
        return
    if story.start.is_ending:
        yield ScriptProblem(story.start.line, "no_choices", story.start.name)
    reached = _reachable(story)
    for scene in story.scenes.values():
        if not scene.lines:
            yield ScriptProblem(scene.line, "empty_scene", scene.name)
        if len(scene.choices) > MOST_CHOICES:
            yield ScriptProblem(scene.line, "too_many_choices", str(MOST_CHOICES))
        if scene.name not in reached:
            yield ScriptProblem(scene.line, "unreachable", scene.name)
        for choice in scene.choices:
            if choice.target not in story.scenes:
                yield ScriptProblem(choice.line, "unknown_scene", choice.target)
    yield from _circles(story)
    yield from _unexplained(story)


def _reachable(story: Story) -> set[str]:
    reached: set[str] = set()
    waiting = [story.start.name]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in story.scenes:
            continue
        reached.add(name)
        waiting += [choice.target for choice in story.scenes[name].choices]
    return reached


def _circles(story: Story) -> Iterator[ScriptProblem]:
    """Choices that lead back to where somebody came through: those never end."""
    done: set[str] = set()
    path: list[str] = []

    def walk(name: str) -> Iterator[ScriptProblem]:
        path.append(name)
        for choice in story.scenes[name].choices:
            if choice.target in path:
                yield ScriptProblem(choice.line, "endless", choice.target)
            elif choice.target in story.scenes and choice.target not in done:
                yield from walk(choice.target)
        done.add(path.pop())

    for name in story.scenes:
        if name not in done:
            yield from walk(name)


def _unexplained(story: Story) -> Iterator[ScriptProblem]:
    used = {
        (kind, name)
        for scene in story.scenes.values()
        for choice in scene.choices
        for kind, name in ((TACTIC, choice.tactic), (SKILL, choice.skill))
        if name
    }
    for scene in story.scenes.values():
        for choice in scene.choices:
            for kind, name in ((TACTIC, choice.tactic), (SKILL, choice.skill)):
                if name and (kind, name) not in story.explanations:
                    yield ScriptProblem(choice.line, "not_explained", name)
    for (kind, name), explanation in story.explanations.items():
        if not explanation.text:
            yield ScriptProblem(explanation.line, "empty_explanation", name)
        elif (kind, name) not in used:
            yield ScriptProblem(explanation.line, "never_used", name)


def follow(scenes: list[dict], chosen: Collection[str]) -> tuple[list[str], bool]:
    """The keys of the choices on the way through a compiled story, and whether it ends.

    What was chosen elsewhere than on the way is left out: somebody went back.
    """
    by_name = {scene["name"]: scene for scene in scenes}
    scene = scenes[0]
    path: list[str] = []
    while scene["choices"]:
        taken = [choice for choice in scene["choices"] if choice["key"] in chosen]
        if len(taken) != 1:
            return path, False
        path.append(taken[0]["key"])
        scene = by_name[taken[0]["target"]]
    return path, True
