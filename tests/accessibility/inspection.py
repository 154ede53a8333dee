"""What is looked at on each screen, besides axe. Each returns what is wrong, in words."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

from tests.journeys.moves import TOO_WIDE

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
# Half a megabyte, so it goes to a browser once and not at every look; a page that is not looked at
# does not compile it.
AXE_AT_HAND = f"globalThis.loadAxe = () => {{ {AXE} }};"
HAS_AXE = "typeof axe !== 'undefined' || (globalThis.loadAxe?.(), typeof axe !== 'undefined')"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Without "preload", which fetches every stylesheet again for one rule: that is looked at once,
# by ``locks_the_screen``.
RUN_AXE = """
async ([rules, where]) => {
  axe.configure({rules: [{id: "color-contrast", selector: where}]});
  const run = await axe.run(document, {...rules, resultTypes: ["violations"], preload: false});
  return run.violations.map((violation) => violation.id + ": " +
    violation.nodes.slice(0, 3).map((node) => node.target.join(" ") + " " +
      node.failureSummary.split("\\n").slice(1, 2).join("")).join(" | "));
}
"""
# The colours of another scheme are there once painted, and when no transition is under way.
NEXT_FRAME = """
async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame(); await frame();
  await Promise.allSettled(document.getAnimations()
    .filter((animation) => animation instanceof CSSTransition)
    .map((transition) => transition.finished));
  await frame();
}
"""
# What stands around the content, without what differs each time it is sent.
FRAME = """
() => {
  const copy = document.documentElement.cloneNode(true);
  for (const part of copy.querySelectorAll("main, head, script, [type=hidden]")) part.remove();
  for (const part of copy.querySelectorAll("[href], [action]"))
    for (const name of ["href", "action"]) part.removeAttribute(name);
  return copy.outerHTML;
}
"""
OF_COLOURS = ["color-contrast", "link-in-text-block"]
COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOURS}}
EVERYTHING = {"runOnly": {"type": "tag", "values": RULES}}
ALL_BUT_COLOURS = {**EVERYTHING, "rules": {rule: {"enabled": False} for rule in OF_COLOURS}}

# A-06, WCAG 2.2 SC 2.5.8: 24 px, except links in a text; our own norm for buttons and choices 44.
SMALL_TARGETS = """
() => {
  const small = [];
  for (const element of document.querySelectorAll("a[href], button, summary, select, input")) {
    if (element.type === "hidden" || element.closest("[hidden]")) continue;
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    if (element.classList.contains("skip-link")) continue;
    const label = ["radio", "checkbox"].includes(element.type) ? element.closest("label") : null;
    const target = label ?? element;
    const style = getComputedStyle(target);
    if (element.tagName === "A" && style.display === "inline") continue;
    const {width, height} = target.getBoundingClientRect();
    const isLarge = target.matches(".button, .choice, .exit-button__button, .form-field__option");
    const norm = isLarge ? 44 : 24;
    if (width < norm - 0.5 || height < norm - 0.5)
      small.push(`${Math.round(width)}x${Math.round(height)} ${target.outerHTML.slice(0, 100)}`);
  }
  return small;
}
"""
# text that sticks out of a box that shows nothing outside itself.
CUT_TEXT = """
() => {
  const cut = [];
  const hides = (value) => value === "hidden" || value === "clip";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const parent = text.parentElement;
    if (!text.textContent.trim() || !parent.checkVisibility({visibilityProperty: true})) continue;
    if (parent.closest(".visually-hidden, .skip-link, svg, template")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const place = range.getBoundingClientRect();
    if (!place.width && !place.height) continue;  // not drawn, as what stands in a <progress>
    for (let box = parent; box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      if (edge.width <= 1.5 && edge.height <= 1.5) break;  // for screen readers only
      const isCut = (hides(style.overflowX) && place.right > edge.right + 1)
        || (hides(style.overflowY) && place.bottom > edge.bottom + 1);
      if (isCut) { cut.push(text.textContent.trim().slice(0, 80)); break; }
    }
  }
  return cut;
}
"""
# WCAG 1.4.12.
SPACE_TEXT = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
"""
UNSPACE_TEXT = "() => { document.adoptedStyleSheets = []; }"
#
STRUCTURE = """
() => {
  const wrong = [];
  const one = (selector) => {
    const count = document.querySelectorAll(selector).length;
    if (count !== 1) wrong.push(`${count} times ${selector}`);
  };
  one("h1"); one("main"); one("title");
  for (const input of document.querySelectorAll("input[type=radio]")) {
    const legend = input.closest("fieldset")?.querySelector("legend");
    if (!legend?.textContent.trim()) wrong.push(`no legend for ${input.name}`);
  }
  for (const input of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (input.checkVisibility() && !input.labels?.length && !input.ariaLabel
      && !input.getAttribute("aria-labelledby")) wrong.push(`no label for ${input.name}`);
  for (const attribute of ["aria-describedby", "aria-labelledby"])
    for (const element of document.querySelectorAll(`[${attribute}]`))
      for (const id of element.getAttribute(attribute).split(/\\s+/))
        if (!document.getElementById(id)) wrong.push(`${attribute} ${id} is nowhere`);
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(link.getAttribute("href").slice(1)))
      wrong.push(`${link.getAttribute("href")} is nowhere`);
  for (const error of document.querySelectorAll(".form-field__error"))
    if (!document.querySelector(`[aria-describedby~="${error.id}"]`))
      wrong.push(`nothing is described by ${error.id}`);
  if (document.querySelector(".form-field__error") && !document.querySelector(".error-summary"))
    wrong.push("an error without a summary");
  if (/mensenhandel|uitbuiting|trafficking|exploitation|loverboy/i.test(document.title))
    wrong.push(`title: ${document.title}`);
  return wrong;
}
"""
# exit, then help, before everything but the skip link, on every page.
FIRST_THINGS = """
() => [...document.querySelectorAll("a[href], button")]
  .filter((element) => element.checkVisibility()).slice(0, 4).map((element) => element.className)
"""
EXPECTED_FIRST_THINGS = ["skip-link", "exit-button__button", "help-bar__link", "help-bar__link"]


def axe(page: Page, rules: dict[str, Any], contrast_of: str = "*") -> list[str]:
    if not page.evaluate(HAS_AXE):
        page.evaluate(AXE)
    return page.evaluate(RUN_AXE, [rules, contrast_of])


def locks_the_screen(page: Page) -> bool:
    """Whether a stylesheet of this page turns it round with the device (WCAG 2.1 SC 1.3.4)."""
    page.evaluate(AXE)
    return page.evaluate(
        """async () => (await axe.run(document, {runOnly: ["css-orientation-lock"]}))
          .violations.length > 0"""
    )


def narrow(page: Page) -> list[str]:
    """A-07 at 320 px (a window of 1280 at 400 %), as it is and with spaced text."""
    wrong = []
    usual = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    for how, script in (("", None), ("spaced ", SPACE_TEXT)):
        if script:
            page.evaluate(script)
        if too_wide := page.evaluate(TOO_WIDE):
            wrong.append(f"{how}too wide: {too_wide}")
        wrong += [f"{how}cut: {text}" for text in page.evaluate(CUT_TEXT)]
    page.evaluate(UNSPACE_TEXT)
    assert usual is not None
    page.set_viewport_size(usual)
    return wrong


def inspect(page: Page, seen: set[str], *, with_colours: bool = True) -> dict[str, Any]:
    """Everything that is wrong with this screen, by what was looked at.

    Its colours are the same in every language; looking at the dark ones alone took three tenths
    of the time. Contrast in what stands around the content is looked at once for each way that it
    can look: ``seen`` keeps which were.
    """
    frame = page.evaluate(FRAME)
    contrast_of = "main *" if frame in seen else "*"
    seen.add(frame)
    found = {"axe": axe(page, EVERYTHING if with_colours else ALL_BUT_COLOURS, contrast_of)}
    found["structure"] = page.evaluate(STRUCTURE)
    first = page.evaluate(FIRST_THINGS)
    found["order"] = [] if first == EXPECTED_FIRST_THINGS else first
    if with_colours:
        page.emulate_media(color_scheme="dark")
        page.evaluate(NEXT_FRAME)
        found["axe, dark"] = axe(page, COLOURS, contrast_of)
        page.emulate_media(color_scheme="light")
    found["small targets"] = page.evaluate(SMALL_TARGETS)
    found["narrow"] = narrow(page)
    return {name: wrong for name, wrong in found.items() if wrong}
