// A channel, or the direct messages with the app: its head, its messages, its composer.

import { act } from "./acts.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { messageNode, replaceMessage } from "./message.js";
import { go } from "./place.js";
import { day } from "./sizes.js";
import { messageAt, person, store, topLevel } from "./store.js";

let writer = null;
let written = "";

// What stands there stays as it is, with its focus, unless it is another conversation or all of it was told anew.
export function showConversation(where, { isAnew = false } = {}) {
  const channel = store.channels.get(where.in);
  const place = document.getElementById("conversation");
  if (!channel) {
    fill(place, h("p", { class: "empty" }, "This conversation is not yours to see."));
    return;
  }
  const wanted = `${channel.id} ${channel.joined} ${channel.archived}`;
  if (written !== wanted || !writer?.isConnected) {
    written = wanted;
    writer = footer(channel);
    fill(place, head(channel), messageList(channel), writer);
    keepAtEnd(place.querySelector(".messages"));
    return;
  }
  place.querySelector(".head").replaceWith(head(channel));
  if (isAnew) renew(place.querySelector(".messages"), channel);
}

function renew(old, channel) {
  const list = messageList(channel);
  const [at, wasAtEnd] = [old.scrollTop, isAtEnd(old)];
  old.replaceWith(list);
  if (wasAtEnd) keepAtEnd(list);
  else list.scrollTop = at;
}

function messageList(channel) {
  const list = h("div", { class: "messages", role: "region", "aria-label": "Messages", tabindex: "0" });
  for (const message of topLevel(channel.id)) append(list, message);
  if (!list.childElementCount)
    list.append(
      h("p", { class: "empty" }, "Nothing is here yet. Drop a photo, or choose a sample from the plus sign below."),
    );
  return list;
}

function append(list, message) {
  const today = day(message.ts);
  if (list.dataset.day !== today) list.append(h("div", { class: "day" }, h("span", {}, today)));
  list.dataset.day = today;
  list.append(messageNode(message));
}

// A new or edited message, or a reply that changes what stands below its parent.
export function showMessage(message, where) {
  if (message.channel !== where.in || where.tab === "home") return;
  const list = document.querySelector("#conversation .messages");
  const ofTop = message.thread ? messageAt(message.channel, message.thread) : message;
  if (!list || !ofTop) return;
  const wasAtEnd = isAtEnd(list);
  if (!replaceMessage(list, ofTop)) {
    list.querySelector(".empty")?.remove();
    append(list, ofTop);
  }
  if (wasAtEnd || message.user === store.me) list.scrollTop = list.scrollHeight;
}

export function showLife(status, where) {
  const message = messageAt(status.channel, status.thread);
  if (message) showMessage(message, where);
}

function isAtEnd(list) {
  return list.scrollHeight - list.scrollTop - list.clientHeight < 80;
}

// Pictures take their room when they arrive.
function keepAtEnd(list) {
  list.scrollTop = list.scrollHeight;
  list.addEventListener(
    "load",
    () => {
      if (isAtEnd(list) || list.dataset.settled !== "true") list.scrollTop = list.scrollHeight;
    },
    true,
  );
  setTimeout(() => (list.dataset.settled = "true"), 1500);
  list.addEventListener("wheel", () => (list.dataset.settled = "true"), { once: true, passive: true });
}

function head(channel) {
  if (channel.kind === "im") return h("header", { class: "head" }, h("h1", {}, "Spotter"), tabs("messages"));
  const sign = icon(channel.kind === "private_channel" ? "lock" : "hash");
  const others = channel.shared
    ? h("span", { class: "badge badge--other-company" }, "Shared with another company")
    : null;
  const names = channel.members.map((id) => person(id).real_name).join(", ");
  return h(
    "header",
    { class: "head" },
    h("h1", {}, sign, channel.name),
    others,
    h("span", { class: "head-members", title: names }, `${channel.members.length} members`),
  );
}

export function tabs(current) {
  const tab = (name, label) =>
    h(
      "button",
      {
        type: "button",
        class: "tab",
        "aria-current": current === name ? "page" : null,
        on: { click: () => go({ tab: name === "home" ? "home" : "", thread: "" }) },
      },
      label,
    );
  return h("div", { class: "tabs" }, tab("home", "Home"), tab("messages", "Messages"));
}

function footer(channel) {
  if (channel.archived) return h("p", { class: "closed" }, "This channel is archived.");
  if (!channel.joined) {
    const join = h(
      "button",
      { type: "button", class: "button", on: { click: () => act("join", { channel: channel.id }) } },
      "Join",
    );
    return h("p", { class: "closed" }, "You are not a member of this channel.", join);
  }
  return composer({
    channel: channel.id,
    thread: "",
    label: channel.kind === "im" ? "Message Spotter" : `Message #${channel.name}`,
  });
}
