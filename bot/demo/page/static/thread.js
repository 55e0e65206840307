// A message with its replies, beside the conversation.

import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { iconButton } from "./icons.js";
import { lifeLine, messageNode, replaceMessage } from "./message.js";
import { go } from "./place.js";
import { count } from "./sizes.js";
import { messageAt, replies, store } from "./store.js";

let writer = null;
let written = "";

export function showThread(where) {
  const place = document.getElementById("thread");
  const root = where.thread && where.tab !== "home" ? messageAt(where.in, where.thread) : null;
  document.body.classList.toggle("shows-thread", Boolean(root));
  place.hidden = !root;
  if (!root) {
    close(place);
    return;
  }
  if (written !== where.thread) {
    const follows = document.activeElement.closest("#conversation"); // whoever opened it goes on here
    writer = composer({ channel: where.in, thread: where.thread, label: "Reply in the thread" });
    written = where.thread;
    fill(place, head(), h("div", { class: "messages", tabindex: "0", role: "region", "aria-label": "Thread" }), writer);
    if (follows) writer.querySelector("textarea").focus();
  }
  draw(place.querySelector(".messages"), root);
}

function close(place) {
  const leaves = place.contains(document.activeElement) ? written : "";
  written = "";
  fill(place);
  if (leaves) document.querySelector(`#conversation [data-ts="${leaves}"] button`)?.focus();
}

function head() {
  return h(
    "header",
    { class: "head" },
    h("h2", {}, "Thread"),
    iconButton("close", "Close the thread", () => go({ thread: "" })),
  );
}

function draw(list, root) {
  const at = list.scrollTop;
  const answers = replies(root.channel, root.ts);
  const line = answers.length
    ? h("div", { class: "replies-line" }, h("span", {}, count(answers.length, "reply")))
    : null;
  fill(
    list,
    messageNode(root, { inThread: true }),
    line,
    answers.map((reply) => messageNode(reply, { inThread: true })),
    lifeLine(root),
  );
  list.scrollTop = at;
}

export function showThreadMessage(message, where) {
  const list = document.querySelector("#thread .messages");
  if (!list || (message.thread || message.ts) !== where.thread || message.channel !== where.in) return;
  if (replaceMessage(list, message, { inThread: true })) return;
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  draw(list, messageAt(where.in, where.thread));
  if (wasAtEnd || message.user === store.me) list.scrollTop = list.scrollHeight;
}
