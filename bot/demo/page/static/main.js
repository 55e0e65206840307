// Starts the page: who looks, the stream, and what is drawn when something changes.

import { showConversation, showLife, showMessage } from "./conversation.js";
import { catchDrops } from "./drop.js";
import { showHome } from "./home.js";
import { showViews } from "./modal.js";
import { announce, notice } from "./notice.js";
import { go, onMove, place } from "./place.js";
import { noteUnread, showSidebar } from "./sidebar.js";
import { directMessages, messageAt, onChange, person, store, topLevel } from "./store.js";
import { listenAs } from "./stream.js";
import { applyTheme } from "./theme.js";
import { showThread, showThreadMessage } from "./thread.js";
import { showTop } from "./top.js";

let drawn = {};
let isAway = false;

function show({ isAnew = false } = {}) {
  const where = place();
  if (where.as !== store.me) {
    location.reload(); // another person sees another workspace
    return;
  }
  showTop(where);
  showSidebar(where);
  if (where.tab === "home") showHome();
  else showConversation(where, { isAnew });
  showThread(where);
  document.title = `${title(where)} | ${store.team}`;
  drawn = where;
}

function title(where) {
  const channel = store.channels.get(where.in);
  return channel?.name ? `#${channel.name}` : "Spotter";
}

function start() {
  isAway = false;
  if (!place().in)
    history.replaceState(
      null,
      "",
      `#${new URLSearchParams({ as: store.me, in: firstChannel(), thread: newestPhoto() })}`,
    );
  show({ isAnew: true });
  showViews();
}

function firstChannel() {
  const joined = [...store.channels.values()].find((channel) => channel.joined && channel.kind !== "im");
  return (joined ?? directMessages()).id;
}

// On a wide window, the thread of the newest photo stands open, so that the answer is seen at once.
function newestPhoto() {
  const photos = topLevel(firstChannel()).filter((message) => message.files.length);
  return matchMedia("(min-width: 1000px)").matches ? (photos.at(-1)?.ts ?? "") : "";
}

function hear({ message, isNew }) {
  showMessage(message, drawn);
  showThreadMessage(message, drawn);
  if (!isNew || message.user === store.me) return;
  announce(`${person(message.user).real_name}: ${message.text || "sent a file"}`);
  noteUnread(message, drawn);
}

applyTheme();
onChange("everything", start);
onChange("message", hear);
onChange("gone", (gone) => {
  if (gone.ts === drawn.thread) go({ thread: "" });
  for (const node of document.querySelectorAll(`.message[data-ts="${gone.ts}"]`)) node.remove();
  const parent = gone.thread && messageAt(gone.channel, gone.thread);
  if (parent) showMessage(parent, drawn);
  if (gone.thread === drawn.thread) showThread(drawn);
});
onChange("status", (status) => {
  showLife(status, drawn);
  if (status.thread === drawn.thread) showThread(drawn);
  if (status.text) announce(`Spotter ${status.text}`);
});
onChange("view", showViews);
onChange("home", () => drawn.tab === "home" && showHome());
onChange("channel", () => show());
onChange("away", () => {
  if (!isAway) notice("The workspace does not answer. It may have been stopped.", "wrong");
  isAway = true;
});
onMove(() => show());
catchDrops();
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says where we are, not where the focus is
  document.querySelector(".composer textarea")?.focus();
});
listenAs(place().as);
