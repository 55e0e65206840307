// Listens to the workspace. A window that nobody sees lets go: a browser allows six connections to one address.

import { take } from "./store.js";

let source = null;

export function listenAs(member) {
  const open = () => {
    source?.close();
    source = new EventSource(`/page/events?as=${member}`);
    source.addEventListener("message", (event) => take(JSON.parse(event.data)));
    source.addEventListener("error", () => take({ kind: "away" }));
  };
  const close = () => {
    source?.close();
    source = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  open();
}
