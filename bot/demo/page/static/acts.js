// What the person does, sent to the workspace.

import { notice } from "./notice.js";
import { store } from "./store.js";

// Says what went wrong and gives null where it could not be done.
export async function act(name, given) {
  const answer = await send(`/page/acts/${name}?as=${store.me}`, JSON.stringify(given));
  if (answer.say) notice(answer.say, answer.ok ? "fine" : "wrong");
  return answer.ok ? answer : null;
}

// Brings a file into the workspace and gives its name there; null where it was not taken.
export async function upload(file) {
  const answer = await send(`/page/files?as=${store.me}&name=${encodeURIComponent(file.name)}`, file);
  if (answer.say) notice(answer.say, "wrong");
  return answer.upload ?? null;
}

async function send(address, body) {
  try {
    const response = await fetch(address, { method: "POST", body });
    return await response.json();
  } catch {
    return { ok: false, say: "The workspace does not answer. It may have been stopped." };
  }
}

export async function sample(name) {
  const response = await fetch(`/page/samples/${encodeURIComponent(name)}`);
  return new File([await response.blob()], name, { type: response.headers.get("content-type") ?? "" });
}

export function fileAddress(id) {
  return `/page/files/${encodeURIComponent(id)}?as=${store.me}`;
}
