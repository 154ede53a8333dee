"""How a walk past the screens goes: who looks, with what, and the steps that any screen needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.journeys.moves import question_on
from tests.journeys.stage import Cast

Way = Callable[["Scene"], None]


@dataclass
class Scene:
    """One walk in one language: a device for each person, and what they work with."""

    cast: Cast
    starter: dict[str, Any]
    new_page: Callable[..., Page]
    pages: dict[str, Page] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    person: str = ""

    @property
    def page(self) -> Page:
        if self.person not in self.pages:
            self.pages[self.person] = self.new_page()
        return self.pages[self.person]

    def thing(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self.things:
            self.things[name] = make()
        return self.things[name]

    @property
    def quiz(self) -> str:
        return self.thing("quiz", self.cast.quiz)

    @property
    def key(self) -> list[dict[str, Any]]:
        return self.thing("key", lambda: self.cast.key_of(self.quiz))

    @property
    def teacher(self) -> dict[str, str]:
        return self.thing("teacher", self.cast.teacher)

    @property
    def newcomer(self) -> dict[str, str]:
        """Somebody who signs up during the walk."""
        return self.thing(
            "newcomer",
            lambda: {
                "email": f"{self.cast.new_name('nieuw')}@school.example",
                "password": "een-lang-wachtwoord-7",
            },
        )

    @property
    def room(self) -> dict[str, str]:
        """A class with an assigned package and quiz."""
        return self.thing(
            "room",
            lambda: self.cast.classroom(
                self.starter["package"], self.quiz, teacher=self.teacher["email"]
            ),
        )

    @property
    def lesson(self) -> str:
        return self.lesson_at(0)

    def lesson_at(self, place: int) -> str:
        return f"/lessen/{self.starter['package']}/{self.starter['lessons'][place]['slug']}/"


@dataclass(frozen=True)
class State:
    person: str
    name: str
    way: Way
    # What the server must answer; not looked at without one.
    status: int | None = None

    def reach(self, scene: Scene) -> Page:
        """Brings the person's page there. Raises when something is not as it should be."""
        scene.person = self.person
        self.way(scene)
        page = scene.page
        page.wait_for_load_state()
        return page


def at(path: str) -> Way:
    """Opens an address; ``{room}`` and the like are filled in."""

    def way(scene: Scene) -> None:
        filled = path.format(
            quiz=scene.quiz, package=scene.starter["package"], lesson=scene.lesson,
            next_lesson=scene.lesson_at(1),
            room=f"/docent/klas/{scene.room['id']}/" if "{room}" in path else "",
        )  # fmt: skip
        scene.page.goto(filled)

    return way


def submit(selector: str = "main form", **values: str) -> Way:
    """Fills in fields by name and sends the form that is on the page."""

    def way(scene: Scene) -> None:
        form = scene.page.locator(selector).first
        for name, value in values.items():
            form.locator(f'[name="{name}"]').fill(value)
        with scene.page.expect_navigation():
            form.locator('button[type="submit"], button:not([type])').first.click()

    return way


def then(*ways: Way) -> Way:
    def way(scene: Scene) -> None:
        for step in ways:
            step(scene)

    return way


def follow(selector: str) -> Way:
    def way(scene: Scene) -> None:
        with scene.page.expect_navigation():
            scene.page.locator(selector).first.click()

    return way


def unfold(scene: Scene) -> None:
    closed = scene.page.locator("main details:not([open]) > summary:visible")
    while closed.count():
        closed.first.click()


def wait_for(selector: str) -> Way:
    return lambda scene: expect(scene.page.locator(selector).first).to_be_visible()


# Around the script of the page: what a browser without scripts would send.
SEND_PLAINLY = """
(form, changes) => {
  for (const [name, value] of Object.entries(changes)) form.elements[name].value = value;
  HTMLFormElement.prototype.submit.call(form);
}
"""
SEND_A_CODE = """
(address) => {
  const form = document.createElement("form");
  Object.assign(form, {method: "post", action: address});
  document.body.append(form);
  form.submit();
}
"""


def send_plainly(**changes: str) -> Way:
    """Sends the open question without a script; ``new`` stands for an id that nobody has."""

    def way(scene: Scene) -> None:
        filled = {
            name: str(uuid4()) if value == "new" else scene.things.get(value, value)
            for name, value in changes.items()
        }
        with scene.page.expect_navigation():
            question_on(scene.page).evaluate(SEND_PLAINLY, filled)

    return way


def keep(name: str) -> Way:
    """Remembers a hidden field of the open question as ``kept <name>``."""

    def way(scene: Scene) -> None:
        field_of_form = question_on(scene.page).locator(f'[name="{name}"]')
        scene.things[f"kept {name}"] = field_of_form.input_value()

    return way


def send_from_elsewhere(scene: Scene) -> None:
    """A page of somebody else sends a form to ours (S-39)."""
    scene.page.goto("/mee/")
    address = scene.page.url
    scene.page.goto("https://elders.example/")
    with scene.page.expect_navigation():
        scene.page.evaluate(SEND_A_CODE, address)


def with_limits_reached(*ways: Way) -> Way:
    """What somebody sees while too many others made mistakes."""

    def way(scene: Scene) -> None:
        scene.cast.do("reach_limits")
        try:
            then(*ways)(scene)
        finally:
            scene.cast.do("lift_limits")

    return way


def mail(scene: Scene) -> None:
    """Follows the link in the newest mail to the person who signed up."""
    scene.page.goto(scene.cast.do("newest_link", to=scene.newcomer["email"]))


def preview(path: str, mode: str) -> Way:
    """What an editor's preview panel shows, on a page of its own."""

    def address(scene: Scene) -> str:
        admin = scene.starter["admin_url"]
        ids = {
            "package": scene.starter["package_id"],
            "lesson": scene.starter["lessons"][0]["id"],
            "quiz": scene.thing("quiz id", lambda: scene.cast.do("quiz_id", slug=scene.quiz))["id"],
        }
        scene.page.goto(f"/{admin}{path.format(**ids)}")
        with scene.page.expect_response(
            lambda response: "in_preview_panel" in response.url
        ) as shown:
            scene.page.locator('[data-side-panel-toggle="preview"]').first.click()
        # Wagtail looks into what it shows; away before that is an error of its script.
        scene.page.wait_for_load_state("networkidle")
        return urlsplit(shown.value.url).path

    def way(scene: Scene) -> None:
        known = scene.thing(f"preview of {path}", lambda: address(scene))
        scene.page.goto(f"{known}?mode={mode}")

    return way
