/* Fast entry in the questions of a quiz.

   Enter goes to the next text field, also from what is asked (there, Shift and Enter starts
   a line), and after the last field of a list's entry to the next entry, which it makes when
   there is none. In an empty last entry it goes on below the list. It never sends the form.
   Control and Enter makes a next question of the same kind (question-panel.js hears it).

   Several lines that are pasted into the first field of an entry make one entry per line:

     Bel de politie                     a dash, a dot or a number in front of it goes
     * Bel Veilig Thuis                 is right; unless all lines have one: those are dots
     [x] Bel Veilig Thuis               is right too
     * Veilig Thuis | Daar kan het      what follows a bar or a tab goes in the next field

   A star works while typing too: "* Bel Veilig Thuis" ticks that it is right. */

const TEXT = 'input[type="text"], input[type="number"], input:not([type]), textarea';

/** The innermost list around an element: the list, its entry and the place in it. */
function entryAround(block, element) {
  for (const child of block?.children ?? []) {
    if (!child.element?.contains(element)) continue;
    const isList = Boolean(block.blockDef.childBlockDef);
    return entryAround(child.block, element) ?? (isList ? { list: block, entry: child } : null);
  }
  for (const child of Object.values(block?.childBlocks ?? {})) {
    const found = entryAround(child, element);
    if (found) return found;
  }
  return null;
}

function bodyAround(element) {
  const question = element.closest("[data-inline-panel-child]");
  return question?.querySelector('[id$="-body-root"]')?.rootBlock;
}

/** The text fields that are on the screen, in their order. */
function fieldsOf(element) {
  return [...element.querySelectorAll(TEXT)].filter((field) => field.checkVisibility());
}

function isRight(entry) {
  return entry.block.childBlocks?.is_right;
}

/** What an editor typed in front of a choice, off it: "* Ja" is right. */
function takeStar(field) {
  const found = field.value && entryAround(bodyAround(field), field);
  if (!found || !isRight(found.entry) || fieldsOf(found.entry.element)[0] !== field) return;
  const typed = field.value.match(/^\s*\*\s*(\S.*)$/);
  if (!typed) return;
  setText(field, typed[1]);
  isRight(found.entry).setState(true);
}

function setText(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function insertEntry(list, index, focus) {
  const id = crypto.randomUUID();
  return list.insert(structuredClone(list.blockDef.initialChildState), index, { id, focus });
}

/** To the next field; below the last of an entry, to the next entry. */
function goOn(field) {
  takeStar(field);
  const found = entryAround(bodyAround(field), field);
  if (!found) return focusAfter(field);
  const { list, entry } = found;
  const fields = fieldsOf(entry.element);
  const isLast = entry.index === list.children.length - 1;
  if (isLast && fields.every((one) => !one.value.trim())) {
    focusAfter(list.container[0]);
    if (entry.index >= (list.blockDef.meta.minNum ?? 0)) list.deleteBlock(entry.index);
    return undefined;
  }
  const next = fields[fields.indexOf(field) + 1];
  if (next) return next.focus();
  if (isLast) return insertEntry(list, list.children.length, true);
  return fieldsOf(list.children[entry.index + 1].element)[0]?.focus();
}

/** The cursor in the first field of the question that comes after this element. */
function focusAfter(element) {
  const question = element.closest("[data-inline-panel-child]");
  const below = [...question.querySelectorAll(`${TEXT}, [contenteditable="true"]`)].find(
    (field) =>
      field.checkVisibility() &&
      !element.contains(field) &&
      element.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  below?.focus();
}

/** Lines as entries: their columns, and whether they are right. */
function readLines(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const starsAreDots = lines.every((line) => line.startsWith("*"));
  return lines.map((line) => {
    const star = /^\*\s*/;
    const ticked = /^(?:[-•]\s*)?\[x\]\s*/i;
    const right = ticked.test(line) || (!starsAreDots && star.test(line));
    const bare = line
      .replace(ticked, "")
      .replace(star, "")
      .replace(/^(?:[-–•·]\s*)?(?:\[ ?\]\s*)?/, "")
      .replace(/^(?:\d{1,2}|[a-z])[.)]\s+/i, "");
    return { right, columns: bare.split(/\s*(?:\t|\s\|\s)\s*/) };
  });
}

function paste(event) {
  const field = event.target;
  if (!field.matches?.('input[type="text"], input:not([type])')) return;
  const found = bodyAround(field) && entryAround(bodyAround(field), field);
  const lines = readLines(event.clipboardData.getData("text/plain"));
  if (!found || lines.length < 2 || fieldsOf(found.entry.element)[0] !== field) return;
  event.preventDefault();
  const { list } = found;
  let index = found.entry.index;
  for (const line of lines) {
    while (index < list.children.length && holdsText(list.children[index], field)) index += 1;
    const entry = list.children[index] ?? insertEntry(list, index, false);
    fieldsOf(entry.element).forEach((one, column) => {
      if (line.columns[column]) setText(one, line.columns[column]);
    });
    if (line.right) isRight(entry)?.setState(true);
    field.removeAttribute("data-replace");
    index += 1;
  }
  const last = list.children[index - 1];
  const open = fieldsOf(last.element).find((one) => !one.value);
  (open ?? fieldsOf(last.element)[0]).focus();
}

/** Whether something stands there already; what is selected in full may go. */
function holdsText(entry, field) {
  return fieldsOf(entry.element).some((one) => {
    const isReplaced =
      one === field && one.selectionStart === 0 && one.selectionEnd === one.value.length;
    return one.value.trim() && !isReplaced;
  });
}

function isPrompt(element) {
  return element.isContentEditable && element.closest('[data-contentpath="prompt"]');
}

function onKey(event) {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || !field.matches || !bodyAround(field)) return;
  if (event.ctrlKey || event.metaKey) {
    takeStar(field);
    field.dispatchEvent(new CustomEvent("doorzien:next-question", { bubbles: true }));
  } else if (isPrompt(field) && !event.shiftKey) {
    focusAfter(field);
  } else if (field.matches('input:not([type="checkbox"], [type="radio"], [role="combobox"])')) {
    goOn(field);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

const panel = document.querySelector("[data-question-panel]")?.closest("section");
panel?.addEventListener("keydown", onKey, true);
panel?.addEventListener("paste", paste, true);
panel?.addEventListener("focusout", (event) => {
  if (event.target.matches?.('input[type="text"]')) takeStar(event.target);
});
