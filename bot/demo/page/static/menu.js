// A menu that opens at a button: arrows move, Enter chooses, Escape closes.

import { h } from "./dom.js";

// Entries are {label, detail, choose, danger}; a null among them draws a line.
export function openMenu(button, label, entries) {
  const previous = document.querySelector(".menu");
  previous?.dispatchEvent(new Event("leave"));
  if (previous?.owner === button) return;
  const menu = h(
    "div",
    { class: "menu", role: "menu", "aria-label": label },
    entries.map((entry) => item(entry, () => close(true))),
  );
  menu.owner = button;
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const close = (takesFocus) => {
    removeEventListener("pointerdown", outside, true);
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    if (takesFocus) button.focus();
  };
  const outside = (event) => {
    if (!menu.contains(event.target) && !button.contains(event.target)) close(false);
  };
  menu.addEventListener("leave", () => close(false));
  menu.addEventListener("keydown", (event) => move(event, items, close));
  addEventListener("pointerdown", outside, true);
  (button.closest("dialog") ?? document.body).append(menu);
  put(menu, button);
  button.setAttribute("aria-expanded", "true");
  items[0]?.focus();
}

function item(entry, close) {
  if (!entry) return h("hr", { class: "menu-line" });
  const choose = () => {
    close();
    entry.choose();
  };
  return h(
    "button",
    {
      type: "button",
      role: "menuitem",
      tabindex: "-1",
      class: `menu-item${entry.danger ? " menu-item--danger" : ""}`,
      on: { click: choose },
    },
    h("span", {}, entry.label),
    entry.detail ? h("span", { class: "menu-detail" }, entry.detail) : null,
  );
}

function move(event, items, close) {
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close(true);
  }
}

// Below the button, or above it where there is more room, and never over the window's edge.
function put(menu, button) {
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const isBelow = at.bottom + size.height < innerHeight || at.top < size.height;
  menu.style.top = `${Math.max(8, isBelow ? at.bottom + 4 : at.top - size.height - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
}
