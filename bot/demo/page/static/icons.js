// The page's own signs, drawn on a square of 20.

import { h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  plus: "M10 4v12M4 10h12",
  send: "M3 4l14 6-14 6 2.5-6L3 4zM5.5 10H11",
  more: "M10 4.5v.01M10 10v.01M10 15.5v.01",
  close: "M5 5l10 10M15 5L5 15",
  reply: "M4 4h12v9H9l-4 3.5V13H4V4zM7 7.5h6M7 10h4",
  hash: "M7.5 3.5l-1.5 13M14 3.5l-1.5 13M4 7.5h13M3 12.5h13",
  lock: "M5 9h10v7H5V9zM7 9V7a3 3 0 016 0v2",
  link: "M8.5 11.5a3 3 0 004.2 0l2.3-2.3a3 3 0 00-4.2-4.2L9.6 6.2M11.5 8.5a3 3 0 00-4.2 0L5 10.8A3 3 0 009.2 15l1.2-1.2",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5z",
  file: "M5 3h7l3 3v11H5V3zM12 3v3h3M7.5 10h5M7.5 13h5",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  sun: "M10 6.5a3.5 3.5 0 110 7 3.5 3.5 0 010-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1",
  moon: "M16 12A7 7 0 018 4a6.5 6.5 0 108 8z",
  back: "M12 4l-6 6 6 6",
  next: "M8 4l6 6-6 6",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  alert: "M10 3l7.5 13.5h-15L10 3zM10 8v4M10 14.2v.01",
  wait: "M10 3a7 7 0 107 7",
  up: "M6.5 9L9 3.5c1 0 1.7.8 1.5 2L10.2 8H15l-1.2 7.5H6.5V9zM4 9h2.5v6.5H4V9z",
  down: "M13.5 11L11 16.5c-1 0-1.7-.8-1.5-2l.3-2.5H5l1.2-7.5h7.3V11zM16 11h-2.5V4.5H16V11z",
  trash: "M4 6h12M8 6V4h4v2M5.5 6l.8 10.5h7.4L14.5 6M8.5 9v4.5M11.5 9v4.5",
};

export function icon(name) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 20 20");
  drawn.setAttribute("aria-hidden", "true");
  drawn.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name]);
  drawn.append(path);
  return drawn;
}

export function iconButton(name, label, onClick, properties = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: onClick }, ...properties },
    icon(name),
  );
}
