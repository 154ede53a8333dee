/**
 * <board-timer>: how long a step is taking, for the teacher only. Nothing is kept.
 *
 * Inside <lesson-board>: a slide with other minutes starts at nought again. Counts on after
 * the time is over; says so once, without a sound.
 *
 * Attributes: data-text-over. Parts: .board-timer__time, .board-timer__of,
 * [data-act="start|pause|reset"], [role="status"].
 */
class BoardTimer extends HTMLElement {
  #passed = 0; // in milliseconds, before the last start
  #startedAt = null;
  #ticker = 0;
  #slide = "";

  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", this);
    this.#board?.addEventListener("doorzien:slide", this);
    this.#newSlide();
  }

  disconnectedCallback() {
    clearInterval(this.#ticker);
    this.#board?.removeEventListener("doorzien:slide", this);
  }

  get #board() {
    return this.closest("lesson-board");
  }

  get #minutes() {
    return Number(this.#board?.querySelector(".board__view").dataset.minutes);
  }

  handleEvent(event) {
    if (event.type === "doorzien:slide") this.#newSlide();
    const act = event.target.closest?.("[data-act]")?.dataset.act;
    if (act === "start" && this.#startedAt === null) this.#startedAt = Date.now();
    if (act === "pause") this.#stop();
    if (act === "reset") this.#reset();
    if (act) this.#show();
  }

  #newSlide() {
    const { step, minutes } = this.#board.querySelector(".board__view").dataset;
    const slide = `${step}/${minutes}`;
    if (slide !== this.#slide) this.#reset();
    this.#slide = slide;
    this.querySelector(".board-timer__of").textContent = `/ ${this.#minutes}:00`;
    this.#show();
  }

  #stop() {
    this.#passed = this.#elapsed;
    this.#startedAt = null;
  }

  #reset() {
    this.#passed = 0;
    if (this.#startedAt !== null) this.#startedAt = Date.now();
  }

  get #elapsed() {
    return this.#passed + (this.#startedAt === null ? 0 : Date.now() - this.#startedAt);
  }

  #show() {
    clearInterval(this.#ticker);
    if (this.#startedAt !== null) this.#ticker = setInterval(() => this.#draw(), 500);
    this.#draw();
  }

  #draw() {
    const seconds = Math.floor(this.#elapsed / 1000);
    const isOver = seconds >= this.#minutes * 60;
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.querySelector(".board-timer__time").textContent = time;
    const words = isOver ? this.dataset.textOver : "";
    const status = this.querySelector('[role="status"]');
    if (status.textContent !== words) status.textContent = words;
    if (isOver) this.dataset.state = "over";
    else delete this.dataset.state;
  }
}

customElements.define("board-timer", BoardTimer);
