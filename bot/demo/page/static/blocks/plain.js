// The blocks of words and of elements in a row.

import { h } from "../dom.js";
import { element } from "../elements/index.js";
import { icon } from "../icons.js";
import { plain, text } from "../text.js";
import { thumbnail } from "./pictures.js";

const LONG = 700; // characters; Slack folds what is longer
let inputs = 0;

export function section(block, surface) {
  const words = h("div", { class: "section-words" });
  if (block.text) words.append(folded(block));
  if (block.fields)
    words.append(
      h(
        "div",
        { class: "fields" },
        block.fields.map((field) => h("div", { class: "field" }, text(field))),
      ),
    );
  const aside = block.accessory;
  if (!aside) return words;
  const shown = aside.type === "image" ? thumbnail(aside) : element(aside, block, surface);
  return h("div", { class: "section-row" }, words, h("div", { class: "accessory" }, shown));
}

function folded(block) {
  const words = h("div", { class: "section-text" }, text(block.text));
  if (block.expand || words.textContent.length <= LONG) return words;
  words.classList.add("section-text--folded");
  const more = h("button", { type: "button", class: "link-button", "aria-expanded": "false" }, "Show more");
  more.addEventListener("click", () => {
    const isFolded = words.classList.toggle("section-text--folded");
    more.setAttribute("aria-expanded", String(!isFolded));
    more.textContent = isFolded ? "Show more" : "Show less";
  });
  return h("div", {}, words, more);
}

export function header(block) {
  return h("h3", { class: "block-title" }, plain(block.text));
}

export function divider() {
  return h("hr");
}

export function context(block) {
  return h(
    "div",
    { class: "context" },
    block.elements.map((each) =>
      each.type === "image" ? thumbnail(each, "context-image") : h("span", { class: "context-text" }, text(each)),
    ),
  );
}

export function alert(block) {
  const level = block.level ?? "default";
  return h(
    "div",
    { class: `alert alert--${level}`, role: level === "error" ? "alert" : "note" },
    icon("alert"),
    h("div", {}, text(block.text)),
  );
}

export function actions(block, surface) {
  return h(
    "div",
    { class: "actions" },
    block.elements.map((each) => element(each, block, surface)),
  );
}

export function input(block, surface) {
  const id = `input-${(inputs += 1)}`;
  const optional = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const hint = block.hint ? h("p", { class: "hint", id: `${id}-hint` }, plain(block.hint)) : null;
  const wrong = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const made = element(block.element, block, surface, {
    id,
    required: !block.optional,
    describedBy: hint ? `${id}-hint ${id}-error` : `${id}-error`,
  });
  const isGroup = made.getAttribute("role") === "group" || made.getAttribute("role") === "radiogroup";
  const label = h(
    isGroup ? "span" : "label",
    { class: "label", id: `${id}-label`, for: isGroup ? null : id },
    plain(block.label),
    optional,
  );
  if (isGroup) made.setAttribute("aria-labelledby", `${id}-label`);
  return h("div", { class: "input" }, label, made, hint, wrong);
}
