/** What is shown of an answer that is in: marks beside the choices, and why. */

const MARK_ICONS = {
  right: "M5 12l5 5l10 -10",
  missed: "M5 12l5 5l10 -10",
  wrong: "M18 6l-12 12M6 6l12 12",
};

export function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** A link that looks like a button, or a button where there is no address. */
export function control(url, text) {
  const made = element(url ? "a" : "button", "button", text);
  if (url) made.href = url;
  else made.type = "button";
  return made;
}

/** The place below the question for it; made when it is not there yet. */
export function feedbackOf(form) {
  let feedback = form.querySelector(".quiz-question__feedback");
  if (!feedback) {
    feedback = element("div", "quiz-question__feedback");
    form.append(feedback);
  }
  return feedback;
}

/** A title that can have the focus, so that it is read aloud. */
export function titled(text) {
  const title = element("h2", "quiz-question__feedback-title", text);
  title.tabIndex = -1;
  return title;
}

/** What the server explains; returns its title. ``note`` is what else must be said. */
export function explain(form, result, texts, note = "") {
  const feedback = feedbackOf(form);
  const marked = result.is_right ? "right" : result.won ? "partly" : "wrong";
  feedback.dataset.state = result.is_marked === false ? "saved" : marked;
  // Rendered and escaped by our own server.
  feedback.innerHTML = result.feedback_html ?? "";
  let title = feedback.querySelector(".quiz-question__feedback-title, h2, h3, h4");
  if (!title) {
    title = titled(result.message ?? (result.is_right ? texts.right : texts.wrong));
    feedback.prepend(title);
  } else if (note) {
    title.after(element("p", "", note));
  }
  title.tabIndex = -1;
  return title;
}

/** In words and a sign, never in colour alone. */
export function markChoices(form, result, texts) {
  for (const input of form.querySelectorAll(".choice__input")) {
    const state = choiceState(input, result);
    const choice = input.closest(".choice");
    choice.querySelector(".choice__mark")?.remove();
    if (state) mark(choice, state, texts);
  }
  // What was given a place: the server says it per item.
  for (const item of form.querySelectorAll("[data-item]")) {
    const state = result.choices?.[item.dataset.item];
    item.querySelector(".choice__mark")?.remove();
    if (state) mark(item, state, texts);
  }
}

function mark(owner, state, texts) {
  owner.dataset.state = state;
  const made = element("span", "choice__mark");
  if (MARK_ICONS[state]) made.append(icon(MARK_ICONS[state]));
  made.append(texts[state]);
  owner.append(made);
}

function choiceState(input, result) {
  if (input.name === "sure" || result.is_marked === false) return "";
  const told = result.choices?.[input.value];
  if (told) return told;
  if (!input.checked) return "";
  // Of several boxes we know only whether all of it was right.
  if (input.name === "choice" && result.is_right === true) return "right";
  const isOneOfOne = input.type === "radio" && !result.reason;
  if (isOneOfOne && result.is_right === false) return "wrong";
  return "chosen";
}

function icon(path) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  const attributes = {
    class: "icon",
    viewBox: "0 0 24 24",
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "2.5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const line = document.createElementNS(namespace, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
