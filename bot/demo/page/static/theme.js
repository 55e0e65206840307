// Light or dark: as the machine says, until somebody chooses.

import { fill } from "./dom.js";
import { icon, iconButton } from "./icons.js";

const KEY = "theme";
const machine = matchMedia("(prefers-color-scheme: dark)");

export function isDark() {
  return (localStorage.getItem(KEY) ?? (machine.matches ? "dark" : "light")) === "dark";
}

export function applyTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}

export function themeSwitch() {
  const button = iconButton("moon", "Dark theme", () => {
    localStorage.setItem(KEY, isDark() ? "light" : "dark");
    show();
  });
  const show = () => {
    applyTheme();
    button.setAttribute("aria-pressed", String(isDark()));
    fill(button, icon(isDark() ? "sun" : "moon"));
  };
  machine.addEventListener("change", show);
  show();
  return button;
}
