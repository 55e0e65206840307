// Tables: the plain one, and the one with pages and sorting.

import { fill, h } from "../dom.js";
import { iconButton } from "../icons.js";
import { richText } from "./rich_text.js";

const ROWS = 5; // of a page, where the block does not say (Slack's default)

export function table(block) {
  const settings = block.column_settings ?? [];
  const made = (cell, index, tag) => {
    const { align = "left", is_wrapped: wraps = false } = settings[index] ?? {};
    return h(
      tag,
      { class: `align-${align}${wraps ? "" : " no-wrap"}`, scope: tag === "th" ? "col" : null },
      shown(cell),
    );
  };
  const [first, ...rest] = block.rows;
  return framed(
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          first.map((cell, index) => made(cell, index, "th")),
        ),
      ),
      h(
        "tbody",
        {},
        rest.map((row) =>
          h(
            "tr",
            {},
            row.map((cell, index) => made(cell, index, "td")),
          ),
        ),
      ),
    ),
  );
}

export function dataTable(block) {
  const [names, ...rows] = block.rows;
  const size = block.page_size ?? ROWS;
  const state = { page: 0, column: -1, falls: false };
  const body = h("tbody");
  const where = h("span", { "aria-live": "polite" });
  const back = iconButton("back", "Previous rows", () => turn(-1));
  const next = iconButton("next", "Next rows", () => turn(1));
  const heads = names.map((name, index) =>
    h(
      "th",
      { scope: "col" },
      h("button", { type: "button", class: "sort", on: { click: () => sort(index) } }, shown(name)),
    ),
  );
  const pages = Math.max(1, Math.ceil(rows.length / size));

  function draw() {
    const from = state.page * size;
    const part = ordered(rows, state).slice(from, from + size);
    fill(
      body,
      part.map((row) =>
        h(
          "tr",
          {},
          row.map((cell, index) =>
            index === block.row_header_column_index ? h("th", { scope: "row" }, shown(cell)) : h("td", {}, shown(cell)),
          ),
        ),
      ),
    );
    where.textContent = `${rows.length ? from + 1 : 0}–${from + part.length} of ${rows.length}`;
    back.disabled = state.page === 0;
    next.disabled = state.page >= pages - 1;
    heads.forEach((head, index) =>
      head.setAttribute("aria-sort", index !== state.column ? "none" : state.falls ? "descending" : "ascending"),
    );
  }

  function turn(by) {
    state.page += by;
    draw();
  }

  function sort(column) {
    state.falls = state.column === column && !state.falls;
    Object.assign(state, { column, page: 0 });
    draw();
  }

  draw();
  const whole = h("table", {}, h("caption", {}, block.caption), h("thead", {}, h("tr", {}, heads)), body);
  return h("div", {}, framed(whole), pages > 1 ? h("div", { class: "table-pages" }, back, where, next) : null);
}

function ordered(rows, { column, falls }) {
  if (column < 0) return rows;
  const sorted = [...rows].sort((one, other) => compare(value(one[column]), value(other[column])));
  return falls ? sorted.reverse() : sorted;
}

function compare(one, other) {
  return typeof one === "number" && typeof other === "number"
    ? one - other
    : String(one).localeCompare(String(other), undefined, { numeric: true });
}

function value(cell) {
  return cell?.type === "raw_number" ? cell.value : (cell?.text ?? h("div", {}, shown(cell)).textContent);
}

function shown(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  if (cell?.type === "raw_number") return cell.text ?? String(cell.value);
  return cell?.text ?? "";
}

function framed(whole) {
  return h("div", { class: "table-frame", tabindex: "0", role: "group", "aria-label": "Table" }, whole);
}
