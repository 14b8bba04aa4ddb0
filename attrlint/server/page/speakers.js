// Who speaks: the strip from the first line to the last, and the ledger with a way to every place.
"use strict";

const SHOWN = 12;  // places of one speaker before the rest is asked for
const GOLDEN_ANGLE = 137.508;  // hues so many degrees apart stay distinct however many there are

const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? "" });

const painted = (element, number, row) => {
  element.classList.add("by", row.standing);
  if (!row.source) element.classList.add("nobody");
  element.style.setProperty("--h", String(Math.round(255 + GOLDEN_ANGLE * (number - 1)) % 360));
  return element;
};

const named = (row) => row.source || "(nobody is given)";

const strip = (rows, size, go) => {
  const bands = make("div", "strip");
  bands.setAttribute("role", "img");
  bands.setAttribute("aria-label", "A strip of who speaks where, from the first line to the last; the list has the same.");
  rows.forEach((row, index) => {
    for (const place of row.places) {
      const band = painted(make("span", "band"), index + 1, row);
      band.style.setProperty("left", `${(100 * place.start_utf16) / size}%`);
      band.style.setProperty("width", `${(100 * (place.end_utf16 - place.start_utf16)) / size}%`);
      band.title = `${index + 1} ${named(row)}, ${row.standing}`;
      band.addEventListener("click", () => go(place.start_utf16, place.end_utf16));
      bands.append(band);
    }
  });
  return bands;
};

const entry = (row, number, lineOf, go) => {
  const item = make("li", "speaker");
  const head = make("p", "who");
  head.append(painted(make("span", "badge", String(number)), number, row), ` ${named(row)}`);
  const times = row.times === 1 ? "once" : `${row.times} times`;
  const facts = make("p", "small", `${row.standing}, ${times}, ${Math.round(row.share)} % of the attributed words`);
  const places = make("p", "places", row.places.length === 1 ? "line " : "lines ");
  const wayTo = ([index, place]) => {
    const button = make("button", "place", String(lineOf(place.start_utf16)));
    button.type = "button";
    button.setAttribute("aria-label", `${named(row)}, line ${button.textContent}, ${index + 1} of ${row.places.length}`);
    button.addEventListener("click", () => go(place.start_utf16, place.end_utf16));
    return button;
  };
  const all = [...row.places.entries()];
  places.append(...all.slice(0, SHOWN).flatMap((one) => [wayTo(one), " "]));
  if (all.length > SHOWN) {
    const more = make("button", "place", `all ${all.length}`);
    more.type = "button";
    more.addEventListener("click", () => {
      const rest = all.slice(SHOWN).map(wayTo);
      more.replaceWith(...rest.flatMap((one) => [one, " "]));
      rest[0].focus();
    });
    places.append(more);
  }
  item.append(head, facts, places);
  return item;
};

export const showSpeakers = (into, rows, text, go) => {
  if (!rows.length) {
    into.replaceChildren(make("p", "none", text.trim() ? "Nobody speaks in this article yet." : "Here the speakers will be."));
    return;
  }
  const unnamed = rows.filter((row) => row.standing === "unnamed");
  const share = unnamed.reduce((sum, row) => sum + row.share, 0);
  const count = rows.length === 1 ? "1 speaker" : `${rows.length} speakers`;
  const told = unnamed.length
    ? `${count}; ${unnamed.length} unnamed, with ${Math.round(share)} % of the attributed words.`
    : `${count}; the article says who every one of them is.`;
  const lineOf = (offset) => text.slice(0, offset).split("\n").length;
  const list = make("ol", "ledger");
  list.append(...rows.map((row, index) => entry(row, index + 1, lineOf, go)));
  into.replaceChildren(make("p", "sum", told), strip(rows, text.length, go), make("p", "small", "Hatched: unnamed."), list);
};
