/* Questions of the bank, copied into the form of this quiz. Nothing is saved by it: the
   copy is in the form, as if it had been typed. */

const opener = document.querySelector("[data-open-bank]");
const dialog = document.querySelector("[data-bank]");
const content = dialog?.querySelector("[data-bank-content]");

async function load(address) {
  const response = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!response.ok) throw new Error(`bank: ${response.status}`);
  content.innerHTML = await response.text();
  content.querySelector('[name="zoek"]').focus();
}

function addressOf(form, page = "1") {
  const wish = new URLSearchParams(new FormData(form));
  wish.set("p", page);
  return `${form.getAttribute("action")}?${wish}`;
}

async function copy(button) {
  const response = await fetch(button.dataset.copy);
  if (!response.ok) throw new Error(`bank: ${response.status}`);
  dialog.close();
  document.dispatchEvent(
    new CustomEvent("doorzien:copy-question", { detail: await response.json() }),
  );
}

opener?.addEventListener("click", () => {
  dialog.showModal();
  load(opener.dataset.openBank);
});
dialog?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.copy) copy(button);
  if (button?.dataset.page) load(addressOf(content.querySelector("form"), button.dataset.page));
  if (button?.matches("[data-close]")) dialog.close();
});
dialog?.addEventListener("submit", (event) => {
  event.preventDefault();
  load(addressOf(event.target));
});
if (dialog) document.body.append(dialog); // out of the form of the quiz: a form may not hold one
