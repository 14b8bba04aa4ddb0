// The panel of findings: a card each, the current one open, and those that were accepted with a reason.
"use strict";

import { why } from "./api.js";

const LEVELS = { error: "Error", warning: "Warning", note: "Note" };
const byId = (id) => document.getElementById(id);

export class Findings {
  constructor(choose, changed) {
    this.choose = choose;    // called with the finding that is to be shown
    this.changed = changed;  // called when one was accepted or taken back
    this.list = byId("cards");
    this.open = [];
    this.accepted = new Map();  // fingerprint → { reason, words }
    this.current = null;
    this.list.addEventListener("keydown", (event) => this.#arrow(event));
  }

  waived() {
    return [...this.accepted].map(([fingerprint, { reason }]) => ({ fingerprint, reason }));
  }

  show(findings) {
    const seen = new Map();
    this.open = findings.filter((one) => !one.waived).map((one) => {
      const times = seen.get(one.fingerprint) ?? 0;
      seen.set(one.fingerprint, times + 1);
      return { ...one, id: `${one.fingerprint}-${times}` };
    });
    if (!this.open.some((one) => one.id === this.current)) this.current = null;
    // A card that says the same stays: whoever reads or fills it is not disturbed.
    const old = new Map([...this.list.children].map((card) => [card.dataset.key, card]));
    const cards = this.open.map((one) => {
      const key = `${one.id} ${one.message}`;
      const card = old.get(key) ?? this.#card(one);
      card.dataset.key = key;
      return card;
    });
    if (cards.some((card, index) => card !== this.list.children[index]) || cards.length !== this.list.children.length) {
      this.list.replaceChildren(...cards);
    }
    this.#mark();
    this.#showAccepted();
  }

  #card(one) {
    const card = byId("card").content.cloneNode(true).firstElementChild;
    const part = (name) => card.querySelector(`.${name}`);
    card.dataset.id = one.id;
    card.classList.add(one.severity);
    part("level").textContent = LEVELS[one.severity];
    part("words").textContent = one.text;
    part("message").textContent = one.message;
    part("skeleton").hidden = !one.remedy;
    part("sentence").textContent = one.remedy?.sentence ?? "";
    part("rule").href = `/rules/${one.rule}`;
    part("rule").textContent = `About ${one.rule}`;
    part("go").addEventListener("click", () => this.choose(one.id));
    const form = part("reason");
    part("accept").addEventListener("click", (event) => {
      form.hidden = !form.hidden;
      event.currentTarget.setAttribute("aria-expanded", String(!form.hidden));
      if (!form.hidden) form.querySelector("input").focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#accept(one, form.querySelector("input").value.trim());
    });
    return card;
  }

  #accept(one, reason) {
    if (!reason) return;
    const index = this.open.findIndex((other) => other.id === one.id);
    this.accepted.set(one.fingerprint, { reason, words: one.text });
    this.changed();
    // The focus goes on to what is next; the card it was in is gone.
    (this.list.children[Math.min(index, this.open.length - 1)]?.querySelector(".go") ?? byId("findings")).focus();
  }

  #showAccepted() {
    byId("accepted").hidden = !this.accepted.size;
    byId("accepted-title").textContent = `${this.accepted.size} accepted`;
    byId("accepted-list").replaceChildren(...[...this.accepted].map(([fingerprint, { reason, words }]) => {
      const item = document.createElement("li");
      const quoted = Object.assign(document.createElement("q"), { textContent: words });
      const undo = Object.assign(document.createElement("button"), { type: "button", textContent: "Take back" });
      undo.setAttribute("aria-label", `Take back the acceptance of “${words}”`);
      undo.addEventListener("click", () => {
        this.accepted.delete(fingerprint);
        this.changed();
        byId("findings").focus();
      });
      item.append(quoted, ` ${reason} `, undo);
      return item;
    }));
  }

  // Marks the current card as such, and tells why its rule is there.
  select(id, into = true) {
    this.current = id;
    const card = this.#mark();
    if (card && into) card.scrollIntoView({ block: "nearest" });
  }

  #mark() {
    let found = null;
    for (const card of this.list.children) {
      const chosen = card.dataset.id === this.current;
      card.classList.toggle("current", chosen);
      card.querySelector(".go").setAttribute("aria-expanded", String(chosen));
      if (chosen) found = card;
    }
    const one = this.open.find((other) => other.id === this.current);
    if (found && one && !found.querySelector(".why").textContent) {
      why(one.rule).then((words) => { found.querySelector(".why").textContent = words; }, () => {});
    }
    return found;
  }

  #arrow(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches(".go")) return;
    event.preventDefault();
    const cards = [...this.list.children];
    const card = cards[cards.indexOf(event.target.closest(".card")) + step];
    if (!card) return;
    card.querySelector(".go").focus();
    this.choose(card.dataset.id);
  }
}
