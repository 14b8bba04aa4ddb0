"use strict";
// The page is whole without this: it lets the strip lead through the story by keyboard, and lights up what belongs together.
(() => {
  const at = (link) => document.getElementById(link.hash.slice(1));

  const light = (element) => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    const part = element.closest("[data-place]");
    if (!part) return;
    for (const other of part.closest(".file").querySelectorAll(`[data-place="${part.dataset.place}"]`)) {
      other.classList.add("lit");
    }
  };

  document.addEventListener("mouseover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => {
    light(event.target);
    const strip = event.target.closest(".strip");
    // Where the strip does not stay in sight, scrolling would take the focus out of it.
    if (strip && event.target.matches(":focus-visible") && getComputedStyle(strip).position === "sticky") {
      at(event.target).scrollIntoView({ block: "center" });
    }
  });

  document.addEventListener("keydown", (event) => {
    const strip = event.target.closest(".strip");
    if (!strip || event.altKey || event.ctrlKey || event.metaKey) return;
    const bands = [...strip.querySelectorAll("a")];
    const here = bands.indexOf(event.target);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: bands.length - 1 }[event.key];
    if (to === undefined || !bands[to]) return;
    event.preventDefault();
    bands[to].focus({ preventScroll: true });
  });
})();
