// Block Kit as elements. What is not known, or cannot be shown, is a visible error.

import { h } from "../dom.js";
import * as cards from "./cards.js";
import * as files from "./pictures.js";
import { markdown } from "./markdown.js";
import * as plain from "./plain.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";
import * as tasks from "./tasks.js";

const KINDS = {
  section: plain.section,
  header: plain.header,
  divider: plain.divider,
  context: plain.context,
  alert: plain.alert,
  actions: plain.actions,
  context_actions: plain.actions,
  input: plain.input,
  image: files.image,
  video: files.video,
  file: files.remoteFile,
  card: cards.card,
  carousel: cards.carousel,
  container: cards.container,
  plan: tasks.plan,
  task_card: tasks.taskCard,
  rich_text: richText,
  markdown,
  table,
  data_table: dataTable,
};

// A surface is where blocks stand: how its buttons act, and what is filled in there.
export function blocks(all, surface) {
  return all.map((block) => one(block, surface));
}

function one(block, surface) {
  const kind = KINDS[block.type];
  if (!kind) return problem(`This page does not know the block “${block.type}”.`);
  try {
    return h(
      "div",
      { class: `block block--${block.type}`, data: { block: block.block_id ?? "" } },
      kind(block, surface, blocks),
    );
  } catch (error) {
    return problem(`The block “${block.type}” cannot be shown: ${error.message}`);
  }
}

function problem(text) {
  return h("p", { class: "block block-error", role: "alert" }, text);
}
