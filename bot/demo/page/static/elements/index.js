// The elements of Block Kit that are pressed, chosen from or filled in.

import { h } from "../dom.js";
import { button, feedback, overflow } from "./buttons.js";
import { checkboxes, radioButtons } from "./boxes.js";
import { dateField, textField } from "./fields.js";
import { fileField } from "./files.js";
import { multiSelect, select } from "./selects.js";

const KINDS = {
  button,
  workflow_button: button,
  icon_button: button,
  overflow,
  feedback_buttons: feedback,
  plain_text_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  number_input: textField,
  rich_text_input: textField,
  datepicker: dateField,
  timepicker: dateField,
  datetimepicker: dateField,
  static_select: select,
  users_select: select,
  conversations_select: select,
  channels_select: select,
  multi_static_select: multiSelect,
  multi_users_select: multiSelect,
  multi_conversations_select: multiSelect,
  multi_channels_select: multiSelect,
  checkboxes,
  radio_buttons: radioButtons,
  file_input: fileField,
};

// `field` tells how an input stands in its form: its id, whether it must be filled in, what describes it.
export function element(shown, block, surface, field = {}) {
  const kind = KINDS[shown.type];
  if (!kind)
    return h("span", { class: "block-error", role: "alert" }, `This page does not know the element “${shown.type}”.`);
  const made = kind(shown, { block, surface, field, isInput: block.type === "input" });
  made.dataset.action = shown.action_id ?? "";
  if (shown.focus_on_load) made.dataset.first = "true";
  return made;
}
