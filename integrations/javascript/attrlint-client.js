// attrlint-client: findings in any editor on the web. MIT licence. All offsets count UTF-16 units, as strings here do.

/**
 * Ask the service at `url` about a text, and return its findings. `options` are those of POST /v1/check; `token` and
 * `signal` are for the request. Throws an Error with the service’s own words, and with its `status`.
 */
export async function check(url, text, { token, signal, ...options } = {}) {
  const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  const body = JSON.stringify({ ...options, text, offsets: "utf-16" });
  const answer = await fetch(`${url.replace(/\/$/, "")}/v1/check`, { method: "POST", headers, body, signal });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const words = told.title ? `${told.title}: ${told.detail}` : `The service answered with ${answer.status}.`;
    throw Object.assign(new Error(words), { status: answer.status });
  }
  return told.files[0].findings.map((one) => ({ ...inUnits(one), remedy: one.remedy && inUnits(one.remedy) }));
}

const inUnits = (one) => ({ ...one, start: one.start_utf16, end: one.end_utf16 });

/** Asks once nothing has changed for `delay` milliseconds, and drops what the next change has overtaken. */
function asker({ url, delay = 600, onFindings, onError = console.error, ...options }) {
  let timer, running;
  const stop = () => {
    clearTimeout(timer);
    running?.abort();
  };
  const ask = (text, show) => {
    stop();
    const { signal } = (running = new AbortController());
    timer = setTimeout(async () => {
      try {
        const findings = await check(url, text, { ...options, signal });
        if (signal.aborted) return;
        show(findings);
        onFindings?.(findings);
      } catch (error) {
        if (!signal.aborted) onError(error);
      }
    }, delay);
  };
  return { ask, stop };
}

/** Collects text in pieces, so that an offset leads back to where it came from. */
function collector() {
  const pieces = [];
  let text = "";
  return {
    add(words, from) {
      pieces.push({ start: text.length, end: text.length + words.length, from });
      text += words;
    },
    apart(sign) {
      if (text && !text.endsWith("\n\n")) text += sign;
    },
    done: () => ({ text, pieces }),
  };
}

const startIn = (pieces, at) => pieces.find((one) => at >= one.start && at < one.end);
const endIn = (pieces, at) => pieces.find((one) => at > one.start && at <= one.end);

/** Return the text of an element as its readers see it, a blank line between blocks, and the nodes it comes from. */
export function read(element) {
  const found = collector();
  const walk = (node) => {
    if (node.nodeType === 3) return found.add(node.data, node);
    if (node.nodeType !== 1) return;
    if (node.tagName === "BR") return found.apart("\n");
    const { display } = getComputedStyle(node);
    if (display === "none") return;
    const block = !display.startsWith("inline") && display !== "contents";
    if (block) found.apart("\n\n");
    node.childNodes.forEach(walk);
    if (block) found.apart("\n\n");
  };
  element.childNodes.forEach(walk);
  return found.done();
}

const drawn = new WeakMap();

/** Mark findings of `read(element).text`; style them by ::highlight(attrlint-error), -warning and -note. */
export function highlight(element, findings) {
  const { pieces } = read(element);
  for (const [name, range] of drawn.get(element) ?? []) CSS.highlights.get(name).delete(range);
  const ranges = findings.map(({ severity, start, end }) => {
    const [first, last] = [startIn(pieces, start), endIn(pieces, end)];
    const range = new Range();
    range.setStart(first.from, start - first.start);
    range.setEnd(last.from, end - last.start);
    const name = `attrlint-${severity}`;
    if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
    CSS.highlights.get(name).add(range);
    return [name, range];
  });
  drawn.set(element, ranges);
}

/** Check a contenteditable element whenever it changes; returns what ends that. */
export function watch(element, options) {
  const { ask, stop } = asker(options);
  const changed = () => ask(read(element).text, (findings) => highlight(element, findings));
  element.addEventListener("input", changed);
  changed();
  return () => {
    stop();
    element.removeEventListener("input", changed);
    highlight(element, []);
  };
}

const look = ({ severity, message }) => ({ class: `attrlint attrlint-${severity}`, title: message });

/** A plugin for ProseMirror and TipTap, made of { Plugin, Decoration, DecorationSet }. */
export function proseMirror({ Plugin, Decoration, DecorationSet }, options) {
  const textOf = (doc) => {
    const found = collector();
    doc.descendants((node, at) => {
      if (node.isTextblock) found.apart("\n\n");
      else if (node.isText) found.add(node.text, at);
      else if (node.isInline) found.apart("\n");
    });
    return found.done();
  };
  const plugin = new Plugin({
    state: {
      init: () => DecorationSet.empty,
      apply: (change, marks) => change.getMeta(plugin) ?? marks.map(change.mapping, change.doc),
    },
    props: { decorations: (state) => plugin.getState(state) },
    view(view) {
      const { ask, stop } = asker(options);
      const changed = () => {
        const { doc } = view.state;
        const { text, pieces } = textOf(doc);
        const place = (piece, at) => piece.from + at - piece.start;
        ask(text, (findings) => {
          const marks = findings.map((one) =>
            Decoration.inline(place(startIn(pieces, one.start), one.start), place(endIn(pieces, one.end), one.end), look(one)));
          view.dispatch(view.state.tr.setMeta(plugin, DecorationSet.create(doc, marks)));
        });
      };
      changed();
      return { update: (_, before) => before.doc.eq(view.state.doc) || changed(), destroy: stop };
    },
  });
  return plugin;
}

/** An extension for CodeMirror 6, made of { EditorView, ViewPlugin, Decoration, StateEffect, StateField }. */
export function codeMirror({ EditorView, ViewPlugin, Decoration, StateEffect, StateField }, options) {
  const found = StateEffect.define();
  const field = StateField.define({
    create: () => Decoration.none,
    update: (marks, change) => change.effects.find((one) => one.is(found))?.value ?? marks.map(change.changes),
    provide: (marks) => EditorView.decorations.from(marks),
  });
  const mark = (one) => Decoration.mark({ attributes: look(one) }).range(one.start, one.end);
  const plugin = ViewPlugin.define((view) => {
    const { ask, stop } = asker(options);
    const show = (findings) => view.dispatch({ effects: found.of(Decoration.set(findings.map(mark), true)) });
    const changed = () => ask(view.state.sliceDoc(), show);
    changed();
    return { update: (change) => change.docChanged && changed(), destroy: stop };
  });
  return [field, plugin];
}
