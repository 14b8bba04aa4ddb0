"use strict";
// The page is whole without this: it makes the counts filters, by severity and by rule.
(() => {
  const boxes = [...document.querySelectorAll(".filters input")];
  const findings = [...document.querySelectorAll(".finding")];
  const shown = document.querySelector(".shown");
  if (!boxes.length) return;

  const filter = () => {
    const off = new Set(boxes.filter((box) => !box.checked).map((box) => `${box.name} ${box.value}`));
    for (const one of findings) {
      one.hidden = off.has(`severity ${one.dataset.severity}`) || off.has(`rule ${one.dataset.rule}`);
    }
    // A file of which nothing is left is left out too, unless it could not be read.
    for (const file of document.querySelectorAll(".file")) {
      const theirs = [...file.querySelectorAll(".finding")];
      file.hidden = theirs.length > 0 && theirs.every((one) => one.hidden);
    }
    const left = findings.filter((one) => !one.hidden).length;
    shown.textContent = `${left.toLocaleString("en")} of ${findings.length.toLocaleString("en")} shown`;
  };

  for (const hidden of document.querySelectorAll(".filters [hidden]")) hidden.hidden = false;
  for (const box of boxes) box.addEventListener("change", filter);
  for (const button of document.querySelectorAll(".buttons button")) {
    button.addEventListener("click", () => {
      for (const box of boxes) if (box.name === "rule") box.checked = button.value === "all";
      filter();
    });
  }
  filter();
})();
