// The question before something that cannot be undone, as Slack asks it.

import { h } from "./dom.js";
import { openLayer } from "./layer.js";
import { plain, text } from "./text.js";

// Gives true where the answer is yes. Without a question the answer is yes.
export function confirmed(asked) {
  if (!asked) return Promise.resolve(true);
  return new Promise((resolve) => {
    let isYes = false;
    const answer = (yes) => {
      isYes = yes;
      layer.close();
    };
    const style = asked.style === "danger" ? "button--danger" : "button--primary";
    const no = h(
      "button",
      { type: "button", class: "button", on: { click: () => answer(false) } },
      plain(asked.deny) || "Cancel",
    );
    const yes = h(
      "button",
      { type: "button", class: `button ${style}`, on: { click: () => answer(true) } },
      plain(asked.confirm) || "Yes",
    );
    const title = plain(asked.title) || "Are you sure?";
    const content = [
      h("h2", {}, title),
      h("div", { class: "layer-text" }, text(asked.text)),
      h("div", { class: "layer-buttons" }, no, yes),
    ];
    const layer = openLayer({ label: title, kind: "question", content, onClose: () => resolve(isYes) });
  });
}
