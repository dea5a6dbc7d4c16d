"""What holds for every board in a real browser: by the ink of its letters, not by their boxes alone."""

_CHECK = """
([unit, least, door]) => {
  const found = [], texts = [], pen = document.createElement("canvas").getContext("2d");
  const walker = document.createTreeWalker(document.getElementById("live"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, text = node.textContent.trim(), holder = node.parentElement;
    if (!text || !holder.checkVisibility()) continue;
    const style = getComputedStyle(holder), size = parseFloat(style.fontSize), range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((one) => one.width > 0.5);
    if (!boxes.length) { found.push(`"${text}" has no place`); continue; }
    if (size < least * unit - 0.2 && !holder.closest(".chip")) found.push(`"${text}" is ${size / unit} units`);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const ink = pen.measureText(text);
    const frame = holder.closest(".call, .row, .panel, .dept, .depts, .note, .main, .next");
    const edge = frame ? frame.getBoundingClientRect() : { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const pad = (frame ? 3 : door ? 36 : 8) * unit;
    const main = holder.closest(".whereto") && document.querySelector(".main");
    for (const box of boxes) {
      const base = box.top + ink.fontBoundingBoxAscent;
      const one = { node, text, left: box.left, right: box.right, top: base - ink.actualBoundingBoxAscent,
        bottom: base + ink.actualBoundingBoxDescent };
      texts.push(one);
      if (one.left < edge.left + pad || one.right > edge.right - pad || one.top < edge.top + pad
        || one.bottom > edge.bottom - pad)
        found.push(`"${text}" leaves ${frame ? frame.className : "the screen"}: ` +
          [one.left - edge.left, one.top - edge.top, edge.right - one.right, edge.bottom - one.bottom].map(Math.round));
      if (main && one.bottom > main.getBoundingClientRect().top) found.push(`"${text}" touches what stands below`);
      if (!door && one.bottom > 0.9 * innerHeight + 1) found.push(`"${text}" stands in the free tenth`);
    }
    for (let one = holder; one && one.id !== "live"; one = one.parentElement) {
      const clip = getComputedStyle(one);
      if (clip.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1) found.push(`"${text}" is cut`);
    }
  }
  texts.forEach((a, n) => texts.slice(n + 1).forEach((b) => {
    const across = a.left < b.right - 1 && b.left < a.right - 1, down = a.top < b.bottom - 1 && b.top < a.bottom - 1;
    if (across && down && a.node !== b.node)
      found.push(`"${a.text}" and "${b.text}" overlap`);
  }));
  const px = (one) => parseFloat(getComputedStyle(one).fontSize);
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  for (const call of shown(".call")) {
    const label = call.querySelector(".label"), place = call.querySelector(".place");
    const number = call.querySelector(".number"), arrow = call.querySelector(".arrow svg");
    if (px(number) > px(label) + 0.5) found.push(`${number.textContent} is larger than ${label.textContent}`);
    if (innerWidth > innerHeight && px(label) * 0.714 < 0.18 * innerHeight - 0.5)
      found.push(`${label.textContent} is ${px(label) * 0.714 / innerHeight} of the height`);
    if (arrow && arrow.getBoundingClientRect().width < 60 * unit) found.push(`arrow of ${label.textContent} is small`);
    const word = call.querySelector(".word"), second = call.querySelector("small");
    const least = [[number, 123], [word, 84], [second, 0.8 * 84]];
    for (const [one, capitals] of call.closest(".by-call") ? [] : least)
      if (one && px(one) * 0.714 < (capitals - 0.6) * unit)
        found.push(`capitals of "${one.textContent}" are ${px(one) * 0.714 / unit} units`);
    const [a, b] = [label, place].map((one) => one.getBoundingClientRect());
    const apart = Math.max(a.left - b.right, b.left - a.right), line = a.top < b.bottom && b.top < a.bottom;
    if (line && apart < 60 * unit && innerWidth > innerHeight && !call.closest(".of-4, .by-call, .alone"))
      found.push(`${label.textContent} and its place are ${apart} apart`);
  }
  for (const call of innerWidth > innerHeight ? shown(".call.over") : []) {
    const ink = (part) => texts.filter((one) => call.querySelector(part).contains(one.node));
    const air = ink(".number")[0].top - Math.max(...ink(".word").map((one) => one.bottom));
    if (air < 9 * unit) found.push(`${call.textContent}: ${air / unit} units between word and number`);
  }
  for (const main of shown(".main")) {
    const label = main.querySelector("b"), said = [...main.querySelectorAll("p, p span")];
    if (label && px(label) < 2 * Math.max(...said.map(px))) found.push(`${label.textContent} is not the largest`);
  }
  for (const dots of shown(".mark")) {
    const boxes = [...dots.children].map((one) => one.getBoundingClientRect());
    if (boxes.some((one) => Math.abs(one.width - one.height) > 0.5)) found.push("dots are squeezed");
    if (dots.matches(".dept .mark, .depts li .mark") && boxes.length > 4) found.push(`${boxes.length} dots at one row`);
  }
  for (const one of shown(".panel li, .head, .entry")) {
    const row = one.closest(".panel li, .depts li, .dept"), said = one.querySelector(".standing");
    const box = one.getBoundingClientRect(), high = row.getBoundingClientRect(), badge = one.querySelector(".chip");
    const text = said && said.getBoundingClientRect();
    if (text && (text.left < box.left - 1 || text.right > box.right + 1))
      found.push(`"${said.textContent}" leaves its column`);
    const top = badge ? badge.getBoundingClientRect().top - high.top : 9;
    if (top < 1 * unit) found.push(`badge of "${one.textContent}" is ${top} from its row's top`);
    if (said && high.bottom < text.bottom) found.push(`"${said.textContent}" leaves its row below`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page is wider than the screen");
  if (document.documentElement.scrollHeight > innerHeight + 1) found.push("the page is higher than the screen");
  for (const call of shown(".call:has(small)")) {
    const second = call.querySelector("small"), word = call.querySelector(".word");
    if (px(second) < 0.7 * px(word) || px(second) < 40 * unit)
      found.push(`"${second.textContent}" is ${px(second) / unit} units beside ${px(word) / unit}`);
    if (!second.textContent.trim()) found.push("a second word is empty");
  }
  for (const said of shown(".note .said, .info li span, .banner p, .rows.none span")) {
    const range = document.createRange();
    range.selectNodeContents(said);
    const ends = new Map();
    for (const box of range.getClientRects())
      ends.set(Math.round(box.bottom), (ends.get(Math.round(box.bottom)) || 0) + box.width);
    const lines = [...ends.values()];
    if (lines.length > 1 && said.textContent.includes(" ") && lines[lines.length - 1] < 0.22 * Math.max(...lines))
      found.push(`"${said.textContent}" ends with a short line`);
    const frame = said.closest(".note");
    if (frame && said.getBoundingClientRect().height > frame.clientHeight)
      found.push(`"${said.textContent}" is higher than its note`);
  }
  for (const list of shown(".panel, .depts")) {
    const lines = [...list.children].filter((one) => one.checkVisibility() && !one.matches(".mark"));
    const frame = list.getBoundingClientRect(), last = lines.length && lines[lines.length - 1].getBoundingClientRect();
    if (last && frame.bottom - last.bottom > frame.height / 3) found.push(`${list.className} is empty below its lines`);
    if (lines.length === 1 && list.matches(".few") && px(lines[0].querySelector(".standing")) < 60 * unit)
      found.push(`type of ${list.className} is small`);
  }
  const middle = (one) => one.getBoundingClientRect().left + one.getBoundingClientRect().width / 2;
  const arrows = new Set(shown(".row .arrow").map((one) => Math.round(middle(one))));
  if (arrows.size > 1 && Math.max(...arrows) - Math.min(...arrows) > 2) found.push(`arrows stand at ${[...arrows]}`);
  return found;
}
"""


async def board_flaws(page, size, *, least=40, door=False):
    """What is wrong on a screen of this size: cut, overlapping, too small, out of line. least: units of type."""
    width, height = size
    await page.set_viewport_size({"width": width, "height": height})
    unit = min(width / 1920, height / 1080) if width > height else min(width / 1080, height / 1920)
    return await page.evaluate(_CHECK, [unit, least, door])
