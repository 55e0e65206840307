// Where messages are written: words, mentions, commands, files.

import { act, sample, upload } from "./acts.js";
import { attachments } from "./attachments.js";
import { h } from "./dom.js";
import { icon, iconButton } from "./icons.js";
import { openMenu } from "./menu.js";
import { notice } from "./notice.js";
import { count } from "./sizes.js";
import { store } from "./store.js";
import { suggest } from "./suggestions.js";

const FILES_OF_A_MESSAGE = 10; // what Slack takes at once
let composers = 0;

export function composer({ channel, thread, label }) {
  const id = `words-${(composers += 1)}`;
  const held = attachments();
  const words = h("textarea", {
    id,
    class: "words-field",
    rows: "1",
    placeholder: label,
    "aria-label": label,
    autocomplete: "off",
  });
  const send = h("button", { type: "submit", class: "send", "aria-label": "Send" }, icon("send"));
  const picker = h("input", { type: "file", multiple: true, hidden: true, "aria-label": "Files" });
  const add = iconButton(
    "plus",
    "Add photos, and more",
    () => openMenu(add, "Add", additions({ picker, held, words, thread })),
    { "aria-haspopup": "menu", "aria-expanded": "false" },
  );
  const form = h(
    "form",
    { class: "composer", id: thread ? null : "composer", "aria-label": label },
    held.node,
    words,
    h(
      "div",
      { class: "composer-row" },
      add,
      h("span", { class: "composer-hint" }, thread ? "Enter sends" : "Enter sends · / for commands"),
      picker,
      send,
    ),
  );
  form.attach = held.add;
  suggest(words, form, Boolean(thread));
  picker.addEventListener("change", () => {
    held.add([...picker.files]);
    picker.value = "";
  });
  words.addEventListener("input", () => grow(words));
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    form.requestSubmit();
  });
  words.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    held.add([...event.clipboardData.files]);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    await dispatch({ channel, thread, words, held });
    send.disabled = false;
  });
  return form;
}

async function dispatch({ channel, thread, words, held }) {
  const text = words.value.trim();
  const files = held.files();
  if (!text && !files.length) return;
  write(words, "");
  if (text.startsWith("/") && !files.length) {
    if (!(await act("command", { channel, thread, text }))) write(words, text);
    return;
  }
  held.clear();
  if (files.length > FILES_OF_A_MESSAGE)
    notice(
      `Slack takes ${FILES_OF_A_MESSAGE} files a message, so these go out in ${Math.ceil(files.length / FILES_OF_A_MESSAGE)} messages.`,
    );
  for (let from = 0; from < Math.max(files.length, 1); from += FILES_OF_A_MESSAGE) {
    const names = await uploaded(files.slice(from, from + FILES_OF_A_MESSAGE), held, from, files.length);
    if (names.length || (!files.length && text))
      await act("say", { channel, thread, text: from ? "" : text, files: names });
  }
  held.working("");
}

async function uploaded(files, held, from, all) {
  const names = [];
  for (const [index, file] of files.entries()) {
    held.working(`Uploading ${from + index + 1} of ${count(all, "file")}`);
    const name = await upload(file);
    if (name) names.push(name);
  }
  return names;
}

function additions({ picker, held, words, thread }) {
  const samples = store.samples.map((name) => ({ label: name, choose: async () => held.add([await sample(name)]) }));
  const photos = store.samples.filter((name) => /\.jpe?g$/.test(name));
  const all = photos.length
    ? [
        null,
        ...samples,
        { label: "All sample photos", choose: async () => held.add(await Promise.all(photos.map(sample))) },
      ]
    : [];
  const shortcuts = thread
    ? []
    : store.shortcuts
        .filter((shortcut) => shortcut.type === "global")
        .map((shortcut) => ({
          label: shortcut.name,
          detail: "Spotter",
          choose: () => act("shortcut", { callback: shortcut.callback_id }),
        }));
  const command = thread ? [] : [{ label: "Type a command", detail: "/", choose: () => write(words, "/") }];
  return [{ label: "Upload from your computer", choose: () => picker.click() }, ...command, ...shortcuts, ...all];
}

function write(words, text) {
  words.value = text;
  words.focus();
  words.dispatchEvent(new Event("input"));
}

function grow(words) {
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight, 200)}px`;
}
