// attrlint-client: findings in any editor on the web. MIT licence. Offsets count UTF-16 units, as strings here do.

/** Ask the service at `url`, with options of POST /v1/check, for findings. An Error has its words and its `status`. */
export async function check(url, text, { token, signal, ...options } = {}) {
  const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  const body = JSON.stringify({ ...options, text, offsets: "utf-16" });
  const answer = await fetch(url.replace(/\/?$/, "/v1/check"), { method: "POST", headers, body, signal });
  const told = await answer.json().catch(() => ({}));
  if (!told.files) {
    const words = told.title ? `${told.title}: ${told.detail}` : `The service answered with ${answer.status}.`;
    throw Object.assign(new Error(words), { status: answer.status });
  }
  const inUnits = (one) => one && { ...one, start: one.start_utf16, end: one.end_utf16 };
  return told.files[0].findings.map((one) => ({ ...inUnits(one), remedy: inUnits(one.remedy) }));
}

/** Asks about `read()` once nothing has changed for `delay` milliseconds; drops what the next change has overtaken. */
export function asker({ url, delay = 600, onFindings, onError = console.error, ...options }, read, show) {
  let running;
  const stop = () => running?.abort();
  const ask = async () => {
    stop();
    const { signal } = (running = new AbortController());
    await new Promise((done) => setTimeout(done, delay));
    try {
      signal.throwIfAborted();
      const found = read();
      const findings = await check(url, found.text, { ...options, signal });
      signal.throwIfAborted();
      show(findings, found);
      onFindings?.(findings);
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
  };
  ask();
  return { ask, stop };
}

/** Text in pieces, and the way back from an offset to where its piece came from. */
export class Pieces {
  text = "";
  #all = [];

  add(words, from) {
    const start = this.text.length;
    this.text += words;
    this.#all.push({ from, start, end: this.text.length });
  }

  apart(sign) {
    if (this.text && !this.text.endsWith("\n\n")) this.text += sign;
  }

  /** Where a finding starts and ends: each a `from`, and how far behind it. */
  ends({ start, end }) {
    return [start, end - 1].map((unit, nth) => {
      const piece = this.#all.find((one) => unit < one.end);
      return [piece.from, unit + nth - piece.start];
    });
  }
}

/** The `text` of an element as its readers see it, a blank line between blocks. */
export function read(element) {
  const found = new Pieces();
  const walk = (node) => {
    if (node.nodeType === 3) found.add(node.data, node);
    if (node.nodeType !== 1) return;
    const { display } = getComputedStyle(node);
    const block = !/^(inline|contents|none)/.test(display);
    if (node.tagName === "BR") found.apart("\n");
    if (block) found.apart("\n\n");
    if (display !== "none") node.childNodes.forEach(walk);
    if (block) found.apart("\n\n");
  };
  element.childNodes.forEach(walk);
  return found;
}

const drawn = new WeakMap();

/** Mark findings of `read(element).text`; style them by ::highlight(attrlint-error), -warning and -note. */
export function highlight(element, findings) {
  drawn.get(element)?.forEach(([marks, range]) => marks.delete(range));
  const found = read(element);
  const mark = (one) => {
    const name = `attrlint-${one.severity}`;
    const marks = CSS.highlights.get(name) ?? new Highlight();
    const [start, end] = found.ends(one);
    const range = new Range();
    range.setStart(...start);
    range.setEnd(...end);
    CSS.highlights.set(name, marks.add(range));
    return [marks, range];
  };
  drawn.set(element, findings.map(mark));
}

/** Check a contenteditable element whenever it changes; returns what ends that. */
export function watch(element, options) {
  const { ask, stop } = asker(options, () => read(element), (findings) => highlight(element, findings));
  element.addEventListener("input", ask);
  return () => {
    stop();
    element.removeEventListener("input", ask);
    highlight(element, []);
  };
}

/** The attributes of marked words in editors with marks of their own. */
export const look = ({ severity, message }) => ({ class: `attrlint attrlint-${severity}`, title: message });
