// The findings of the form as it stands, each beside its field. Everything from the page is written as text, never as HTML.

const WAIT = 800; // milliseconds after the last key
const labels = JSON.parse(document.querySelector("#attrlint-labels").textContent);
const form = document.querySelector("#page-edit-form, form[data-edit-form]");
const state = { sent: "", shown: "", timer: 0, turn: 0, open: null };

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// Wagtail's own addresses are pages/ID/edit/ and pages/add/APP/MODEL/PARENT/; the package's end in what is asked for.
const address = (task) => {
  const path = new URL(form.action || location.href, location.href).pathname;
  return path.replace(/\/pages\/(.+?)\/(?:edit\/)?$/, `/attrlint/pages/$1/${task}/`);
};

const values = () => {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
};

async function ask(task, extra = {}) {
  const data = values();
  if (task === "check") {
    const sent = new URLSearchParams(data).toString();
    if (sent === state.sent) return;
    state.sent = sent;
  }
  for (const [name, value] of Object.entries(extra)) data.set(name, value);
  const turn = ++state.turn;
  let answer;
  try {
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const response = await fetch(address(task), { method: "POST", body: new URLSearchParams(data), headers });
    if (response.status === 403 || response.redirected) answer = { problem: labels.forbidden };
    else answer = await response.json();
  } catch {
    state.sent = "";
    answer = { problem: labels.failed };
  }
  if (turn !== state.turn) return; // a later question is on its way
  if (answer.problem) say(answer.problem);
  else show(answer);
}

// The element of a content path, block by block, as Wagtail's comments find it, or child by child; the nearest that is there.
function locate(path) {
  let at = form;
  for (const name of path.map((one) => CSS.escape(one)))
    at = at.querySelector(`[data-contentpath="${name}"], #inline_child_${name}`) ?? at;
  return at === form ? null : at;
}

const BLANK = /[\s\u00ad\u200b\ufeff]/;
const bare = (words) => [...words].filter((sign) => !BLANK.test(sign)).join("");

// Where the letters of a finding are in the texts of its paragraph, as [text, place] of the first and behind the last one.
// White space does not count: editors and the linter differ in it.
function letters(finding, texts) {
  const [left, right] = [finding.left, finding.right].map((place) => bare(finding.paragraph.slice(0, place)).length);
  let count = 0;
  let first = null;
  for (const [index, text] of texts.entries())
    for (let at = 0; at < text.length; at++) {
      if (BLANK.test(text[at])) continue;
      if (count === left) first = [index, at];
      if (++count === right) return [first, [index, at + 1]];
    }
  return null;
}

// The one of several paragraphs that a finding is in.
function paragraphOf(finding, paragraphs) {
  const wanted = bare(finding.paragraph);
  const same = paragraphs.filter((one) => bare(one.textContent) === wanted);
  return same[finding.nth] ?? same[0];
}

// The paragraphs of rich text editors, and the cells of tables.
const PARAGRAPHS = '.public-DraftEditor-content [data-block="true"], .ht_master td';

// Where a finding stands in one of them.
function rangeOf(finding) {
  const block = paragraphOf(finding, [...(locate(finding.path)?.querySelectorAll(PARAGRAPHS) ?? [])]);
  if (!block) return null;
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const found = letters(finding, nodes.map((node) => node.data));
  if (!found) return null;
  const range = document.createRange();
  const [[first, start], [last, end]] = found;
  range.setStart(nodes[first], start);
  range.setEnd(nodes[last], end);
  return range;
}

// Where a finding stands in a plain field, in UTF-16 units of its value. The white space around a value is not stored, and
// only raw HTML has tags.
function spanOf(finding, { value }) {
  const stored = value.trimStart();
  const signs = [...stored];
  const [start, end] = [finding.start, finding.end].map((place) => signs.slice(0, place).join("").length);
  const there = stored.slice(start, end);
  if (![there, there.replace(/<[^>]*>/g, "")].map(bare).includes(bare(finding.words))) return null;
  return [start, end].map((place) => place + value.length - stored.length);
}

function mark(findings) {
  if (!CSS.highlights) return;
  const ranges = findings.filter((one) => !one.accepted).map(rangeOf).filter(Boolean);
  CSS.highlights.set("attrlint", new Highlight(...ranges));
}

// Opens the tab and the panels that an element is hidden in.
function reveal(element) {
  const tab = element.closest('[role="tabpanel"]');
  if (tab?.hidden) document.querySelector(`[role="tab"][aria-controls="${CSS.escape(tab.id)}"]`)?.click();
  for (let panel = element.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
    const toggle = panel.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
}

// Shows the words where they are written, and selects them there if the field is a plain one.
function go(finding) {
  const place = locate(finding.path);
  if (!place) return;
  reveal(place);
  const range = rangeOf(finding);
  if (range) {
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    CSS.highlights?.set("attrlint-here", new Highlight(range));
    return;
  }
  place.scrollIntoView({ block: "center" });
  for (const input of place.querySelectorAll("textarea, input[type=text], input:not([type])")) {
    const span = spanOf(finding, input);
    if (!span) continue;
    input.focus();
    input.setSelectionRange(...span);
    return;
  }
}

function quoted(finding) {
  const { paragraph, left, right } = finding;
  const from = Math.max(0, paragraph.lastIndexOf(" ", Math.max(0, left - 60)) + 1);
  const end = paragraph.indexOf(" ", right + 60);
  const to = end < 0 ? paragraph.length : end;
  return make(
    "q",
    {},
    (from ? "… " : "") + paragraph.slice(from, left),
    make("mark", { textContent: paragraph.slice(left, right) }),
    paragraph.slice(right, to) + (to < paragraph.length ? " …" : ""),
  );
}

const about = (label, finding) => label.replace("{words}", () => finding.words);

const button = (words, act) =>
  make("button", { type: "button", className: "button button-small button-secondary", textContent: words, onclick: act });

// Nothing here has a name, so it is no part of the page's form.
function reasonBox(finding, after) {
  const box = make("textarea", { rows: 2, className: "w-field__textarea" });
  box.setAttribute("aria-label", about(labels.reason, finding));
  box.placeholder = labels.reasonHint;
  const act = () => {
    if (!box.value.trim()) return box.focus();
    state.open = null;
    ask("accept", { "attrlint-fingerprint": finding.fingerprint, "attrlint-reason": box.value });
  };
  const cancel = () => {
    state.open = null;
    row.remove();
    after.hidden = false;
    after.focus();
  };
  const row = make("div", { className: "attrlint-reason" }, box, button(labels.acceptWith, act), button(labels.cancel, cancel));
  for (const event of ["input", "change", "keydown", "keyup"]) row.addEventListener(event, (one) => one.stopPropagation());
  after.hidden = true;
  after.after(row);
  box.focus();
}

function item(finding, answer) {
  const words = button(labels.show, () => go(finding));
  words.setAttribute("aria-label", about(labels.showWords, finding));
  const element = make("li", { className: `attrlint-finding attrlint-${finding.accepted ? "accepted" : finding.severity}` });
  element.dataset.rule = finding.rule;
  element.append(make("p", {}, quoted(finding)));
  if (finding.accepted) element.append(make("p", {}, finding.accepted));
  else {
    const more = make("a", { href: finding.help, target: "_blank", rel: "noreferrer", textContent: labels.why });
    element.append(make("p", {}, `${finding.message} `, more));
    if (finding.skeleton) element.append(make("p", { className: "attrlint-skeleton", textContent: finding.skeleton }));
  }
  element.append(words);
  if (answer.may_accept && finding.accepted)
    element.append(button(labels.takeBack, () => ask("withdraw", { "attrlint-fingerprint": finding.fingerprint })));
  else if (answer.may_accept) {
    const accept = button(labels.accept, () => {
      state.open = finding.fingerprint;
      reasonBox(finding, accept);
    });
    element.append(accept);
  }
  return element;
}

// Two rules can object to the same words: one place each.
const places = (findings) => [...new Map(findings.map((one) => [`${one.path} ${one.start}`, one])).values()];

function bar() {
  const there = document.querySelector(".attrlint-summary");
  if (there) return there;
  const element = make("div", { className: "attrlint-summary" }, make("p", {}), make("ul", {}));
  element.firstChild.setAttribute("role", "status");
  form.prepend(element);
  return element;
}

function say(words) {
  bar().firstChild.textContent = words;
}

function show(answer) {
  CSS.highlights?.delete("attrlint-here");
  mark(answer.findings);
  const shown = JSON.stringify(answer);
  if (shown === state.shown && document.querySelector(".attrlint-findings, .attrlint-clear")) return;
  if (state.open && answer.findings.some((one) => one.fingerprint === state.open && !one.accepted)) return; // a reason is being written
  state.open = null;
  state.shown = shown;
  document.querySelectorAll(".attrlint-findings").forEach((list) => list.remove());
  const links = places(answer.findings.filter((one) => !one.accepted)).map((one) => {
    const link = make("button", { type: "button", textContent: `${one.label}: “${one.words}”`, onclick: () => go(one) });
    return make("li", {}, link);
  });
  const top = bar();
  top.classList.toggle("attrlint-clear", !links.length);
  top.lastChild.replaceChildren(...links);
  say(answer.summary);
  const lists = new Map();
  for (const finding of answer.findings) {
    const place = locate(finding.path) ?? top;
    if (!lists.has(place)) lists.set(place, make("ul", { className: "attrlint-findings" }));
    lists.get(place).append(item(finding, answer));
  }
  for (const [place, list] of lists) place.append(list);
}

const later = () => {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => ask("check"), WAIT);
};

if (form) {
  // Blocks that are added, moved or deleted, and rich text, change hidden inputs without an event.
  for (const event of ["input", "change", "keyup", "click", "focusin"]) form.addEventListener(event, later);
  window.addEventListener("load", later);
  later();
}
