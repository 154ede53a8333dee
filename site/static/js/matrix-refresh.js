/**
 * <matrix-refresh>: keeps a table up to date without a reload.
 *
 * Asks for the same address as the page, as a fragment. Nothing is touched unless
 * it changed (ETag); focus and scroll stay where they are. Rests while the tab is
 * hidden, and whenever the teacher says so.
 *
 * Attributes: data-url, data-etag (of what the page holds), data-seconds, data-text-updated ("Bijgewerkt om {time}"),
 * data-text-failed, data-text-pause, data-text-resume.
 * Parts: .matrix-refresh__content (what is replaced), [role="status"],
 * button[data-action="pause"].
 */
class MatrixRefresh extends HTMLElement {
  #timer = 0;
  #etag = "";
  #html = "";
  #isPaused = false;
  #abort = null;

  connectedCallback() {
    this.addEventListener("click", this);
    document.addEventListener("visibilitychange", this);
    // The script may be there before the parser has reached the table.
    if (document.readyState !== "loading") this.#begin();
    else document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
  }

  #begin() {
    if (!this.isConnected) return;
    const button = this.#button;
    if (button) button.hidden = false;
    this.#html = this.#content?.innerHTML ?? "";
    this.#etag = this.dataset.etag ?? "";
    this.#showPause();
    this.#plan();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.removeEventListener("click", this);
    document.removeEventListener("visibilitychange", this);
  }

  handleEvent(event) {
    if (event.type === "visibilitychange") {
      if (!document.hidden && !this.#isPaused) this.#refresh();
      return;
    }
    if (!event.target.closest('[data-action="pause"]')) return;
    this.#isPaused = !this.#isPaused;
    this.#showPause();
    if (this.#isPaused) clearTimeout(this.#timer);
    else this.#refresh();
  }

  get #button() {
    return this.querySelector('button[data-action="pause"]');
  }

  get #content() {
    return this.querySelector(".matrix-refresh__content");
  }

  #showPause() {
    const button = this.#button;
    if (!button) return;
    button.textContent = this.#isPaused
      ? (this.dataset.textResume ?? "Weer bijwerken")
      : (this.dataset.textPause ?? "Bijwerken stoppen");
  }

  #plan() {
    clearTimeout(this.#timer);
    if (this.#isPaused || !this.isConnected) return;
    const seconds = Math.max(5, Number(this.dataset.seconds) || 15);
    this.#timer = setTimeout(() => this.#refresh(), seconds * 1000);
  }

  async #refresh() {
    clearTimeout(this.#timer);
    if (document.hidden || this.#isPaused || this.#abort) {
      this.#plan();
      return;
    }
    this.#abort = new AbortController();
    try {
      const headers = { Accept: "text/html", "X-Fragment": "matrix" };
      if (this.#etag) headers["If-None-Match"] = this.#etag;
      const response = await fetch(this.dataset.url, {
        headers,
        cache: "no-store",
        credentials: "same-origin",
        signal: this.#abort.signal,
      });
      // Signed out: a login page must not end up in the table.
      if (response.redirected || (!response.ok && response.status !== 304)) {
        throw new Error(`Status ${response.status}`);
      }
      if (response.status === 200) {
        this.#etag = response.headers.get("ETag") ?? "";
        this.#swap(await response.text());
      }
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#say(this.dataset.textFailed ?? "Bijwerken lukt nu niet.");
    } finally {
      this.#abort = null;
    }
    this.#plan();
  }

  #swap(html) {
    const content = this.#content;
    if (!content || html.trim() === this.#html.trim()) return;
    this.#html = html;

    const focused = content.contains(document.activeElement) ? document.activeElement : null;
    const focusKey = focused && (focused.id || focused.dataset.key || focused.getAttribute("href"));
    const scrollers = [...content.querySelectorAll(".matrix-scroll")].map((area) => [
      area.scrollLeft,
      area.scrollTop,
    ]);
    const wasOnScroller = focused?.classList.contains("matrix-scroll") ?? false;

    content.innerHTML = html;

    content.querySelectorAll(".matrix-scroll").forEach((area, index) => {
      [area.scrollLeft, area.scrollTop] = scrollers[index] ?? [0, 0];
      if (wasOnScroller && index === 0) area.focus({ preventScroll: true });
    });
    if (focusKey && !wasOnScroller) {
      [...content.querySelectorAll("[id], [data-key], a[href]")]
        .find((element) =>
          [element.id, element.dataset.key, element.getAttribute("href")].includes(focusKey),
        )
        ?.focus({ preventScroll: true });
    }
    const time = new Intl.DateTimeFormat(document.documentElement.lang || "nl", {
      hour: "2-digit",
      minute: "2-digit",
    }).format(new Date());
    this.#say((this.dataset.textUpdated ?? "Bijgewerkt om {time}").replace("{time}", time));
  }

  #say(message) {
    const status = this.querySelector('[role="status"]');
    if (status && status.textContent !== message) status.textContent = message;
  }
}

customElements.define("matrix-refresh", MatrixRefresh);
