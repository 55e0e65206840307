// Cards, carousels of them, and containers that fold.

import { h } from "../dom.js";
import { element } from "../elements/index.js";
import { iconButton } from "../icons.js";
import { plain, text } from "../text.js";
import { picture, thumbnail } from "./pictures.js";
import { richText } from "./rich_text.js";

export function card(block, surface) {
  const title = block.title ? h("div", { class: "card-title" }, text(block.title)) : null;
  const subtitle = block.subtitle ? h("div", { class: "card-subtitle" }, text(block.subtitle)) : null;
  const names = h("div", {}, title, subtitle);
  const head = block.icon ? h("div", { class: "card-head" }, thumbnail(block.icon, "card-icon"), names) : names;
  const body = block.body ? h("div", { class: "card-text" }, text(block.body)) : null;
  const buttons = block.actions?.map((each) => element(each, block, surface)) ?? [];
  return h(
    "article",
    { class: "card" },
    block.hero_image ? h("div", { class: "card-hero" }, picture(block.hero_image)) : null,
    h("div", { class: "card-body" }, head, body, buttons.length ? h("div", { class: "actions" }, buttons) : null),
  );
}

export function carousel(block, surface) {
  const track = h(
    "div",
    { class: "carousel-track", tabindex: "0", role: "group", "aria-label": `${block.elements.length} cards` },
    block.elements.map((each) => card(each, surface)),
  );
  const turn = (by) => track.scrollBy({ left: by * track.clientWidth * 0.8, behavior: "smooth" });
  return h(
    "div",
    { class: "carousel" },
    track,
    h(
      "div",
      { class: "carousel-turns" },
      iconButton("back", "Back", () => turn(-1)),
      iconButton("next", "Next", () => turn(1)),
    ),
  );
}

export function container(block, surface, blocks) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : plain(block.title);
  const names = h(
    "span",
    { class: "container-names" },
    h("strong", {}, title),
    block.subtitle ? h("span", { class: "card-subtitle" }, text(block.subtitle)) : null,
  );
  const inner = h("div", { class: "container-inner" }, blocks(block.child_blocks, surface));
  const sign = block.icon ? thumbnail(block.icon, "card-icon") : null;
  if (!block.is_collapsible)
    return h("section", { class: "container" }, h("div", { class: "container-head" }, sign, names), inner);
  return h(
    "details",
    { class: "container", open: !block.default_collapsed },
    h("summary", { class: "container-head" }, sign, names),
    inner,
  );
}
