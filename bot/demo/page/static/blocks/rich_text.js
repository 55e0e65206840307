// Slack's rich text: sections, lists, quotes, code.

import { h } from "../dom.js";
import { emoji } from "../emoji.js";
import { channelName, mention, outside } from "../mentions.js";

const LARGEST_INDENT = 8;

export function richText(block) {
  return h("div", { class: "rich-text" }, block.elements.map(part));
}

function part(element) {
  switch (element.type) {
    case "rich_text_section":
      return h("p", {}, element.elements.map(word));
    case "rich_text_preformatted":
      return h("pre", {}, element.elements.map(word));
    case "rich_text_quote":
      return h("blockquote", {}, element.elements.map(word));
    case "rich_text_list":
      return list(element);
    default:
      throw new Error(`rich text has no ${element.type}`);
  }
}

function list(element) {
  const indent = Math.min(element.indent ?? 0, LARGEST_INDENT);
  const items = element.elements.map((item) => h("li", {}, item.elements.map(word)));
  return h(element.style === "ordered" ? "ol" : "ul", { class: `indent-${indent}` }, items);
}

const WORDS = {
  text: (one) => one.text,
  link: (one) => outside(one.url, one.text ?? one.url),
  user: (one) => mention(one.user_id),
  channel: (one) => channelName(one.channel_id),
  emoji: (one) => emoji(one.name),
  broadcast: (one) => h("span", { class: "mention mention--all" }, `@${one.range}`),
  usergroup: (one) => h("span", { class: "mention" }, `@${one.usergroup_id}`),
  team: (one) => h("span", { class: "mention" }, `@${one.team_id}`),
  date: (one) => h("time", {}, new Date(one.timestamp * 1000).toLocaleString()),
  color: (one) => h("code", {}, one.value),
};
const STYLES = { code: "code", strike: "s", italic: "em", bold: "strong", underline: "u" };

function word(one) {
  if (!WORDS[one.type]) throw new Error(`rich text has no ${one.type}`);
  const styles = Object.keys(STYLES).filter((style) => one.style?.[style]);
  return styles.reduce((inner, style) => h(STYLES[style], {}, inner), WORDS[one.type](one));
}
