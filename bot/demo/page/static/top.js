// The bar on top: whose workspace, who looks, which theme.

import { fill, h } from "./dom.js";
import { iconButton } from "./icons.js";
import { avatar, badge, roleName } from "./people.js";
import { openMenu } from "./menu.js";
import { go } from "./place.js";
import { person, store } from "./store.js";
import { themeSwitch } from "./theme.js";

let theme = null;

export function showTop() {
  theme ??= themeSwitch();
  const folder = iconButton("menu", "Show conversations", () => document.body.classList.toggle("shows-sidebar"), {
    class: "icon-button top-menu",
  });
  fill(
    document.getElementById("top"),
    folder,
    h("span", { class: "team" }, store.team),
    h("span", { class: "top-hint" }, "A Slack workspace on this machine"),
    h("span", { class: "top-space" }),
    theme,
    memberSwitch(),
  );
}

// Somebody who left cannot sign in any more, and the bot has no window.
function memberSwitch() {
  const others = [...store.people.values()].filter((one) => one.role !== "app" && one.role !== "left");
  const button = h(
    "button",
    { type: "button", class: "member-switch", "aria-haspopup": "menu", "aria-expanded": "false" },
    avatar(store.me),
    h("span", { class: "member-name" }, person(store.me).real_name),
    badge(store.me),
  );
  button.setAttribute("aria-label", `You are ${person(store.me).real_name} (${roleName(store.me)}). Be somebody else.`);
  button.addEventListener("click", () =>
    openMenu(
      button,
      "Be somebody else",
      others.map((one) => ({
        label: one.real_name,
        detail: roleName(one.id),
        choose: () => go({ as: one.id, in: "", thread: "", tab: "" }),
      })),
    ),
  );
  return button;
}
