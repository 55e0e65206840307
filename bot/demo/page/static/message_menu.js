// What can be done with a message: the app's shortcuts, its links, its end.

import { act } from "./acts.js";
import { notice } from "./notice.js";
import { store } from "./store.js";

export function menuOf(message) {
  if (message.only) return [{ label: "Dismiss this message", choose: () => act("delete", at(message)) }];
  return [...shortcuts(message), null, ...links(message), ...ending(message)];
}

function shortcuts(message) {
  return store.shortcuts
    .filter((shortcut) => shortcut.type === "message")
    .map((shortcut) => ({
      label: shortcut.name,
      detail: "Spotter",
      choose: () => act("shortcut", { ...at(message), callback: shortcut.callback_id }),
    }));
}

function links(message) {
  const here = `${store.site}/archives/${message.channel}/p${message.ts.replace(".", "")}`;
  const files = message.files.map((file) => ({
    label: `Copy link to ${file.name}`,
    choose: () => copy(`${store.site}/files/${message.user}/${file.id}/${encodeURIComponent(file.name)}`),
  }));
  return [{ label: "Copy link to the message", choose: () => copy(here) }, ...files];
}

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link);
    notice("The link is copied.");
  } catch {
    notice(`The browser does not let me copy. The link is ${link}`, "wrong");
  }
}

function ending(message) {
  if (message.user !== store.me) return [];
  return [null, { label: "Delete message", danger: true, choose: () => act("delete", at(message)) }];
}

function at(message) {
  return { channel: message.channel, ts: message.ts };
}
