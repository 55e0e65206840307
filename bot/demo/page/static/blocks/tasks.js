// Plans and their tasks.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { outside } from "../mentions.js";
import { richText } from "./rich_text.js";

const STATES = {
  pending: ["wait", "Pending"],
  in_progress: ["wait", "In progress"],
  complete: ["check", "Done"],
  error: ["alert", "Failed"],
};

export function plan(block) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter((task) => task.status === "complete").length;
  return h(
    "details",
    { class: "container", open: true },
    h(
      "summary",
      { class: "container-head" },
      h("strong", {}, block.title),
      h("span", { class: "card-subtitle" }, `${done} of ${tasks.length} done`),
    ),
    h("div", { class: "container-inner" }, tasks.map(taskCard)),
  );
}

export function taskCard(task) {
  const [sign, name] = STATES[task.status];
  const title = h(
    "span",
    { class: `task task--${task.status}` },
    icon(sign),
    h("span", {}, task.title),
    h("span", { class: "visually-hidden" }, ` (${name})`),
  );
  const sources = task.sources?.map((each) => outside(each.url, each.text)) ?? [];
  if (!task.details && !task.output && !sources.length) return title;
  return h(
    "details",
    {},
    h("summary", {}, title),
    h(
      "div",
      { class: "task-more" },
      task.details ? richText(task.details) : null,
      task.output ? richText(task.output) : null,
      sources.length ? h("p", { class: "links" }, sources) : null,
    ),
  );
}
