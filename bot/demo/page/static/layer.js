// A window above the page. The browser's own dialog keeps the focus inside and gives it back afterwards.

import { h } from "./dom.js";
import { iconButton } from "./icons.js";

export function openLayer({ label, kind, content, onClose = () => {}, onCancel = null }) {
  const layer = h("dialog", { class: `layer layer--${kind}`, "aria-label": label }, content);
  if (kind === "lightbox") layer.prepend(iconButton("close", "Close", () => layer.close()));
  layer.addEventListener("cancel", (event) => {
    if (!onCancel) return;
    event.preventDefault();
    onCancel();
  });
  layer.addEventListener("click", (event) => {
    if (event.target === layer && kind === "lightbox") layer.close();
  });
  layer.addEventListener("close", () => {
    document.body.append(...layer.querySelectorAll(".notices"));
    layer.remove();
    onClose();
  });
  document.body.append(layer);
  layer.showModal();
  return layer;
}
