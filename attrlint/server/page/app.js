// The page put together: what is typed is checked after a pause, and what was found is shown beside it.
"use strict";

import * as api from "./api.js";
import { Editor } from "./editor.js";
import { Findings } from "./findings.js";
import { showSpeakers } from "./speakers.js";

const PAUSE = 250;  // milliseconds without a key before the article is checked
const TEXT = /\.(txt|text)$/i;
const MARKDOWN = /\.(md|markdown|mdx)$/i;

const byId = (id) => document.getElementById(id);
const area = byId("article");
const editor = new Editor(area, byId("mirror"));
const findings = new Findings((id) => choose(id), () => check());
let name = "article.txt";
let format = "text";  // of what stands in the editor
let file = null;     // the Word file that is open: it can be had back with comments
let running = null;  // what aborts the check under way
let timer = 0;

const request = () => ({ text: editor.text, path: name, format, preset: byId("preset").value });

// ---- checking

const later = () => {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
};

async function check() {
  clearTimeout(timer);
  running?.abort();
  const mine = (running = new AbortController());
  const asked = editor.text;
  if (asked.trim() && !findings.open.length) tellStatus("Checking…");
  try {
    const found = asked.trim() ? await api.check({ ...request(), waived: findings.waived() }, mine.signal) : [];
    if (asked !== editor.text) return;
    showBanner(null);
    showFound(found);
    if (!byId("speakers").hidden) await speakers(mine.signal);
  } catch (error) {
    if (error.name !== "AbortError") showBanner(error);
  }
}

// Words about what was found hold only where something was looked at.
const tellStatus = (words, looked = false) => {
  byId("status").textContent = words;
  byId("none").hidden = !looked || findings.open.length > 0;
  document.body.classList.toggle("clean", looked && !findings.open.length);
};

const showFound = (found) => {
  findings.show(found);
  editor.current = findings.current;
  editor.show(findings.open.map((one) => ({
    start: one.start_utf16, end: one.end_utf16, level: one.severity, id: one.id,
  })));
  const count = findings.open.length;
  const levels = ["error", "warning", "note"]
    .map((level) => [findings.open.filter((one) => one.severity === level).length, level])
    .filter(([number]) => number)
    .map(([number, level]) => `${number} ${level}${number === 1 ? "" : "s"}`);
  if (editor.text.trim()) tellStatus(count ? levels.join(", ") : "Nothing found", true);
  else tellStatus("Nothing to check yet");
  for (const id of ["previous", "next"]) byId(id).disabled = !count;
  byId("copy-tk").hidden = !findings.open.some((one) => one.remedy);
};

const speakers = async (signal) => {
  const rows = editor.text.trim() ? await api.sources(request(), signal) : [];
  showSpeakers(byId("speakers"), rows, editor.text, (start, end) => {
    area.setSelectionRange(start, end);
    area.focus({ preventScroll: true });
    editor.reveal(start, end);
  });
};

// ---- moving about

const choose = (id, { typing = false, scroll = true } = {}) => {
  findings.select(id);
  editor.select(id);
  const mark = editor.marks.find((one) => one.id === id);
  if (!mark) return;
  if (typing) {
    area.focus({ preventScroll: true });
    area.setSelectionRange(mark.start, mark.end);
  }
  if (scroll) editor.reveal(mark.start, mark.end);
};

const step = (by, typing) => {
  const marks = editor.marks;
  if (!marks.length) return;
  const now = marks.findIndex((mark) => mark.id === editor.current);
  const caret = area.selectionStart;
  const ahead = marks.findIndex((mark) => mark.start >= caret);
  const from = now >= 0 ? now + by : by > 0 ? Math.max(ahead, 0) : (ahead < 0 ? marks.length : ahead) - 1;
  tab("findings");
  choose(marks[(from + marks.length) % marks.length].id, { typing });
};

const tab = (wanted) => {
  for (const each of ["findings", "speakers"]) {
    byId(each).hidden = each !== wanted;
    byId(`tab-${each}`).setAttribute("aria-selected", String(each === wanted));
    byId(`tab-${each}`).tabIndex = each === wanted ? 0 : -1;
  }
  if (wanted === "speakers") speakers().catch(showBanner);
};

const fold = (open) => {
  byId("fold").setAttribute("aria-expanded", String(open));
  byId("folds").hidden = !open;
};

// ---- articles in and out

const start = (text, called, original = null) => {
  name = called;
  file = original;
  format = MARKDOWN.test(called) ? "markdown" : "text";
  byId("paper-name").textContent = original || called !== "article.txt" ? called : "Your article";
  byId("download").hidden = !file;
  findings.accepted.clear();
  findings.current = null;
  editor.set(text);
  check();
};

const read = async (given) => {
  try {
    if (TEXT.test(given.name) || MARKDOWN.test(given.name)) start(await given.text(), given.name);
    else start(await api.textOf(given), given.name, given);
    scrollTo({ top: 0 });
  } catch (error) {
    showBanner(error);
  }
};

const tell = (words) => { byId("taken").textContent = words; };

const copy = async () => {
  try {
    const text = await api.withPlaceholders({ ...request(), waived: findings.waived() });
    await toClipboard(text);
    tell("Copied. Every TK stands for something only you know.");
  } catch (error) {
    showBanner(error);
  }
};

const download = async () => {
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await api.annotated(file, byId("preset").value, findings.waived()));
    link.download = file.name.replace(/(\.\w+)$/, ".annotated$1");
    link.click();
    URL.revokeObjectURL(link.href);
    tell("The comments are in the file as you opened it, without what you changed here.");
  } catch (error) {
    showBanner(error);
  }
};

// Pages that came without TLS from another machine have no clipboard of their own.
const toClipboard = async (text) => {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const helper = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(helper);
  helper.select();
  document.execCommand("copy");
  helper.remove();
};

// ---- what goes wrong

const showBanner = (error) => {
  byId("banner").hidden = !error;
  if (!error) return;
  tellStatus("Not checked");
  byId("banner-text").textContent = error.status === 401
    ? "This server asks for a key. Whoever runs it has one for you." : error.message;
  byId("key-form").hidden = error.status !== 401;
  byId("retry").hidden = error.status === 401;
};

// ---- wiring

const count = () => {
  const words = editor.text.match(/\S+/g)?.length ?? 0;
  byId("words").textContent = words ? `${words.toLocaleString("en")} word${words === 1 ? "" : "s"}` : "";
  byId("empty").hidden = Boolean(editor.text);
  document.body.classList.toggle("blank", !editor.text.trim());
};

editor.changed = () => {
  count();
  tell("");
  later();
};

document.addEventListener("selectionchange", () => {
  if (document.activeElement !== area || area.selectionStart !== area.selectionEnd) return;
  const mark = editor.at(area.selectionStart);
  if (mark && mark.id !== editor.current) choose(mark.id, { scroll: false });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "F8" || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  step(event.shiftKey ? -1 : 1, true);
});

byId("next").addEventListener("click", () => step(1, false));
byId("previous").addEventListener("click", () => step(-1, false));
byId("fold").addEventListener("click", () => fold(byId("folds").hidden));
byId("preset").addEventListener("change", check);
byId("retry").addEventListener("click", check);
byId("copy-tk").addEventListener("click", copy);
byId("download").addEventListener("click", download);
byId("open").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", () => {
  if (byId("file").files[0]) read(byId("file").files[0]);
  byId("file").value = "";
});
byId("example").addEventListener("click", async () => {
  try {
    start(await (await fetch("/page/example.txt")).text(), "article.txt");
  } catch (error) {
    showBanner(error);
  }
});
byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  api.useKey(byId("key").value.trim());
  begin();
});
for (const [one, other] of [["findings", "speakers"], ["speakers", "findings"]]) {
  byId(`tab-${one}`).addEventListener("click", () => tab(one));
  byId(`tab-${one}`).addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    tab(other);
    byId(`tab-${other}`).focus();
  });
}

let depth = 0;
const dragging = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
const drop = (by) => {
  depth = by ? depth + by : 0;
  byId("drop").hidden = depth <= 0;
};
document.addEventListener("dragenter", (event) => dragging(event) && drop(1));
document.addEventListener("dragleave", (event) => dragging(event) && drop(-1));
document.addEventListener("dragover", (event) => dragging(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!dragging(event)) return;
  event.preventDefault();
  drop(0);
  read(event.dataTransfer.files[0]);
});

// What is on the page is nowhere else.
addEventListener("beforeunload", (event) => {
  if (editor.text.trim() && !new URLSearchParams(location.hash.slice(1)).has("open")) event.preventDefault();
});

const begin = async () => {
  if (new URLSearchParams(location.hash.slice(1)).has("open") && !editor.text) {
    await api.opened().then(read, showBanner);
  } else {
    await check();
  }
};

const here = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
byId("privacy").textContent = here
  ? "Nothing is stored, and nothing leaves this computer."
  : `The article goes to ${location.hostname} alone, and is not stored there.`;
showFound([]);
count();
api.presets().then((presets) => {
  byId("preset").append(...presets.map(({ name: value, about }) => {
    const option = new Option(value.length > 4 ? value[0].toUpperCase() + value.slice(1) : value.toUpperCase(), value);
    option.title = about;
    return option;
  }));
}, showBanner);
begin();
