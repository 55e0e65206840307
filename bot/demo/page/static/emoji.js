// The emoji that are named most; any other keeps its name.

const EMOJI = {
  warning: "⚠️", eyes: "👀", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", mag: "🔍", camera: "📷",
  frame_with_picture: "🖼️", bust_in_silhouette: "👤", busts_in_silhouette: "👥", runner: "🏃", medal: "🏅", sports_medal: "🏅",
  trophy: "🏆", tada: "🎉", wave: "👋", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", heart: "❤️",
  smile: "😄", slightly_smiling_face: "🙂", pray: "🙏", fire: "🔥", rocket: "🚀", star: "⭐", bulb: "💡", lock: "🔒",
  bell: "🔔", no_bell: "🔕", hourglass_flowing_sand: "⏳", hourglass: "⌛", wastebasket: "🗑️", pencil2: "✏️", gear: "⚙️",
  information_source: "ℹ️", question: "❓", exclamation: "❗", no_entry: "⛔", no_entry_sign: "🚫", link: "🔗", memo: "📝",
  moneybag: "💰", chart_with_upwards_trend: "📈", calendar: "📆", round_pushpin: "📍", label: "🏷️", see_no_evil: "🙈",
  shield: "🛡️", key: "🔑", speech_balloon: "💬", arrow_right: "➡️", arrow_left: "⬅️", repeat: "🔁", sparkles: "✨",
};

export function emoji(name) {
  return EMOJI[name] ?? `:${name}:`;
}
