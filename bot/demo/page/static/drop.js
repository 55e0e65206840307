// Files dragged over the page: they go to the open thread where it is below the pointer, else to the conversation.

import { h } from "./dom.js";

export function catchDrops() {
  const veil = h("div", { class: "veil", hidden: true }, h("p", {}, "Drop the photos here"));
  let depth = 0;
  document.body.append(veil);
  const isFiles = (event) => event.dataTransfer?.types.includes("Files") && !document.querySelector("dialog[open]");
  const end = () => {
    depth = 0;
    veil.hidden = true;
  };
  addEventListener("dragenter", (event) => {
    if (!isFiles(event)) return;
    depth += 1;
    veil.hidden = false;
  });
  addEventListener("dragleave", () => {
    depth -= 1;
    if (depth <= 0) end();
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const takes = isFiles(event);
    end();
    if (takes) target(event)?.attach([...event.dataTransfer.files]);
  });
}

function target(event) {
  const over = document.elementsFromPoint(event.clientX, event.clientY).find((node) => node.closest("#thread"));
  return (
    document.querySelector(over ? "#thread .composer" : "#conversation .composer") ??
    document.querySelector(".composer")
  );
}
