/* Adding, copying and folding questions in the editor of a quiz.

   A new question gets the kind that was chosen, as many empty entries as its lists need at
   least, a key of its own, and the cursor in its first field. What came from elsewhere (the
   question bank) comes in as an event with the state of a block. */

const strip = document.querySelector("[data-question-panel]");
const panel = strip?.closest("section");
const kind = strip?.querySelector("[data-question-kind]");
const forms = document.getElementById(strip?.dataset.forms);
let asked = null; // what the form that comes next is to hold

function children() {
  return [...forms.children].filter((child) => !child.classList.contains("deleted"));
}

function handler() {
  return window.wagtail.editHandler.getPanelByName("questions");
}

/** The block of a question, as soon as Wagtail has made it. */
async function bodyOf(child) {
  for (let frame = 0; frame < 120; frame += 1) {
    const body = child.querySelector('[id$="-body-root"]')?.rootBlock;
    if (body) return body;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  throw new Error("no block");
}

/** Every list starts with as many empty entries as it must have in the end. */
function fillLists(block) {
  for (const child of block.children ?? []) fillLists(child.block);
  for (const child of Object.values(block.childBlocks ?? {})) fillLists(child);
  const least = block.blockDef?.childBlockDef && block.blockDef.meta.minNum;
  while (least && block.children.length < least) {
    const state = structuredClone(block.blockDef.initialChildState);
    block.insert(state, block.children.length, { id: crypto.randomUUID() });
  }
}

/** The one block of a question: what was asked for, or an empty one of that kind. */
function fill(body, { type, value }) {
  const state = value ?? structuredClone(body.blockDef.initialChildStates[type]);
  body.insert({ type, value: state, id: crypto.randomUUID() }, 0, {});
  fillLists(body);
}

function setHidden(child, name, value) {
  const prefix = child.id.replace("inline_child_", "");
  const field = document.getElementById(`id_${prefix}-${name}`);
  if (field) field.value = value ?? "";
}

/** The new question, below the one it should follow. */
function moveBelow(child, above) {
  if (!above || above.nextElementSibling === child) return;
  above.after(child);
  handler().updateOrderValues();
  handler().updateControlStates();
}

forms?.addEventListener("w-formset:added", async (event) => {
  const child = event.target;
  if (child.parentElement !== forms) return;
  const wanted = asked ?? { type: kind.value };
  asked = null;
  setHidden(child, "key", crypto.randomUUID());
  setHidden(child, "copied_from", wanted.copiedFrom);
  setHidden(child, "copied_from_quiz", wanted.copiedFromQuiz);
  const body = await bodyOf(child);
  moveBelow(child, wanted.below);
  fill(body, wanted);
  addButtons(child);
  child.scrollIntoView({ block: "start" });
  body.children[0].block.focus();
  child.dispatchEvent(new CustomEvent("doorzien:question-changed", { bubbles: true }));
});

function add(wanted) {
  asked = wanted;
  handler().addForm();
}

/** A copy with ids of its own, below the question. */
async function duplicate(child) {
  const body = await bodyOf(child);
  if (!body.children.length) return;
  const { type, value } = body.children[0].getDuplicatedState
    ? { type: body.children[0].type, ...body.children[0].getDuplicatedState() }
    : body.children[0].getState();
  add({ type, value, below: child });
}

function addButtons(child) {
  const controls = child.querySelector("[data-panel-controls], .w-panel__controls");
  if (!controls || controls.querySelector("[data-duplicate-question]")) return;
  const button = strip.querySelector("template").content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => duplicate(child));
  controls.prepend(button);
}

panel?.addEventListener("doorzien:next-question", async (event) => {
  const child = event.target.closest("[data-inline-panel-child]");
  const body = child && (await bodyOf(child));
  add({ type: body?.children[0]?.type ?? kind.value, below: child });
});
document.addEventListener("doorzien:copy-question", (event) => add(event.detail));

/** A new quiz comes with one question, which has no kind yet. */
async function startFirst() {
  const [first, ...others] = children();
  const prefix = first?.id.replace("inline_child_", "");
  if (!first || others.length || document.getElementById(`id_${prefix}-id`).value) return;
  const body = await bodyOf(first);
  if (body.children.length) return;
  setHidden(first, "key", crypto.randomUUID());
  fill(body, { type: kind.value });
}

function fold(isOpen) {
  for (const child of children()) {
    const toggle = child.querySelector("[data-panel-toggle]");
    if (toggle.getAttribute("aria-expanded") !== String(isOpen)) toggle.click();
  }
}

strip?.querySelector("[data-fold]").addEventListener("click", () => fold(false));
strip?.querySelector("[data-unfold]").addEventListener("click", () => fold(true));
strip?.removeAttribute("hidden");
if (forms) {
  children().forEach(addButtons);
  startFirst();
}
