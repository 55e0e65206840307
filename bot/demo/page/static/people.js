// Faces and names of members.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { person } from "./store.js";

const COLOURS = 6;
const ROLES = { admin: "Admin", guest: "Guest", "other company": "Other company", app: "App", left: "Left" };

export function avatar(id) {
  const who = person(id);
  if (who.role === "app") return h("span", { class: "avatar avatar--app", "aria-hidden": "true" }, icon("eye"));
  const colour = [...who.id].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % COLOURS;
  const initials = who.real_name
    .split(" ")
    .map((word) => word[0])
    .join("")
    .slice(0, 2);
  return h("span", { class: `avatar avatar--${colour}`, "aria-hidden": "true" }, initials);
}

export function badge(id) {
  const role = ROLES[person(id).role];
  return role ? h("span", { class: `badge badge--${person(id).role.replace(" ", "-")}` }, role) : null;
}

export function roleName(id) {
  return ROLES[person(id).role] ?? "Member";
}
