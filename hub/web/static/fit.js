"use strict";
/* The hub sets sizes by the widths of Noto Sans. Where a television's own font is wider, what would be cut steps down here:
   the part that is too wide or too high, and nothing else. boardFit() looks at the whole board anew. */
window.boardFit = (() => {
  const LINES = ".call, .row, .line, .head, .entry, .panel li, .whereto, .next, .urgent";
  const BLOCKS = ".note, .main, .banner, .info, .panel, .rows.none";
  const STEP = 0.95, MOST_STEPS = 12;

  const wide = (part) => part.scrollWidth > part.clientWidth + 1;
  const large = (part) => wide(part) || part.scrollHeight > part.clientHeight + 1;

  function stepDown(part) {
    const sized = [part, ...part.querySelectorAll("*")].filter((one) => !one.closest("svg") || one.tagName === "svg");
    const sizes = sized.map((one) => parseFloat(getComputedStyle(one).fontSize) * STEP);
    sized.forEach((one, n) => { one.style.fontSize = `${sizes[n]}px`; });
  }

  function fit(parts, over) {
    for (const part of document.querySelectorAll(parts))
      for (let n = 0; part.clientWidth && n < MOST_STEPS && over(part); n += 1) stepDown(part);
  }

  return () => {
    for (const one of document.querySelectorAll("[style]")) one.style.fontSize = "";
    fit(LINES, wide);
    fit(BLOCKS, large);
  };
})();
