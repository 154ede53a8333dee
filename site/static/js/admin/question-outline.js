/* The running list above the questions of a quiz: number, kind, first words, and what is
   still open in each. It only warns; whether a quiz can be published, the server says. */

const outline = document.querySelector("[data-question-outline]");
const list = outline?.querySelector("ol");
const forms = document.getElementById(
  document.querySelector("[data-question-panel]")?.dataset.forms,
);
const texts = outline?.dataset;

/** Whether a field of the form holds nothing. Rich text is JSON with blocks of text. */
function isEmpty(field) {
  const value = field.getValue?.();
  if (value === null || value === undefined || ["", "null"].includes(value)) return true;
  if (typeof value !== "string" || !value.startsWith('{"')) return false;
  return JSON.parse(value).blocks.every((block) => !block.text.trim());
}

function fieldsIn(block) {
  if (block.children) return block.children.flatMap((child) => fieldsIn(child.block));
  if (block.childBlocks) return Object.values(block.childBlocks).flatMap(fieldsIn);
  return block.widget ? [block] : [];
}

/** Entries in which something was typed. The others are dropped when saving. */
function entriesOf(block) {
  return block.children.filter((child) =>
    fieldsIn(child.block).some((field) => typeof field.getValue?.() === "string" && !isEmpty(field)),
  );
}

/** How many required fields are open, and whether nothing is marked right. */
function openIn(block) {
  if (block.widget) return { open: block.blockDef.meta.required && isEmpty(block) ? 1 : 0 };
  if (block.childBlocks) {
    return Object.values(block.childBlocks).map(openIn).reduce(together, { open: 0 });
  }
  if (!block.children) return { open: 0 };
  const entries = entriesOf(block);
  const short = Math.max(0, (block.blockDef.meta.minNum ?? 0) - entries.length);
  const marks = entries.map((entry) => entry.block.childBlocks?.is_right).filter(Boolean);
  const noneRight = marks.length > 0 && !marks.some((mark) => mark.getValue());
  return entries.map((entry) => openIn(entry.block)).reduce(together, { open: short, noneRight });
}

function together(one, other) {
  return { open: one.open + other.open, noneRight: one.noneRight || other.noneRight };
}

function warning(body) {
  const { open, noneRight } = openIn(body.children[0].block);
  return [
    open ? texts.open.replace("{count}", open) : "",
    noneRight ? texts.noneRight : "",
  ].filter(Boolean).join(", ");
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** What is asked, in its first words. */
function wordsOf(block) {
  return block?.block.childBlocks.prompt?.getTextLabel({ maxLength: 70 });
}

function row(child, index) {
  const body = child.querySelector('[id$="-body-root"]')?.rootBlock;
  const block = body?.children[0];
  const link = element("a", "question-outline__link", "");
  link.href = `#${child.id}`;
  link.append(
    element("span", "question-outline__number", index + 1),
    " ",
    element("span", "question-outline__kind", block?.blockDef.meta.label ?? texts.empty),
    " ",
    element("span", "question-outline__words", wordsOf(block) || texts.blank),
  );
  const entry = element("li", "question-outline__entry", "");
  entry.append(link);
  const wrong = child.querySelector(".w-field--error, .error-message") !== null;
  const open = block ? warning(body) : texts.empty;
  if (open || wrong) entry.append(" ", element("span", "question-outline__open", open || "!"));
  return entry;
}

let shown = "";
function update() {
  const rows = [...forms.children]
    .filter((child) => child.matches("[data-inline-panel-child]:not(.deleted)"))
    .map((child, index) => row(child, index));
  const now = rows.map((one) => one.outerHTML).join("");
  if (now === shown) return;
  shown = now;
  list.replaceChildren(...rows);
  outline.hidden = rows.length === 0;
}

function jump(event) {
  const link = event.target.closest("a");
  const child = link && document.getElementById(link.hash.slice(1));
  if (!child) return;
  event.preventDefault();
  show(child);
}

/** Opens the question, and puts the cursor in its first field. */
function show(child) {
  const toggle = child.querySelector("[data-panel-toggle]");
  if (toggle.getAttribute("aria-expanded") === "false") toggle.click();
  child.scrollIntoView({ block: "start" });
  child.querySelector('[id$="-body-root"]')?.rootBlock?.children[0]?.block.focus();
}

let waiting = 0;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    update();
    waiting = setTimeout(update, 1500); // rich text fields take their time
  }, 300);
}

if (outline && forms) {
  forms.before(outline);
  outline.addEventListener("click", jump);
  const panel = forms.closest("section");
  panel.addEventListener("doorzien:show-question", (event) => show(event.target));
  for (const name of ["input", "change", "click", "keyup", "drop", "focusin", "doorzien:question-changed"]) {
    panel.addEventListener(name, soon);
  }
  window.addEventListener("load", soon);
  new MutationObserver(soon).observe(forms, { childList: true });
  soon();
}
