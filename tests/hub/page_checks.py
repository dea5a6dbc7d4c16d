"""What holds for every page in a real browser: nothing blocked, nothing cut off, nothing too small to read."""

from contextlib import asynccontextmanager

SIZES = {"tv": (1920, 1080), "old-tv": (1024, 768), "upright": (1080, 1920), "phone": (390, 844), "small": (320, 600)}

_FLAWS = """
(least) => {
  const flaws = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) flaws.push(`the page is ${wide} px wider than the screen`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, text = node.textContent.trim(), holder = node.parentElement;
    if (!text || ["SCRIPT", "NOSCRIPT", "STYLE"].includes(holder.tagName) || !holder.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect(), style = getComputedStyle(holder);
    if (!box.width) continue;
    if (parseFloat(style.fontSize) < least - 0.01) flaws.push(`"${text}" is ${style.fontSize}`);
    if (box.left < -1 || box.right > innerWidth + 1) flaws.push(`"${text}" reaches beyond the screen`);
    const frame = holder.closest(".card, .call, .row, .panel, .info, .banner, .key, .told, .languages summary");
    const edge = frame && frame.getBoundingClientRect();
    if (edge && (box.left < edge.left || box.right > edge.right)) flaws.push(`"${text}" leaves its ${frame.className}`);
    for (let one = holder; one && one !== document.body; one = one.parentElement) {
      const clip = getComputedStyle(one), around = one.getBoundingClientRect();
      if (clip.overflowX !== "visible" && (box.left < around.left - 1 || box.right > around.right + 1))
        flaws.push(`"${text}" is cut by <${one.tagName.toLowerCase()} class="${one.className}">`);
    }
  }
  return flaws;
}
"""

_OVERLAPS = """
(selector) => {
  const boxes = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
    .map((one) => [one.className || one.tagName, one.getBoundingClientRect()]).filter(([, box]) => box.width);
  const found = [];
  boxes.forEach(([name, a], n) => boxes.slice(n + 1).forEach(([other, b]) => {
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      found.push(`${name} and ${other}`);
  }));
  return found;
}
"""


@asynccontextmanager
async def opened(browser, url, *, size="phone", script=True, clock=False):
    """A page of this size. clock: its time can be sent forward by the test."""
    width, height = SIZES[size]
    screen = {"width": width, "height": height}
    context = await browser.new_context(viewport=screen, java_script_enabled=script, locale="en-GB")
    page = await context.new_page()
    page.complaints, page.has_script = [], script
    own = "/".join(url.split("/")[:3])

    def requested(request):
        if not request.url.startswith(own):
            page.complaints.append(f"asks elsewhere: {request.url}")

    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", requested)
    if clock:
        await page.clock.install()
    await page.goto(url)
    yield page
    await context.close()


async def resized(page, size):
    """The same page on a screen of this size, once it has been laid out and drawn."""
    width, height = SIZES[size]
    await page.set_viewport_size({"width": width, "height": height})
    if page.has_script:  # which looks at its sizes anew
        await page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


async def flaws(page, *, least_px=16):
    """Texts that are smaller than this, cut or off the screen."""
    return await page.evaluate(_FLAWS, least_px)


async def looks_right(page, *, least_px=16):
    assert page.complaints == []
    found = await flaws(page, least_px=least_px)
    assert found == [], found


async def parts_stand_apart(page, selector):
    found = await page.evaluate(_OVERLAPS, selector)
    assert found == [], found


async def text_of(page, selector):
    return " ".join((await page.inner_text(selector)).split())
