// Buttons, the three-dot menu, thumbs.

import { h } from "../dom.js";
import { icon, iconButton } from "../icons.js";
import { openMenu } from "../menu.js";
import { store } from "../store.js";
import { plain } from "../text.js";
import { press } from "./press.js";

export function button(shown, context) {
  const users = shown.visible_to_user_ids;
  if (users && !users.includes(store.me)) return h("span", { hidden: true });
  const style = shown.style ? ` button--${shown.style}` : "";
  const sign = shown.type === "icon_button" && shown.icon === "trash" ? icon("trash") : null;
  const made = h(
    "button",
    { type: "button", class: `button button--small${style}`, "aria-label": shown.accessibility_label },
    sign,
    plain(shown.text),
  );
  made.addEventListener("click", async () => {
    made.disabled = true;
    if (shown.url) open(shown.url, "_blank", "noopener");
    await press(shown, context, shown.value ?? "");
    made.disabled = false;
  });
  return made;
}

export function overflow(shown, context) {
  const made = iconButton(
    "more",
    "More options",
    () =>
      openMenu(
        made,
        "More options",
        shown.options.map((option) => ({
          label: plain(option.text),
          detail: option.description ? plain(option.description) : "",
          choose: () => press(shown, context, option.value),
        })),
      ),
    { "aria-haspopup": "menu", "aria-expanded": "false" },
  );
  return made;
}

export function feedback(shown, context) {
  const thumbs = [
    ["up", shown.positive_button],
    ["down", shown.negative_button],
  ].map(([sign, choice]) => {
    const made = iconButton(
      sign,
      choice.accessibility_label ?? plain(choice.text),
      () => {
        for (const thumb of thumbs) thumb.setAttribute("aria-pressed", String(thumb === made));
        press(shown, context, choice.value);
      },
      { "aria-pressed": "false" },
    );
    return made;
  });
  return h("span", { class: "feedback" }, thumbs);
}
