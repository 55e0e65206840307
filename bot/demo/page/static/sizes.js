// Sizes and times in words.

export function bytes(number) {
  if (number < 1000) return `${number} bytes`;
  if (number < 1_000_000) return `${Math.round(number / 1000)} kB`;
  return `${(number / 1_000_000).toFixed(1)} MB`;
}

export function clock(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}

export function day(ts) {
  const date = new Date(Number(ts) * 1000);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? "Today" : date.toLocaleDateString([], { weekday: "long", month: "long", day: "numeric" });
}

export function count(number, word) {
  return `${number} ${number === 1 ? word : word === "reply" ? "replies" : `${word}s`}`;
}
