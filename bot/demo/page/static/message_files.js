// The files of a message: pictures as pictures, the rest as cards.

import { fileAddress } from "./acts.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { enlarge } from "./lightbox.js";
import { bytes, count } from "./sizes.js";

export function attachedFiles(files) {
  if (!files.length) return null;
  const name =
    files.length === 1
      ? h("p", { class: "file-name" }, files[0].name)
      : h("p", { class: "file-name" }, count(files.length, "file"));
  return h(
    "div",
    { class: "files" },
    name,
    h("div", { class: files.length === 1 ? "files-one" : "files-many" }, files.map(one)),
  );
}

function one(file) {
  return file.picture ? drawn(file) : card(file);
}

// What calls itself a picture and cannot be drawn is a card, too.
function drawn(file) {
  const address = fileAddress(file.id);
  const picture = h("img", { src: address, alt: file.alt || file.name });
  const button = h(
    "button",
    {
      type: "button",
      class: "picture-button",
      "aria-label": `Enlarge ${file.name}`,
      title: file.name,
      on: { click: () => enlarge(address, file.name) },
    },
    picture,
  );
  picture.addEventListener("error", () => button.replaceWith(card(file)));
  return button;
}

function card(file) {
  return h(
    "a",
    { class: "file-card", href: fileAddress(file.id), download: file.name },
    icon("file"),
    h("span", {}, h("strong", {}, file.name), h("span", { class: "faint" }, bytes(file.bytes))),
  );
}
