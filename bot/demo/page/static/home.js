// The app's own page for this person.

import { act } from "./acts.js";
import { blocks } from "./blocks/index.js";
import { tabs } from "./conversation.js";
import { fill, h } from "./dom.js";
import { store } from "./store.js";

let opened = "";

export function showHome() {
  if (opened !== store.me) {
    opened = store.me;
    act("home", { tab: "home" });
  }
  fill(
    document.getElementById("conversation"),
    h("header", { class: "head" }, h("h1", {}, "Spotter"), tabs("home")),
    h("div", { class: "messages home", tabindex: "0", role: "region", "aria-label": "Home" }, content()),
  );
}

function content() {
  if (!store.home) return h("p", { class: "empty" }, "This app has not written a home page for you yet.");
  const fields = new Map();
  const values = () => Object.fromEntries([...fields].map(([name, read]) => [name, read()]));
  return blocks(store.home.blocks, {
    press: (pressed) => act("press", { view: store.home.id, values: values(), ...pressed }),
    fill: (name, read) => fields.set(name, read),
  });
}
