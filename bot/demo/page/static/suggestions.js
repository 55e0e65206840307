// Help while typing: commands with what may follow them, and people to mention.

import { fill, h } from "./dom.js";
import { store } from "./store.js";

const OWN = [
  {
    command: "/invite",
    usage_hint: "@Spotter",
    description: "Bring somebody into this channel (Slack's own command).",
  },
];
let lists = 0;

export function suggest(words, form, isThread) {
  const id = `suggestions-${(lists += 1)}`;
  const list = h("ul", { class: "suggestions", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
  let found = [];
  let at = 0;
  form.prepend(list);
  words.setAttribute("aria-autocomplete", "list");
  words.setAttribute("aria-controls", id);

  function look() {
    found = isThread ? people(words) : [...commands(words), ...people(words)];
    at = 0;
    draw();
  }

  function draw() {
    list.hidden = !found.length;
    fill(
      list,
      found.map((one, index) =>
        h(
          "li",
          {
            role: "option",
            id: `${id}-${index}`,
            "aria-selected": String(index === at),
            on: { pointerdown: (event) => take(event, one) },
          },
          h("strong", {}, one.label),
          one.hint ? h("span", { class: "hint" }, one.hint) : null,
          one.detail ? h("span", { class: "menu-detail" }, one.detail) : null,
        ),
      ),
    );
    if (found.length) words.setAttribute("aria-activedescendant", `${id}-${at}`);
    else words.removeAttribute("aria-activedescendant");
  }

  function take(event, one) {
    event.preventDefault();
    words.value = one.text;
    words.focus();
    look();
  }

  words.addEventListener("input", look);
  words.addEventListener("blur", () => (list.hidden = true));
  words.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      draw();
    } else if (event.key === "Tab" || (event.key === "Enter" && !found[at].isWhole)) {
      take(event, found[at]);
    } else if (event.key === "Escape") {
      found = [];
      draw();
    }
  });
}

// While the command's name is typed, all that begin so; after it, what may follow.
function commands(words) {
  const [name, ...rest] = words.value.split(" ");
  if (!name.startsWith("/")) return [];
  const known = [...store.commands, ...OWN].filter((one) =>
    rest.length ? one.command === name : one.command.startsWith(name),
  );
  return known.map((one) => ({
    label: one.command,
    hint: one.usage_hint,
    detail: one.description,
    text: rest.length ? words.value : `${one.command} `,
    isWhole: rest.length > 0,
  }));
}

function people(words) {
  const typed = /(^|\s)@([\w ]*)$/.exec(words.value.slice(0, words.selectionStart));
  if (!typed) return [];
  const begun = typed[2].toLowerCase();
  const start = words.value.slice(0, words.selectionStart - typed[2].length);
  const rest = words.value.slice(words.selectionStart);
  return [...store.people.values()]
    .filter((one) => one.role !== "left" && one.real_name.toLowerCase().startsWith(begun))
    .map((one) => ({ label: `@${one.real_name}`, detail: one.role, text: `${start}${one.real_name} ${rest}` }));
}
