// The conversations of this person.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./people.js";
import { go } from "./place.js";
import { directMessages, store } from "./store.js";

const unread = new Map();

export function showSidebar(where) {
  unread.delete(where.in);
  document.body.classList.remove("shows-sidebar");
  const channels = [...store.channels.values()].filter((channel) => channel.kind !== "im");
  fill(
    document.getElementById("sidebar"),
    h("h2", { class: "sidebar-title" }, "Channels"),
    h(
      "ul",
      {},
      channels.map((channel) => h("li", {}, entry(channel, where))),
    ),
    h("h2", { class: "sidebar-title" }, "Apps"),
    h("ul", {}, h("li", {}, spotter(where))),
  );
}

function entry(channel, where) {
  const sign = icon(channel.kind === "private_channel" ? "lock" : "hash");
  const shared = channel.shared
    ? [icon("link"), h("span", { class: "visually-hidden" }, "shared with another company")]
    : [];
  const label = channel.kind === "private_channel" ? h("span", { class: "visually-hidden" }, "private channel") : null;
  return line({ in: channel.id, tab: "", thread: "" }, where.in === channel.id && where.tab !== "home", channel.id, [
    sign,
    label,
    h("span", { class: channel.joined ? "" : "faint" }, channel.name),
    shared,
  ]);
}

function spotter(where) {
  const talk = directMessages();
  const isHere = where.tab === "home" || where.in === talk.id;
  return line({ in: talk.id, tab: "", thread: "" }, isHere, talk.id, [avatar(store.app), h("span", {}, "Spotter")]);
}

function line(to, isHere, channel, content) {
  const news = unread.get(channel) ?? 0;
  const badge = news
    ? h("span", { class: "unread" }, String(news), h("span", { class: "visually-hidden" }, " new"))
    : null;
  return h(
    "button",
    {
      type: "button",
      class: `sidebar-line${news ? " sidebar-line--new" : ""}`,
      "aria-current": isHere ? "page" : null,
      data: { channel },
      on: { click: () => go(to) },
    },
    content,
    badge,
  );
}

// What is said elsewhere counts there, until somebody looks.
export function noteUnread(message, where) {
  if (message.channel === where.in && where.tab !== "home") return;
  unread.set(message.channel, (unread.get(message.channel) ?? 0) + 1);
  showSidebar(where);
}
