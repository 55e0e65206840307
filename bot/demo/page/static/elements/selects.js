// Menus to choose one or several from: given options, people, or channels.

import { h } from "../dom.js";
import { store } from "../store.js";
import { plain } from "../text.js";
import { entry } from "./press.js";

function optionsOf(shown) {
  if (shown.type.includes("users")) return people();
  if (shown.type.includes("conversations") || shown.type.includes("channels")) return channels();
  return (shown.options ?? []).map(asOption);
}

function people() {
  return [...store.people.values()]
    .filter((one) => one.role !== "left")
    .map((one) => ({ label: one.real_name, value: one.id }));
}

function channels() {
  return [...store.channels.values()]
    .filter((one) => one.kind !== "im")
    .map((one) => ({ label: `#${one.name}`, value: one.id }));
}

function asOption(option) {
  const detail = option.description ? ` (${plain(option.description)})` : "";
  return { label: plain(option.text) + detail, value: option.value };
}

function initial(shown) {
  const chosen =
    shown.initial_options ??
    shown.initial_option ??
    shown.initial_users ??
    shown.initial_user ??
    shown.initial_conversations ??
    shown.initial_conversation ??
    shown.initial_channels ??
    shown.initial_channel ??
    [];
  return [chosen].flat().map((one) => one.value ?? one);
}

export function select(shown, context) {
  const { field } = context;
  const [chosen = ""] = initial(shown);
  const made = (option) => h("option", { value: option.value, selected: option.value === chosen }, option.label);
  const groups = (shown.option_groups ?? []).map((group) =>
    h("optgroup", { label: plain(group.label) }, group.options.map(asOption).map(made)),
  );
  const hint = plain(shown.placeholder) || "Choose an option";
  const menu = h(
    "select",
    {
      class: "control select",
      id: field.id,
      required: field.required,
      "aria-describedby": field.describedBy,
      "aria-label": context.isInput ? null : hint,
    },
    h("option", { value: "", selected: !chosen, disabled: field.required }, hint),
    groups,
    optionsOf(shown).map(made),
  );
  menu.addEventListener(
    "change",
    entry(shown, context, () => menu.value || null),
  );
  return menu;
}

export function multiSelect(shown, context) {
  const chosen = new Set(initial(shown));
  const groups = (shown.option_groups ?? []).flatMap((group) => group.options.map(asOption));
  const most = shown.max_selected_items ?? Infinity;
  const boxes = [...groups, ...optionsOf(shown)].map((option) => ({
    label: option.label,
    box: h("input", { type: "checkbox", value: option.value, checked: chosen.has(option.value) }),
  }));
  const told = entry(shown, context, () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value));
  const names = h("summary", { class: "control select" });
  const name = () => {
    const on = boxes.filter(({ box }) => box.checked);
    names.textContent = on.map(({ label }) => label).join(", ") || plain(shown.placeholder) || "Choose options";
    for (const { box } of boxes) box.disabled = !box.checked && on.length >= most;
  };
  name();
  const list = h(
    "div",
    { class: "choices choices--listed" },
    boxes.map(({ label, box }) => h("label", { class: "choice" }, box, h("span", {}, label))),
  );
  list.addEventListener("change", () => {
    name();
    told();
  });
  return h("details", { class: "multi-select", id: context.field.id, role: "group" }, names, list);
}
