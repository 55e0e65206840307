// People, channels and links within text.

import { h } from "./dom.js";
import { go } from "./place.js";
import { person, store } from "./store.js";

const WEB = /^(https?|mailto):/i;
const PERMALINK = /^https:\/\/[\w-]+\.slack\.com\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})/;

export function mention(id) {
  const mine = id === store.me ? " mention--me" : "";
  return h("span", { class: `mention${mine}` }, `@${person(id).real_name}`);
}

export function channelName(id, label = "") {
  const channel = store.channels.get(id);
  if (!channel) return h("span", { class: "mention" }, `#${label || "a private channel"}`);
  return h(
    "a",
    { class: "mention", href: "#", on: { click: (event) => walk(event, { in: id, thread: "" }) } },
    `#${channel.name}`,
  );
}

// A link; one that leads to a message or a file of this workspace stays here.
export function outside(url, children) {
  if (!WEB.test(url)) return h("span", {}, children);
  const here = inside(url);
  if (here) return h("a", { href: url, on: { click: (event) => walk(event, here) } }, children);
  return h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, children);
}

function inside(url) {
  const message = PERMALINK.exec(url);
  if (message) return { in: message[1], thread: `${message[2]}.${message[3]}` };
  const file = /^https:\/\/[\w-]+\.slack\.com\/files\/[^/]+\/(F[A-Z0-9]+)/.exec(url)?.[1];
  const holder =
    file &&
    [...store.messages.values()]
      .flatMap((all) => [...all.values()])
      .find((message) => message.files.some((one) => one.id === file));
  return holder ? { in: holder.channel, thread: holder.thread || holder.ts } : null;
}

function walk(event, where) {
  event.preventDefault();
  go({ ...where, tab: "" });
}
