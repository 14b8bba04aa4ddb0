// Everything the page asks of its server. Nothing else is ever asked of anybody.
"use strict";

let key = new URLSearchParams(location.hash.slice(1)).get("key") ?? "";

export const useKey = (given) => { key = given; };

export class Refused extends Error {
  constructor(status, title, detail) {
    super(detail ? `${title}. ${detail}` : title);
    this.status = status;
  }
}

const ask = async (path, options = {}) => {
  const headers = { ...options.headers, ...(key && { Authorization: `Bearer ${key}` }) };
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(0, "The server does not answer", "Is it still running?");
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({ title: `The server answered ${answer.status}` }));
  throw new Refused(answer.status, told.title, told.detail);
};

const post = (path, body, signal) =>
  ask(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, signal });

const raw = (path, name, file, more = {}) =>
  ask(`${path}?${new URLSearchParams({ path: name, ...more })}`, {
    method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" },
  });

export const check = async (request, signal) =>
  (await (await post("/v1/check", { ...request, offsets: "utf-16" }, signal)).json()).files[0].findings;

export const sources = async (request, signal) =>
  (await (await post("/v1/sources", { ...request, offsets: "utf-16" }, signal)).json()).files[0].sources;

export const withPlaceholders = async (request) => (await (await post("/v1/fix", request)).json()).text;

// The file as it was opened, with a comment on everything that was found in it.
export const annotated = async (file, preset, waived) =>
  (await raw("/v1/annotate", file.name, file, { preset, waived: JSON.stringify(waived) })).blob();

export const presets = async () => (await (await ask("/v1/presets")).json()).presets;

const reasons = new Map();
export const why = (rule) => {
  if (!reasons.has(rule)) {
    const asked = ask(`/v1/rules/${rule}`).then((answer) => answer.json()).then((told) => told.why[0]);
    asked.catch(() => reasons.delete(rule));
    reasons.set(rule, asked);
  }
  return reasons.get(rule);
};

// A file that is no plain text is read by the server, and comes back as its readers see it.
export const textOf = async (file) => (await (await raw("/v1/text", file.name, file)).json()).text;

export const opened = async () => {
  const answer = await ask("/opened");
  const name = decodeURIComponent(answer.headers.get("X-File-Name") ?? "");
  return new File([await answer.blob()], name);
};
