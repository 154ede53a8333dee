// What Wagtail's saving by itself must not do.
//
// It does not know of a press on a button. Of a thing that is new, both would make one, with the same
// address: the editor read that it could not be made, or that the server failed. So a press waits for
// the saving that is under way.
//
// It remembers the form as it is after two seconds, and takes what a long form still makes of itself
// then for a change. Who only opens a thing that is online, would leave a draft of it.

const form = document.querySelector("form[data-edit-form]");
let underWay = null; // the event of the saving that has begun
let held = null; // what was pressed meanwhile
let leaving = false;

function press(button) {
  const wasDisabled = button?.disabled;
  if (button) button.disabled = false; // else its name is not sent, and publishing is forgotten
  form.requestSubmit(button);
  if (button) button.disabled = wasDisabled;
}

function saved() {
  underWay = null;
  if (held === null) return;
  const { button } = held;
  held = null;
  press(button);
}

function pressed(event) {
  if (event.target !== form) return;
  if (underWay && !underWay.defaultPrevented) {
    event.preventDefault();
    event.stopImmediatePropagation();
    held = { button: event.submitter };
  } else {
    leaving = true;
  }
}

const TOUCHES = ["pointerdown", "keydown", "input", "paste", "drop"];
let isTouched = false;

function touched(event) {
  if (!event.isTrusted) return;
  isTouched = true;
  for (const name of TOUCHES) document.removeEventListener(name, touched, { capture: true });
}

function changed(event) {
  if (event.target !== form || isTouched) return;
  event.stopImmediatePropagation();
  window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved")?.clear();
}

if (form) {
  form.addEventListener("w-autosave:save", (event) => {
    if (leaving) event.preventDefault();
    else underWay = event;
  });
  form.addEventListener("w-autosave:success", saved);
  form.addEventListener("w-autosave:error", saved);
  document.addEventListener("submit", pressed, { capture: true });
  // Not of a form that came back with errors: what is in it, is nowhere else.
  if (form.dataset.wUnsavedForceValue !== "true") {
    document.addEventListener("w-unsaved:add", changed, { capture: true });
    for (const name of TOUCHES) document.addEventListener(name, touched, { capture: true });
  }
}
