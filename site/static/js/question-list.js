/** The other questions of the quiz, fetched beforehand for when the network goes. */
export class QuestionList {
  /** question → {html, url, isAnswered}, in the order of the quiz. */
  #questions = new Map();

  get size() {
    return this.#questions.size;
  }

  get(question) {
    return this.#questions.get(question);
  }

  /** From 1. */
  numberOf(question) {
    return [...this.#questions.keys()].indexOf(question) + 1;
  }

  /** Once; without them "next" is an ordinary link. */
  async load(url) {
    if (this.size > 0 || !url) return;
    try {
      const response = await fetch(url, {
        credentials: "same-origin",
        headers: { Accept: "text/html", "X-Fragment": "questions" },
      });
      if (!response.ok || response.redirected) return;
      this.#read(await response.text());
    } catch {
      // No network: later, when it is back.
    }
  }

  #read(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    // Pictures too, for when the network is gone by then.
    for (const { src } of template.content.querySelectorAll("img")) new Image().src = src;
    for (const item of template.content.querySelectorAll("li[data-question]")) {
      const form = item.querySelector("form.quiz-question");
      if (!form) continue;
      this.#questions.set(item.dataset.question, {
        html: form.outerHTML,
        url: item.dataset.url ?? "",
        isAnswered: form.dataset.state === "answered",
      });
    }
  }

  /** The form of a question, new each time. */
  formOf(question) {
    const template = document.createElement("template");
    template.innerHTML = this.#questions.get(question).html;
    return template.content.firstElementChild;
  }

  /** The next for which ``isOpen`` holds after this one, then those skipped before it. */
  nextAfter(current, isOpen) {
    const order = [...this.#questions.keys()];
    const here = order.indexOf(current);
    return [...order.slice(here + 1), ...order.slice(0, here + 1)].find(isOpen);
  }
}
