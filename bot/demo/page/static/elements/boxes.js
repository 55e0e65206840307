// Check boxes and radio buttons.

import { h } from "../dom.js";
import { text } from "../text.js";
import { entry } from "./press.js";

let groups = 0;

export function checkboxes(shown, context) {
  const initial = new Set(shown.initial_options?.map((option) => option.value));
  const boxes = choices("checkbox", shown, (option) => initial.has(option.value));
  const told = entry(shown, context, () => boxes.filter((box) => box.checked).map((box) => box.value));
  return group("group", shown, context, boxes, told);
}

export function radioButtons(shown, context) {
  const boxes = choices("radio", shown, (option) => option.value === shown.initial_option?.value);
  const told = entry(shown, context, () => boxes.find((box) => box.checked)?.value ?? null);
  return group("radiogroup", shown, context, boxes, told);
}

function choices(type, shown, isChosen) {
  const name = `group-${(groups += 1)}`;
  return shown.options.map((option) => h("input", { type, name, value: option.value, checked: isChosen(option) }));
}

function group(role, shown, { field }, boxes, told) {
  const labels = shown.options.map((option, index) =>
    h(
      "label",
      { class: "choice" },
      boxes[index],
      h(
        "span",
        {},
        text(option.text),
        option.description ? h("span", { class: "hint" }, text(option.description)) : null,
      ),
    ),
  );
  return h(
    "div",
    { role, class: "choices", id: field.id, "aria-describedby": field.describedBy, on: { change: told } },
    labels,
  );
}
