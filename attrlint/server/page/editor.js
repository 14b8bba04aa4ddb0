// The article: a plain textarea, so that typing, undo, selection and screen readers work as everywhere. Behind it lies a
// mirror with the same words, unseen, which carries the underlines. Offsets are UTF-16 units, as in every string here.
"use strict";

const commonStart = (a, b) => {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a[at] === b[at]) at += 1;
  return at;
};

const commonEnd = (a, b, most) => {
  let at = 0;
  while (at < most && a[a.length - 1 - at] === b[b.length - 1 - at]) at += 1;
  return at;
};

export class Editor {
  constructor(area, mirror) {
    this.area = area;
    this.mirror = mirror;
    this.text = "";
    this.marks = [];      // { start, end, level, id }, ascending; they move with what is typed
    this.current = null;  // the id of the mark that is looked at
    this.lines = [];      // { text, element, key } of every line in the mirror
    this.changed = () => {};
    area.addEventListener("input", () => this.#typed());
    this.#typed();
  }

  set(text) {
    this.area.value = text;
    this.area.setSelectionRange(0, 0);
    this.#typed();
  }

  // What stood where an edit was made is gone with its marks; what stands behind it moves.
  #typed() {
    const before = this.text;
    const now = this.area.value;
    if (before !== now) {
      const start = commonStart(before, now);
      const kept = commonEnd(before, now, Math.min(before.length, now.length) - start);
      const end = before.length - kept;
      const shift = now.length - before.length;
      this.marks = this.marks
        .filter((mark) => mark.end <= start || mark.start >= end)
        .map((mark) => (mark.start >= end ? { ...mark, start: mark.start + shift, end: mark.end + shift } : mark));
      this.text = now;
    }
    this.#match(now.split("\n"));
    this.draw();
    this.changed();
  }

  // Only the lines that differ are made anew: a long article would take too long at every key.
  #match(lines) {
    const old = this.lines.map((line) => line.text);
    const start = commonStart(old, lines);
    const kept = commonEnd(old, lines, Math.min(old.length, lines.length) - start);
    const fresh = lines.slice(start, lines.length - kept).map((text) => {
      const element = document.createElement("div");
      return { text, element, key: null };
    });
    const gone = this.lines.splice(start, old.length - kept - start, ...fresh);
    for (const line of gone) line.element.remove();
    const behind = this.lines[start + fresh.length]?.element ?? null;
    for (const line of fresh) this.mirror.insertBefore(line.element, behind);
  }

  show(marks) {
    this.marks = marks;
    this.draw();
  }

  draw() {
    let at = 0;
    let next = 0;
    let running = [];
    for (const line of this.lines) {
      const end = at + line.text.length;
      running = running.filter((mark) => mark.end > at);
      while (next < this.marks.length && this.marks[next].start <= end) running.push(this.marks[next++]);
      const here = running.map((mark) => ({
        start: Math.max(0, mark.start - at), end: Math.min(mark.end, end) - at, level: mark.level, id: mark.id,
      })).filter((mark) => mark.end > mark.start);
      const key = here.map((m) => `${m.start},${m.end},${m.level},${m.id},${m.id === this.current}`).join(";");
      if (key !== line.key) this.#fill(line, here, key);
      at = end + 1;
    }
  }

  #fill(line, marks, key) {
    const parts = [];
    let at = 0;
    for (const mark of marks) {
      const start = Math.max(at, mark.start);
      if (mark.end <= start) continue;
      const element = document.createElement("mark");
      element.className = mark.id === this.current ? `${mark.level} current` : mark.level;
      element.dataset.id = mark.id;
      element.textContent = line.text.slice(start, mark.end);
      parts.push(line.text.slice(at, start), element);
      at = mark.end;
    }
    // An empty line is as high as a full one.
    parts.push(line.text.slice(at) || (at ? "" : "\u200b"));
    line.element.replaceChildren(...parts);
    line.key = key;
  }

  select(id) {
    this.current = id;
    this.draw();
  }

  // Brings a place into sight, in the middle of what the panel leaves free.
  reveal(start, end) {
    const range = this.#range(start, end);
    if (!range) return;
    const box = range.getBoundingClientRect();
    const panel = document.querySelector(".panel").getBoundingClientRect();
    const below = panel.left < box.right && panel.top > innerHeight / 3 ? panel.top : innerHeight;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (box.top < 90 || box.bottom > below - 20) {
      const top = box.top - below / 2.5;
      scrollBy({ top, behavior: still || Math.abs(top) > 2 * innerHeight ? "instant" : "smooth" });
    }
  }

  #range(start, end) {
    const from = this.#point(start);
    const to = this.#point(end);
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return range;
  }

  #point(offset) {
    let at = 0;
    for (const line of this.lines) {
      if (offset <= at + line.text.length) return this.#inside(line.element, offset - at);
      at += line.text.length + 1;
    }
    return null;
  }

  #inside(element, offset) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let left = offset;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.length) return [node, left];
      left -= node.length;
    }
    return [element, 0];
  }

  at(offset) {
    return this.marks.find((mark) => mark.start <= offset && offset <= mark.end);
  }
}
