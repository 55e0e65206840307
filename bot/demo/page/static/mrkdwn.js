// Slack's mrkdwn (https://docs.slack.dev/messaging/formatting-message-text) as nodes.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelName, mention, outside } from "./mentions.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const FENCE = /```([\s\S]+?)```/;
const MARKS = [
  { is: /`([^`\n]+)`/, make: (found) => h("code", {}, decoded(found[1])) },
  { is: /<([^<>\n]+)>/, make: (found) => angled(found[1]) },
  { is: /(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?![\w*])/, make: (found) => h("strong", {}, line(found[1])) },
  { is: /(?<![\w_])_(?=\S)([^_\n]*[^_\s])_(?![\w_])/, make: (found) => h("em", {}, line(found[1])) },
  { is: /(?<![\w~])~(?=\S)([^~\n]*[^~\s])~(?![\w~])/, make: (found) => h("s", {}, line(found[1])) },
  { is: /:([\w+'-]*[a-z+1][\w+'-]*):/, make: (found) => emoji(found[1]) },
];

export function mrkdwn(text) {
  const fence = FENCE.exec(text);
  if (!fence) return paragraphs(text);
  const after = text.slice(fence.index + fence[0].length).replace(/^\n/, "");
  const code = h("pre", {}, decoded(fence[1].replace(/^\n|\n$/g, "")));
  return [...paragraphs(text.slice(0, fence.index).replace(/\n$/, "")), code, ...mrkdwn(after)];
}

function paragraphs(text) {
  const nodes = [];
  let quote = null;
  for (const [index, one] of (text ? text.split("\n") : []).entries()) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(one);
    if (quoted) {
      if (!quote) nodes.push((quote = h("blockquote")));
      else quote.append(h("br"));
      quote.append(...line(quoted[1]));
    } else {
      if (index && !quote) nodes.push(h("br"));
      quote = null;
      nodes.push(...line(one));
    }
  }
  return nodes;
}

// The nodes of one line: the earliest mark wins, what is around it is looked at again.
function line(text) {
  let first = null;
  for (const mark of MARKS) {
    const found = mark.is.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, mark };
  }
  if (!first) return text ? [decoded(text)] : [];
  const { found, mark } = first;
  return [decoded(text.slice(0, found.index)), mark.make(found), ...line(text.slice(found.index + found[0].length))];
}

function angled(inside) {
  const [target, label = ""] = inside.split("|", 2);
  const sign = target[0];
  if (sign === "@") return mention(target.slice(1));
  if (sign === "#") return channelName(target.slice(1), decoded(label));
  if (sign === "!") return special(target.slice(1), decoded(label));
  return outside(decoded(target), label ? line(label) : decoded(target));
}

function special(command, label) {
  const [name, stamp] = command.split("^");
  if (name === "date") return h("time", {}, new Date(Number(stamp) * 1000).toLocaleString());
  return h("span", { class: "mention mention--all" }, label || `@${name.split("^")[0]}`);
}

function decoded(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}
