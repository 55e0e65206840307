// A text object of Block Kit: plain or mrkdwn.

import { emoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

export function text(object) {
  if (!object) return [];
  if (typeof object === "string") return [object];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : [plain(object)];
}

export function plain(object) {
  return (object?.text ?? "").replace(/:([\w+'-]*[a-z+1][\w+'-]*):/g, (_, name) => emoji(name));
}
