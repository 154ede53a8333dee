/**
 * The form of one question: what was chosen in it, whether that is enough, and how it looks
 * while its answer is on the way. Knows nothing of a queue.
 */

/** "choice:1" is a part of "choice": of radios only one per name can be chosen. */
function fieldOf(name) {
  return name.split(":")[0];
}

/** What was chosen, as the server reads it. */
export function givenIn(form) {
  const data = new FormData(form);
  return {
    choice: [...data]
      .filter(([name, value]) => fieldOf(name) === "choice" && value)
      .map(([, value]) => String(value)),
    reason: data.get("reason") || null,
    ...(data.get("sure") ? { sure: data.get("sure") } : {}),
  };
}

/** Puts the controls as they were. What was typed is not kept, so a text stays as it is. */
export function putBack(form, { choice, reason, sure }) {
  const given = { choice: [].concat(choice), reason: [reason], sure: [sure] };
  for (const control of form.querySelectorAll("[name]")) {
    const values = given[fieldOf(control.name)];
    if (!values) continue;
    if (["radio", "checkbox"].includes(control.type)) {
      control.checked = values.includes(control.value);
    } else if (control.localName === "select") {
      const option = [...control.options].find(({ value }) => value && values.includes(value));
      if (option) control.value = option.value;
    } else if (control.type === "number" || control.inputMode === "decimal") {
      if (values[0]) control.value = values[0];
    }
  }
  // For a type whose script makes the controls, and may not have come yet.
  form.givenChoice = given.choice;
  form.dispatchEvent(new CustomEvent("doorzien:restored", { bubbles: true }));
}

export function lock(form, state) {
  form.dataset.state = state;
  // Not "disabled" yet: that would drop the focus.
  form.querySelector('[type="submit"]')?.setAttribute("aria-disabled", "true");
  for (const fieldset of form.querySelectorAll("fieldset")) fieldset.disabled = true;
}

/** As before the answer, to give another one. */
export function reopen(form) {
  form.dataset.state = "open";
  form.querySelector(".quiz-question__feedback")?.remove();
  form.querySelector(".quiz-question__actions")?.removeAttribute("hidden");
  form.querySelector('[type="submit"]')?.removeAttribute("aria-disabled");
  for (const fieldset of form.querySelectorAll("fieldset")) fieldset.disabled = false;
  const status = form.querySelector(".quiz-question__status");
  if (status) {
    status.textContent = "";
    delete status.dataset.state;
  }
  form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

/** Whether everything is filled in; says at the field what is missing. */
export function isComplete(form) {
  hideErrors(form);
  const open = form.querySelector("select:invalid, input:invalid, textarea:invalid");
  if (open && !["radio", "checkbox"].includes(open.type)) {
    // What a script says of its own control is clearer than the words for all.
    const own = open.validity.customError ? open.validationMessage : "";
    showError(form, open.closest("fieldset"), own);
    return false;
  }
  for (const [name, members] of groupByName(form)) {
    if (!["choice", "reason"].includes(fieldOf(name))) continue;
    if (!["radio", "checkbox"].includes(members[0].type)) continue;
    const fieldset = members[0].closest("fieldset");
    if (fieldset?.hasAttribute("data-optional")) continue;
    if (members.some((input) => input.checked)) continue;
    showError(form, fieldset);
    return false;
  }
  return true;
}

function groupByName(form) {
  const groups = new Map();
  for (const input of form.querySelectorAll("input")) {
    groups.set(input.name, [...(groups.get(input.name) ?? []), input]);
  }
  return groups;
}

function showError(form, fieldset, message = "") {
  const error =
    fieldset?.querySelector(".quiz-question__error") ??
    form.querySelector(".quiz-question__error");
  if (!error) return;
  error.id ||= `error-${form.dataset.question}`;
  if (message) (error.querySelector("span") ?? error).textContent = message;
  error.tabIndex = -1;
  error.hidden = false;
  const described = new Set((fieldset?.getAttribute("aria-describedby") ?? "").split(/\s+/));
  fieldset?.setAttribute("aria-describedby", [...described.add(error.id)].join(" ").trim());
  error.focus();
}

export function hideErrors(root) {
  for (const error of root.querySelectorAll(".quiz-question__error")) error.hidden = true;
}

/** The line below the question: on its way, saved, waiting or stopped. */
export function say(form, state, message) {
  const status = form?.querySelector(".quiz-question__status");
  if (!status || (status.dataset.state === state && status.textContent === message)) return;
  status.dataset.state = state;
  status.textContent = message;
}
