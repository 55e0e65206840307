// A press, a choice or an entry on its way to the app.

import { confirmed } from "../confirm.js";

// Tells the surface what is filled in, and the app at once where it wants to hear of it.
export function entry(shown, { block, surface, isInput }, read) {
  surface.fill?.(shown.action_id, read);
  return () => {
    if (!isInput || block.dispatch_action) press(shown, { block, surface }, read());
  };
}

export async function press(shown, { block, surface }, value = "") {
  if (!shown.action_id || !(await confirmed(shown.confirm))) return false;
  await surface.press({ action: shown.action_id, block: block.block_id ?? "", value });
  return true;
}
