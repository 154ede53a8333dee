/* Comments beside the form of a quiz. Each form in the panel is sent by itself, and the list
   that comes back takes the place of the one on the screen: nothing of the quiz is sent,
   saved or lost by it, nor what is being typed in another comment.

   On each question stands how many open comments it has, and the way to them. */

const side = document.querySelector('[data-side-panel="quiz-comments"]');
const toggle = document.querySelector('[data-side-panel-toggle="quiz-comments"]');
const questions = document.getElementById(
  document.querySelector("[data-question-panel]")?.dataset.forms,
);

function list() {
  return side.querySelector("[data-quiz-comments]");
}

function children() {
  return [...questions.children].filter(
    (child) => child.matches("[data-inline-panel-child]") && !child.classList.contains("deleted"),
  );
}

function keyOf(child) {
  const prefix = child.id.replace("inline_child_", "");
  return document.getElementById(`id_${prefix}-key`)?.value;
}

/** Read aloud, and shown. */
function say(text, isWrong) {
  const status = side.querySelector("[data-comments-status]");
  status.textContent = text;
  status.toggleAttribute("data-wrong", isWrong);
}

/** What the server answers; without an answer, or with another page, nothing is replaced. */
async function send(form) {
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const { dataset } = side.querySelector("[data-comments-status]");
  const response = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "XMLHttpRequest" },
  }).catch(() => null);
  const html = (await response?.text().catch(() => "")) ?? "";
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-quiz-comments]");
  form.removeAttribute("aria-busy");
  if (fresh) {
    replace(fresh, form);
    say(fresh.dataset.told, !response.ok);
  } else {
    const texts = { 403: dataset.forbidden, 404: dataset.gone };
    say(texts[response?.status] ?? dataset.failed, true);
  }
}

/** What somebody typed and did not send. */
function typed() {
  return [...(list()?.querySelectorAll("textarea") ?? [])].filter(
    (field) => field.value !== field.defaultValue,
  );
}

function replace(fresh, sent) {
  const kept = typed().filter((field) => field.form !== sent);
  const about = document.getElementById("comment-new-about").value;
  const isOpen = document.getElementById("comments-resolved")?.open;
  const { id } = document.activeElement;
  list().replaceWith(fresh);
  const { text, about: select } = Object.fromEntries(
    ["text", "about"].map((name) => [name, document.getElementById(`comment-new-${name}`)]),
  );
  for (const { id: name, value } of kept) {
    const field = document.getElementById(name);
    if (field && field !== text) {
      field.value = value;
      field.closest("details").open = true;
    } else {
      // A new comment; or a reply to what is gone, which then is one.
      text.value = [text.value, value].filter(Boolean).join("\n\n");
    }
  }
  const isNewKept = kept.some((field) => field.id === text.id);
  if (isNewKept || (sent.dataset.act === "add" && text.value)) {
    refreshChoices();
    select.value = about;
  }
  const resolved = document.getElementById("comments-resolved");
  if (resolved && isOpen) resolved.open = true;
  update();
  focusAfter(sent, id);
}

/** What is wrong; else what had the cursor; else what the act was about. */
function focusAfter(sent, id) {
  const candidates = [
    list().querySelector('[aria-invalid="true"]'),
    id && document.getElementById(id),
    sent.dataset.after && document.getElementById(sent.dataset.after),
    document.getElementById("comments-title"),
  ];
  candidates
    .filter(Boolean)
    .find((element) => element.checkVisibility() && side.contains(element))
    ?.focus();
}

/** The questions as the form has them now, also those that were added since. */
function refreshChoices() {
  const { question } = side.querySelector("[data-comments-status]").dataset;
  const select = document.getElementById("comment-new-about");
  const known = new Map([...select.options].map((option) => [option.value, option]));
  const fresh = children().map((child, index) => {
    const words = child
      .querySelector('[id$="-body-root"]')
      ?.rootBlock?.children[0]?.block.childBlocks?.prompt?.getTextLabel({ maxLength: 70 });
    const place = question.replace("{number}", index + 1);
    const option = known.get(keyOf(child)) ?? new Option("", keyOf(child));
    option.text = words ? `${place}: ${words}` : place;
    return option;
  });
  const chosen = select.value;
  select.replaceChildren(select.options[0], ...fresh.filter((option) => option.value));
  select.value = chosen;
}

/** Counts, numbers and buttons as the form and the list are now. */
function update() {
  if (!list() || !questions) return;
  const total = Number(list().dataset.openCount);
  const counter = toggle.querySelector("[data-side-panel-toggle-counter]");
  counter.textContent = total;
  counter.hidden = total === 0;
  children().forEach((child, index) => {
    const key = keyOf(child);
    const group = key && list().querySelector(`[data-question="${key}"]`);
    const number = group?.querySelector("[data-question-number]");
    if (number) number.textContent = index + 1;
    label(buttonOf(child), Number(group?.dataset.count ?? 0));
  });
}

function label(button, count) {
  if (!button) return;
  const { none, one, many } = button.dataset;
  const text = count === 0 ? none : count === 1 ? one : many.replace("{count}", count);
  button.title = text;
  button.setAttribute("aria-label", text);
  button.querySelector("[data-count]").textContent = count || "";
}

function buttonOf(child) {
  const controls = child.querySelector("[data-panel-controls], .w-panel__controls");
  const known = controls?.querySelector("[data-show-comments]");
  if (known || !controls) return known;
  const template = side.querySelector("template[data-comments-button]");
  const button = template.content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => showComments(child));
  controls.prepend(button);
  return button;
}

function isShown() {
  return toggle.getAttribute("aria-expanded") === "true";
}

/** To the comments on this question; without any, to where one is written. */
function showComments(child) {
  if (!isShown()) toggle.click();
  const key = keyOf(child);
  const title = document.getElementById(`comments-${key}`);
  refreshChoices();
  document.getElementById("comment-new-about").value = key;
  focusWhenShown(title ?? document.getElementById("comment-new-text"));
}

/** What is not on the screen yet takes no cursor; and scrolling to what still slides in would
    move the whole page aside. */
async function focusWhenShown(element) {
  const slides = () =>
    side.parentElement.getAnimations().filter((one) => one instanceof CSSTransition);
  for (let frame = 0; frame < 120 && document.activeElement !== element; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    element.focus({ preventScroll: true });
  }
  await Promise.allSettled(slides().map((slide) => slide.finished));
  element.scrollIntoView({ block: element.matches("textarea") ? "nearest" : "start" });
}

/** Unfolds the question with this key, and puts the cursor in it (question-outline.js). */
function showQuestion(hash) {
  const child = questions && children().find((one) => `#question-${keyOf(one)}` === hash);
  if (!child) return false;
  // On a small screen the panel lies over the form.
  if (isShown() && side.getBoundingClientRect().left <= 0) toggle.click();
  child.dispatchEvent(new CustomEvent("doorzien:show-question", { bubbles: true }));
  return true;
}

side?.addEventListener("submit", (event) => {
  if (!list()?.contains(event.target)) return;
  event.preventDefault();
  send(event.target);
});
side?.addEventListener("focusin", (event) => {
  if (event.target.id === "comment-new-about") refreshChoices();
});
side?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-question-link]");
  if (link && showQuestion(link.hash)) event.preventDefault();
});
window.addEventListener("beforeunload", (event) => {
  if (side && typed().length) event.preventDefault();
});
if (side && questions) {
  new MutationObserver(update).observe(side, { childList: true });
  new MutationObserver(update).observe(questions, { childList: true });
  questions.addEventListener("doorzien:question-changed", update);
  window.addEventListener("load", () => {
    update();
    showQuestion(window.location.hash);
  });
  update();
}
