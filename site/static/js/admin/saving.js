// A press on a button of the editor's form waits for the saving that is under way.
//
// Wagtail saves by itself, and does not know of the press. Of a thing that is new, both would make
// one, with the same address: the editor read that it could not be made, or that the server failed.

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

if (form) {
  form.addEventListener("w-autosave:save", (event) => {
    if (leaving) event.preventDefault();
    else underWay = event;
  });
  form.addEventListener("w-autosave:success", saved);
  form.addEventListener("w-autosave:error", saved);
  document.addEventListener("submit", pressed, { capture: true });
}
