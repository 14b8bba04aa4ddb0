import { asker, look, Pieces } from "./attrlint-client.js";

const textOf = (doc) => {
  const found = new Pieces();
  doc.descendants((node, at) => {
    if (node.isText) found.add(node.text, at);
    else found.apart(node.isInline ? "\n" : "\n\n");
  });
  return found;
};

/** A plugin for ProseMirror and TipTap, made of { Plugin, Decoration, DecorationSet }. */
export function proseMirror({ Plugin, Decoration, DecorationSet }, options) {
  const plugin = new Plugin({
    state: {
      init: () => DecorationSet.empty,
      apply: (change, marks) => change.getMeta(plugin) ?? marks.map(change.mapping, change.doc),
    },
    props: { decorations: (state) => plugin.getState(state) },
    view(view) {
      const show = (findings, found) => {
        const mark = (one) => Decoration.inline(...found.ends(one).map(([at, more]) => at + more), look(one));
        const marks = DecorationSet.create(view.state.doc, findings.map(mark));
        view.dispatch(view.state.tr.setMeta(plugin, marks));
      };
      const { ask, stop } = asker(options, () => textOf(view.state.doc), show);
      return { update: (_, before) => before.doc.eq(view.state.doc) || ask(), destroy: stop };
    },
  });
  return plugin;
}
