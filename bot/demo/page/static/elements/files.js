// The modal's file input: ten files at most, ten megabytes each.

import { sample, upload } from "../acts.js";
import { fill, h } from "../dom.js";
import { iconButton } from "../icons.js";
import { bytes } from "../sizes.js";
import { store } from "../store.js";
import { entry } from "./press.js";

const MOST_BYTES = 10_000_000;

export function fileField(shown, context) {
  const { field } = context;
  const most = shown.max_files ?? 10;
  let kept = [];
  const wrong = h("p", { class: "field-error", role: "alert", hidden: true });
  const list = h("ul", { class: "file-list" });
  const accept = shown.filetypes?.map((type) => `.${type}`).join(",");
  const picker = h("input", {
    type: "file",
    class: "file-picker",
    id: field.id,
    accept,
    multiple: most > 1,
    "aria-describedby": field.describedBy,
  });
  const draw = () =>
    fill(
      list,
      kept.map(({ file }, index) =>
        h(
          "li",
          {},
          h("span", {}, `${file.name} · ${bytes(file.size)}`),
          iconButton("close", `Remove ${file.name}`, () => {
            kept.splice(index, 1);
            draw();
          }),
        ),
      ),
    );

  async function add(files) {
    const refused = refusal(files, most - kept.length, shown.filetypes);
    wrong.hidden = !refused;
    wrong.textContent = refused;
    picker.value = "";
    if (refused) return;
    for (const file of files) {
      const name = await upload(file);
      if (name) kept = [...kept, { file, name }];
    }
    draw();
  }

  picker.addEventListener("change", () => add([...picker.files]));
  const made = h(
    "div",
    { class: "file-field" },
    h("span", { class: "file-ask" }, most > 1 ? "Choose or drop files" : "Choose or drop a file", picker),
    offers(shown.filetypes, async (name) => add([await sample(name)])),
    list,
    wrong,
  );
  made.addEventListener("dragover", (event) => event.preventDefault());
  made.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    add([...event.dataTransfer.files]);
  });
  made.isEmpty = () => !kept.length;
  entry(shown, context, () => ({ uploads: kept.map(({ name }) => name) }));
  return made;
}

// What the workspace has at hand, for whoever has no such file.
function offers(types, take) {
  const names = store.samples.filter((name) => !types || types.includes(kind(name)));
  if (!names.length) return null;
  const button = (name) => h("button", { type: "button", class: "link-button", on: { click: () => take(name) } }, name);
  return h(
    "details",
    { class: "samples" },
    h("summary", {}, "Or take a sample"),
    h("div", { class: "links" }, names.map(button)),
  );
}

function kind(name) {
  return name.split(".").pop().toLowerCase();
}

function refusal(files, room, types) {
  if (files.length > room)
    return room > 0
      ? `You can add ${room === 1 ? "one file" : `${room} files`} here.`
      : "There is no room for another file.";
  const large = files.find((file) => file.size > MOST_BYTES);
  if (large) return `${large.name} is too large: here a file can have 10 MB.`;
  const other = types && files.find((file) => !types.includes(kind(file.name)));
  return other ? `${other.name} is not of a kind that is asked for: ${types.join(", ")}.` : "";
}
