// The files that wait in a composer, with their previews.

import { fill, h } from "./dom.js";
import { icon, iconButton } from "./icons.js";

const DRAWN = /^image\/(png|jpeg|gif|webp|avif|bmp)$/;

export function attachments() {
  let files = [];
  const list = h("ul", { class: "attached", "aria-label": "Files to send" });
  const line = h("p", { class: "working", role: "status", hidden: true });
  const node = h("div", {}, list, line);
  const draw = () => {
    for (const picture of list.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    fill(
      list,
      files.map((file) =>
        item(file, () => {
          files = files.filter((each) => each !== file);
          draw();
        }),
      ),
    );
  };
  return {
    node,
    files: () => files,
    add(more) {
      files = [...files, ...more];
      draw();
      node.parentElement?.querySelector("textarea").focus();
    },
    clear() {
      files = [];
      draw();
    },
    working(text) {
      line.hidden = !text;
      line.textContent = text;
    },
  };
}

function item(file, remove) {
  const button = iconButton("close", `Remove ${file.name}`, remove);
  if (!DRAWN.test(file.type))
    return h("li", { class: "attached-file" }, icon("file"), h("span", {}, file.name), button);
  const picture = h("img", { src: URL.createObjectURL(file), alt: file.name });
  picture.addEventListener("error", () => picture.replaceWith(h("span", { class: "attached-name" }, file.name)));
  return h("li", { class: "attached-picture" }, picture, button);
}
