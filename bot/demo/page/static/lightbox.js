// A picture in full size.

import { openLayer } from "./layer.js";
import { h } from "./dom.js";

export function enlarge(address, alt) {
  openLayer({ label: alt || "Picture", kind: "lightbox", content: [h("img", { src: address, alt })] });
}
