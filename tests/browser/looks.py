"""What an eye would find fault with, looked for by the page itself."""

from typing import Final

from playwright.sync_api import Locator, Page

CONTRAST: Final = 4.5
"""The least between a text and what it stands on (WCAG 2.2, 1.4.3)."""
FAULTS: Final = """(place) => {
  const faults = [];
  const name = (node) => `${node.tagName.toLowerCase()}.${node.className}: ${node.textContent.trim().slice(0, 60)}`;
  for (const node of place.querySelectorAll("*")) {
    const style = getComputedStyle(node);
    if (!node.clientWidth || !node.checkVisibility() || node.closest(".visually-hidden")) continue;
    const scrolls = ["auto", "scroll"].includes(style.overflowX);
    if (!scrolls && node.scrollWidth > node.clientWidth + 1) faults.push(`too wide: ${name(node)}`);
    const folds = node.matches(".section-text--folded");
    if (style.overflowY === "hidden" && !folds && node.scrollHeight > node.clientHeight + 1)
      faults.push(`cut off: ${name(node)}`);
    if (node.matches("button.button") && node.clientHeight > 45) faults.push(`in two lines: ${name(node)}`);
    if (node.matches("img") && !node.naturalWidth) faults.push(`no picture: ${node.src}`);
    if (node.matches("img") && !node.alt) faults.push(`a picture without words: ${node.src}`);
    if (node.matches(".block-error, .picture-missing")) faults.push(`not shown: ${name(node)}`);
  }
  return faults;
}"""

PALE: Final = """(least) => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const [r, g, b, a = 1] = parts(getComputedStyle(at).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const pale = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const holder = words.currentNode.parentElement;
    const isSeen = holder.checkVisibility({visibilityProperty: true, opacityProperty: true});
    if (!isSeen || !words.currentNode.data.trim()) continue;
    const pair = [light(parts(getComputedStyle(holder).color)), light(ground(holder))].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (contrast < least) pale.push(`${words.currentNode.data.trim()}: ${contrast.toFixed(1)}`);
  }
  return pale;
}"""


def faults(place: Locator) -> list[str]:
    """What is too wide, cut off, unknown to the page, or a picture that is not there or has no words."""
    found: list[str] = place.evaluate(FAULTS)
    return found


def pale(page: Page) -> list[str]:
    """Texts whose contrast with what they stand on is too low, with it."""
    found: list[str] = page.evaluate(PALE, CONTRAST)
    return found
