// The app's modals: the topmost of this person's open views.

import { act } from "./acts.js";
import { blocks } from "./blocks/index.js";
import { h } from "./dom.js";
import { iconButton } from "./icons.js";
import { openLayer } from "./layer.js";
import { store } from "./store.js";
import { plain } from "./text.js";

let shown = null; // {id, hash, layer, kept}

export function showViews() {
  const view = [...store.views.values()].filter((one) => one.type === "modal").at(-1);
  if (view?.id === shown?.id && view?.hash === shown?.hash) return;
  const old = shown;
  shown = view ? { id: view.id, hash: view.hash } : null;
  if (view) shown.layer = open(view, old?.id === view.id ? old.fields : new Map());
  // The browser tells of a closing only a moment later; until then the two would be there at once.
  old?.layer.close();
  old?.layer.remove();
}

// What was typed stays when the app changes the modal meanwhile, where the field is still there.
function open(view, before) {
  const fields = new Map();
  shown.fields = fields;
  const values = () => Object.fromEntries([...fields].map(([name, read]) => [name, read()]));
  const surface = {
    press: (pressed) => act("press", { view: view.id, values: values(), ...pressed }),
    fill: (name, read) => fields.set(name, read),
  };
  const body = h("div", { class: "modal-body" }, blocks(view.blocks, surface));
  const close = () => act("close", { view: view.id });
  const title = plain(view.title);
  const submit = view.submit
    ? h("button", { type: "submit", class: "button button--primary" }, plain(view.submit))
    : null;
  const foot = h(
    "footer",
    { class: "layer-buttons" },
    h("button", { type: "button", class: "button", on: { click: close } }, plain(view.close) || "Close"),
    submit,
  );
  const form = h(
    "form",
    { class: "modal", novalidate: true },
    h("header", { class: "modal-head" }, h("h2", {}, title), iconButton("close", "Close", close)),
    body,
    submit || view.close ? foot : null,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isComplete(form)) send(view, values(), form, submit);
  });
  const layer = openLayer({ label: title, kind: "modal", content: [form], onCancel: close });
  keepTyped(form, before);
  (
    form.querySelector("[data-first]") ??
    body.querySelector("input, textarea, select, button, summary") ??
    form.querySelector("button")
  ).focus();
  return layer;
}

function keepTyped(form, before) {
  for (const [name, read] of before) {
    const field = form.querySelector(`[data-action="${CSS.escape(name)}"].control`);
    const typed = read();
    if (field && typeof typed === "string" && !field.value) field.value = typed;
  }
}

async function send(view, values, form, submit) {
  submit.disabled = true;
  const answer = await act("submit", { view: view.id, values });
  submit.disabled = false;
  for (const [block, text] of Object.entries(answer?.errors ?? {}))
    complain(form.querySelector(`[data-block="${CSS.escape(block)}"]`), text);
}

function isComplete(form) {
  let first = null;
  for (const block of form.querySelectorAll(".block--input")) {
    const field = block.querySelector(".control, .file-field");
    const text = wrongWith(block, field);
    complain(block, text);
    if (text) first ??= field.querySelector?.("input") ?? field;
  }
  first?.focus();
  return !first;
}

function wrongWith(block, field) {
  if (!field) return "";
  const isOptional = block.querySelector(".optional");
  if (field.isEmpty) return !isOptional && field.isEmpty() ? "Please add a file." : "";
  if (field.required && !field.value.trim()) return "Please complete this field.";
  return field.value && field.validity && !field.validity.valid ? field.validationMessage : "";
}

function complain(block, text) {
  const place = block?.querySelector(".input > .field-error");
  if (!place) return;
  place.hidden = !text;
  place.textContent = text;
  const field = block.querySelector(".control");
  if (field) field.setAttribute("aria-invalid", String(Boolean(text)));
}
