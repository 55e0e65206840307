// The markdown block: standard Markdown, as far as Slack shows it (https://docs.slack.dev/reference/block-kit/blocks/markdown-block).

import { h } from "../dom.js";
import { outside } from "../mentions.js";

const LINES = [
  {
    is: /^(#{1,6})\s+(.*)$/,
    make: (found) => h(`h${Math.min(6, found[1].length + 2)}`, { class: "block-title" }, spans(found[2])),
  },
  { is: /^(?:-{3,}|\*{3,})\s*$/, make: () => h("hr") },
];
const GROUPS = [
  {
    is: /^\s*[-*+]\s+(.*)$/,
    make: (lines) =>
      h(
        "ul",
        {},
        lines.map((line) => h("li", {}, spans(line))),
      ),
  },
  {
    is: /^\s*\d+[.)]\s+(.*)$/,
    make: (lines) =>
      h(
        "ol",
        {},
        lines.map((line) => h("li", {}, spans(line))),
      ),
  },
  {
    is: /^>\s?(.*)$/,
    make: (lines) =>
      h(
        "blockquote",
        {},
        lines.flatMap((line) => [...spans(line), h("br")]),
      ),
  },
];
const SPANS = [
  { is: /`([^`]+)`/, make: (found) => h("code", {}, found[1]) },
  { is: /!?\[([^\]]*)\]\(([^)\s]+)\)/, make: (found) => outside(found[2], found[1] || found[2]) },
  { is: /\*\*(.+?)\*\*/, make: (found) => h("strong", {}, spans(found[1])) },
  { is: /~~(.+?)~~/, make: (found) => h("s", {}, spans(found[1])) },
  { is: /(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)/, make: (found) => h("em", {}, spans(found[1])) },
];

export function markdown(block) {
  const nodes = [];
  const lines = block.text.split("\n");
  while (lines.length) nodes.push(next(lines));
  return h("div", { class: "rich-text" }, nodes);
}

function next(lines) {
  if (/^```/.test(lines[0])) return fence(lines);
  const single = LINES.find((kind) => kind.is.test(lines[0]));
  if (single) return single.make(single.is.exec(lines.shift()));
  const group = GROUPS.find((kind) => kind.is.test(lines[0]));
  if (group) return group.make(takeWhile(lines, (line) => group.is.exec(line)?.[1]));
  const words = takeWhile(lines, (line) => (starts(line) ? undefined : line));
  return words.length
    ? h(
        "p",
        {},
        words.flatMap((line, index) => [index ? h("br") : null, ...spans(line)]),
      )
    : skip(lines);
}

function starts(line) {
  return !line.trim() || /^```/.test(line) || [...LINES, ...GROUPS].some((kind) => kind.is.test(line));
}

function skip(lines) {
  lines.shift();
  return null;
}

function fence(lines) {
  lines.shift();
  const code = takeWhile(lines, (line) => (/^```/.test(line) ? undefined : line));
  lines.shift();
  return h("pre", {}, code.join("\n"));
}

// Takes lines from the front as long as `read` makes something of them.
function takeWhile(lines, read) {
  const taken = [];
  while (lines.length) {
    const one = read(lines[0]);
    if (one === undefined) break;
    taken.push(one);
    lines.shift();
  }
  return taken;
}

function spans(text) {
  let first = null;
  for (const span of SPANS) {
    const found = span.is.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, span };
  }
  if (!first) return text ? [text] : [];
  const { found, span } = first;
  return [text.slice(0, found.index), span.make(found), ...spans(text.slice(found.index + found[0].length))];
}
