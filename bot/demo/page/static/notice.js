// One sentence at the page's edge, gone after a while or when it is closed.

import { h } from "./dom.js";
import { iconButton } from "./icons.js";

const MILLISECONDS = 9000;

export function notice(text, kind = "fine") {
  const shown = h("p", { class: `notice notice--${kind}` }, h("span", {}, text));
  shown.append(iconButton("close", "Close", () => shown.remove()));
  document.getElementById("notices").append(shown);
  setTimeout(() => shown.remove(), MILLISECONDS);
}

export function announce(text) {
  const announcer = document.getElementById("announcer");
  announcer.append(h("p", {}, text));
  while (announcer.childElementCount > 5) announcer.firstElementChild.remove();
}
