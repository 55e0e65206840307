// What is typed: words, numbers, addresses, dates and times.

import { h } from "../dom.js";
import { plain } from "../text.js";
import { entry } from "./press.js";

const TYPES = {
  email_text_input: "email",
  url_text_input: "url",
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
};

export function textField(shown, context) {
  const { field } = context;
  const isTall = shown.multiline || shown.type === "rich_text_input";
  const made = h(isTall ? "textarea" : "input", {
    class: "control",
    id: field.id,
    required: field.required,
    "aria-describedby": field.describedBy,
    autocomplete: "off",
    type: isTall ? null : (TYPES[shown.type] ?? "text"),
    rows: isTall ? "5" : null,
    inputmode: shown.type === "number_input" ? "decimal" : null,
    placeholder: shown.placeholder ? plain(shown.placeholder) : null,
    minlength: shown.min_length,
    maxlength: shown.max_length,
    value: initialText(shown),
  });
  const told = entry(shown, context, () => typed(shown, made.value));
  if (context.block.dispatch_action || !context.isInput)
    made.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !isTall) {
        event.preventDefault();
        told();
      }
    });
  return made;
}

function initialText(shown) {
  if (shown.type !== "rich_text_input") return shown.initial_value ?? "";
  const words = shown.initial_value?.elements.flatMap((part) => part.elements) ?? [];
  return words.map((word) => word.text ?? "").join("");
}

function typed(shown, words) {
  if (shown.type !== "rich_text_input") return words;
  const section = { type: "rich_text_section", elements: [{ type: "text", text: words }] };
  return words ? { type: "rich_text", elements: [section] } : null;
}

export function dateField(shown, context) {
  const { field } = context;
  const made = h("input", {
    class: "control",
    id: field.id,
    required: field.required,
    "aria-describedby": field.describedBy,
    type: TYPES[shown.type],
    "aria-label": context.isInput ? null : plain(shown.placeholder) || "Date",
    value: initialDate(shown),
  });
  const read = () =>
    shown.type === "datetimepicker" && made.value ? Date.parse(made.value) / 1000 : made.value || null;
  made.addEventListener("change", entry(shown, context, read));
  return made;
}

function initialDate(shown) {
  if (!shown.initial_date_time) return shown.initial_date ?? shown.initial_time ?? "";
  const moment = new Date(shown.initial_date_time * 1000);
  return new Date(moment - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
