// One sentence at the page's edge, gone after a while or when it is closed.

import { h } from "./dom.js";
import { iconButton } from "./icons.js";

const MILLISECONDS = 9000;

// A window above the page hides what is below it, so the sentences move into the topmost one.
export function notice(text, kind = "fine") {
  const shown = h("p", { class: `notice notice--${kind}` }, h("span", {}, text));
  shown.append(iconButton("close", "Close", () => shown.remove()));
  const notices = document.getElementById("notices");
  notices.append(shown);
  const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (notices.parentElement !== top) top.append(notices);
  setTimeout(() => shown.remove(), MILLISECONDS);
}

export function announce(text) {
  const announcer = document.getElementById("announcer");
  announcer.append(h("p", {}, text));
  while (announcer.childElementCount > 5) announcer.firstElementChild.remove();
}
