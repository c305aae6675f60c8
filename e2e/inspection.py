"""What is wrong with a page, measured in the browser: for small screens, wide text, keyboards and screen readers."""

from dataclasses import dataclass

from playwright.sync_api import Page, ViewportSize

NARROWEST: ViewportSize = {"width": 320, "height": 740}  # pixels that WCAG 1.4.10 asks for
COMMON: ViewportSize = {"width": 360, "height": 740}
MOST_BYTES = 60_000  # of a first load, compressed, without content photos
MOST_REQUESTS = 6
HEADERS = 400  # bytes of an answer's headers, at most
TAP = 44  # pixels that a button or field is high, at least

# Text of a control or of an image, near enough to what a screen reader says.
MARKUP = """tap => {
  const out = [], all = (s, of = document) => [...of.querySelectorAll(s)];
  const what = e => `<${e.tagName.toLowerCase()} id="${e.id}" name="${e.name ?? ''}">` +
    `${(e.innerText || e.value || '').trim().slice(0, 30)}`;
  const shown = e => e.checkVisibility({visibilityProperty: true});
  const pointed = (e, attribute) => (e.getAttribute(attribute) ?? '').split(/\\s+/).filter(Boolean);
  const named = e => (e.getAttribute('aria-label') ?? '').trim() ||
    pointed(e, 'aria-labelledby').map(id => document.getElementById(id)?.innerText ?? '').join('').trim() ||
    [...(e.labels ?? [])].map(l => l.textContent).join('').trim() ||
    (/^(A|BUTTON|SUMMARY)$/.test(e.tagName) && e.textContent.trim());

  if (!document.title.trim()) out.push('no title');
  if (!document.documentElement.lang) out.push('no language');
  const titles = all('h1').filter(shown);
  if (titles.length !== 1) out.push(`${titles.length} headings of level 1`);
  let level = 1;  // what is wrong with a form stands above its heading
  for (const h of all('h1, h2, h3, h4').filter(shown)) {
    if (+h.tagName[1] > level + 1) out.push(`a level of headings is left out before ${what(h)}`);
    level = +h.tagName[1];
  }
  const ids = all('[id]').map(e => e.id);
  for (const id of new Set(ids.filter((id, n) => ids.indexOf(id) !== n))) out.push(`the id ${id} stands twice`);
  for (const attribute of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for', 'form'])
    for (const e of all(`[${attribute}]`)) for (const id of pointed(e, attribute))
      if (!document.getElementById(id)) out.push(`${what(e)}: ${attribute} points to ${id}, which is not there`);
  for (const a of all('a[href^="#"]'))
    if (!document.getElementById(a.hash.slice(1))) out.push(`${what(a)} leads to ${a.hash}, which is not there`);
  for (const i of all('img:not([alt])')) out.push(`${i.src} has no alternative text`);
  for (const f of document.forms) if (!f.hasAttribute('action')) out.push(`${what(f)} has no action`);

  const controls = all('a[href], button, input:not([type=hidden]), select, textarea, summary').filter(shown);
  for (const e of controls) {
    if (!named(e)) out.push(`${what(e)} has no name`);
    if (e.tabIndex > 0) out.push(`${what(e)} is out of order for the keyboard`);
    // A label is part of its box; a link in a sentence is as high as its line.
    const boxes = [e, .../radio|checkbox/.test(e.type) ? e.labels : []].map(x => x.getBoundingClientRect());
    const height = Math.max(...boxes.map(b => b.bottom)) - Math.min(...boxes.map(b => b.top));
    const inSentence = e.tagName === 'A' && getComputedStyle(e).display === 'inline' &&
      [...e.parentElement.childNodes].some(n => n.nodeType === 3 && /\\p{L}/u.test(n.data));
    const offScreen = boxes[0].width <= 1 || boxes[0].bottom < 0;
    if (!inSentence && !offScreen && height + .5 < tap) out.push(`${what(e)} is ${Math.round(height)} px high`);
  }
  return out }"""

# The focus has to show on the control or on its label.
FOCUS = """() => {
  document.activeElement.blur();
  const look = e => { const s = getComputedStyle(e);
    return [s.outlineStyle !== 'none' && s.outline, s.boxShadow, s.borderColor, s.backgroundColor].join() };
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0).flatMap(e => {
      const seen = [e, ...(e.labels ?? [])], before = seen.map(look).join();
      e.focus({preventScroll: true});
      const after = seen.map(look).join();
      e.blur();
      return before === after ? [`no focus to be seen: <${e.tagName.toLowerCase()}> ${e.name ?? e.innerText}`] : [];
    }) }"""

WIDTH = """() => {
  const wide = document.documentElement.clientWidth, needed = document.scrollingElement.scrollWidth;
  if (needed <= wide) return [];
  const scrolls = e => e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const culprit = [...document.querySelectorAll('main *, header *, footer *')].reverse()
    .find(e => e.getBoundingClientRect().right > wide + 1 && !scrolls(e));
  const which = `<${culprit?.tagName.toLowerCase()} class="${culprit?.className}">`;
  return [`${needed} px wide on a screen of ${wide} px: ${which}`] }"""

# What a browser spaced wider on behalf of the reader must not lose (WCAG 1.4.12).
SPACED = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet] }"""

# Without JavaScript the browser lists modules that it does not load: they have no size.
LOADED = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(e => e.initiatorType !== 'xmlhttprequest' && !/^data:|\\/foto\\//.test(e.name)).map(e => e.encodedBodySize)
  .filter(size => size > 0)"""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a first load of a page takes, content photos apart."""

    bytes: int
    requests: int


def weight(page: Page) -> Weight:
    sizes: list[int] = page.evaluate(LOADED)
    return Weight(sum(sizes) + HEADERS * len(sizes), len(sizes))


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open `NARROWEST`, in words. It is spoilt afterwards: it stays spaced wide."""
    found: list[str] = page.evaluate(MARKUP, TAP)
    page.keyboard.press("Tab")  # tells the browser that focus is moved by keyboard: it has to show
    found += page.evaluate(FOCUS)
    loaded = weight(page)
    if loaded.bytes > MOST_BYTES or loaded.requests > MOST_REQUESTS:
        found.append(f"{loaded.bytes} bytes in {loaded.requests} requests")
    found += page.evaluate(WIDTH)
    page.set_viewport_size(COMMON)
    found += page.evaluate(WIDTH)
    page.set_viewport_size(NARROWEST)
    page.evaluate(SPACED)
    return found + [f"spaced wide: {fault}" for fault in page.evaluate(WIDTH)]
