// Where this window is: who looks, at which conversation, at which thread. It stands in the address, so Back works.

const FIRST = { as: "U0MEMBER1", in: "", thread: "", tab: "" };

export function place() {
  return { ...FIRST, ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))) };
}

export function go(where) {
  const wanted = Object.entries({ ...place(), ...where }).filter(([, value]) => value);
  location.hash = new URLSearchParams(wanted).toString();
}

export function onMove(listener) {
  addEventListener("hashchange", listener);
}
