import { asker, look } from "./attrlint-client.js";

/** An extension for CodeMirror 6, made of { Decoration, ViewPlugin }. */
export function codeMirror({ Decoration, ViewPlugin }, options) {
  const mark = (one) => Decoration.mark({ attributes: look(one) }).range(one.start, one.end);
  const made = (view) => {
    const show = (findings) => {
      marked.marks = Decoration.set(findings.map(mark), true);
      view.dispatch({});
    };
    // Positions in the document count a line's end as one, whatever the file has.
    const { ask, stop } = asker(options, () => ({ text: `${view.state.doc}` }), show);
    const update = ({ changes, docChanged }) => {
      marked.marks = marked.marks.map(changes);
      if (docChanged) ask();
    };
    const marked = { marks: Decoration.none, update, destroy: stop };
    return marked;
  };
  return ViewPlugin.define(made, { decorations: (marked) => marked.marks });
}
