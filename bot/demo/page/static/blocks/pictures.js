// Pictures of Slack files. What lies outside this machine is named, not fetched.

import { fileAddress } from "../acts.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { enlarge } from "../lightbox.js";
import { outside } from "../mentions.js";
import { plain } from "../text.js";

export function source(block) {
  const file = block.slack_file?.id ?? /F[A-Z0-9]{8,}/.exec(block.slack_file?.url ?? "")?.[0];
  return file ? fileAddress(file) : null;
}

export function picture(block, properties = {}) {
  const address = source(block);
  if (!address) return elsewhere(block);
  const drawn = h("img", { src: address, alt: block.alt_text, ...properties });
  drawn.addEventListener("error", () => drawn.replaceWith(missing(block)));
  return drawn;
}

export function thumbnail(block, kind = "thumbnail") {
  return picture(block, { class: kind });
}

export function image(block) {
  const title = block.title ? h("figcaption", {}, plain(block.title)) : null;
  return h("figure", { class: "picture" }, title, opening(block));
}

function opening(block) {
  if (!source(block)) return picture(block);
  const button = h(
    "button",
    { type: "button", class: "picture-button", "aria-label": `Enlarge: ${block.alt_text}` },
    picture(block),
  );
  button.addEventListener("click", () => enlarge(source(block), block.alt_text));
  return button;
}

export function video(block) {
  return h(
    "div",
    { class: "card" },
    h(
      "div",
      { class: "card-body" },
      h("strong", {}, block.title_url ? outside(block.title_url, plain(block.title)) : plain(block.title)),
      block.description ? h("p", {}, plain(block.description)) : null,
      outside(block.video_url, `Video: ${block.alt_text}`),
    ),
  );
}

export function remoteFile(block) {
  return h("div", { class: "file-card" }, icon("file"), h("span", {}, `A remote file (${block.external_id})`));
}

function missing(block) {
  return h(
    "span",
    { class: "picture-missing" },
    icon("lock"),
    h("span", {}, `You can't see this picture: ${block.alt_text}`),
  );
}

function elsewhere(block) {
  return h(
    "span",
    { class: "picture-missing" },
    icon("link"),
    h("span", {}, outside(block.image_url, `Picture: ${block.alt_text}`)),
  );
}
