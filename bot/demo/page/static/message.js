// One message: who, when, words or blocks, files, reactions, its thread and its menu.

import { act } from "./acts.js";
import { blocks } from "./blocks/index.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { attachedFiles } from "./message_files.js";
import { menuOf } from "./message_menu.js";
import { icon, iconButton } from "./icons.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, badge } from "./people.js";
import { go } from "./place.js";
import { clock, count } from "./sizes.js";
import { person, replies, statusOf, store } from "./store.js";

export function messageNode(message, { inThread = false } = {}) {
  const who = person(message.user);
  const made = h(
    "article",
    {
      class: `message${message.only ? " message--only" : ""}`,
      data: { ts: message.ts },
      "aria-label": `${who.real_name}, ${clock(message.ts)}`,
    },
    avatar(message.user),
    h(
      "div",
      { class: "message-body" },
      message.only ? h("p", { class: "only" }, icon("eye"), "Only visible to you") : null,
      h(
        "p",
        { class: "byline" },
        h("strong", {}, who.real_name),
        badge(message.user),
        h("time", { datetime: new Date(message.ts * 1000).toISOString() }, clock(message.ts)),
      ),
      said(message),
      attachedFiles(message.files),
      reactions(message),
      inThread ? null : threadLine(message),
    ),
    tools(message, inThread),
  );
  return made;
}

// Puts a message in the place of its older self; keeps the focus where it was.
export function replaceMessage(list, message, options) {
  const old = list.querySelector(`[data-ts="${message.ts}"]`);
  if (!old) return false;
  const made = messageNode(message, options);
  const path = focusPath(old);
  old.replaceWith(made);
  if (path >= 0) focusable(made)[path]?.focus();
  return true;
}

function focusable(node) {
  return [...node.querySelectorAll("button, a[href], select, input, summary, [tabindex]")];
}

function focusPath(node) {
  return node.contains(document.activeElement) ? focusable(node).indexOf(document.activeElement) : -1;
}

function said(message) {
  if (message.blocks.length) return h("div", { class: "blocks" }, blocks(message.blocks, surface(message)));
  if (!message.text) return null;
  return h(
    "div",
    { class: "words" },
    mrkdwn(message.text),
    message.edited ? h("span", { class: "faint" }, " (edited)") : null,
  );
}

function surface(message) {
  return { press: (pressed) => act("press", { channel: message.channel, ts: message.ts, ...pressed }) };
}

function reactions(message) {
  const all = Object.entries(message.reactions);
  if (!all.length) return null;
  return h(
    "ul",
    { class: "reactions", "aria-label": "Reactions" },
    all.map(([name, users]) =>
      h(
        "li",
        { title: users.map((id) => person(id).real_name).join(", ") },
        h("span", {}, emoji(name)),
        ` ${users.length}`,
        h("span", { class: "visually-hidden" }, ` ${name}`),
      ),
    ),
  );
}

function threadLine(message) {
  const answers = replies(message.channel, message.ts).filter((reply) => !reply.only);
  const life = lifeLine(message);
  if (!answers.length) return life;
  const faces = [...new Set(answers.map((reply) => reply.user))].slice(0, 4).map(avatar);
  const button = h(
    "button",
    { type: "button", class: "thread-line", on: { click: () => open(message) } },
    h("span", { class: "faces" }, faces),
    h("strong", {}, count(answers.length, "reply")),
    h("span", { class: "faint" }, `Last reply ${clock(answers.at(-1).ts)}`),
  );
  return [button, life];
}

export function lifeLine(message) {
  const text = statusOf(message.channel, message.ts);
  return text
    ? h(
        "p",
        { class: "life" },
        h("span", { class: "life-dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
        `Spotter ${text}`,
      )
    : null;
}

function open(message) {
  go({ in: message.channel, thread: message.thread || message.ts, tab: "" });
}

function tools(message, inThread) {
  const canReply = !inThread && !message.only;
  const more = iconButton("more", "More actions", () => openMenu(more, "More actions", menuOf(message)), {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
  });
  return h(
    "div",
    { class: "tools" },
    canReply ? iconButton("reply", "Reply in thread", () => open(message)) : null,
    more,
  );
}
