// All that this person sees, kept up to date by the stream, and a bell for what changed.

const STATUS_MILLISECONDS = 120_000; // Slack takes a status line away after two minutes

export const store = {
  me: "",
  team: "",
  site: "",
  app: "",
  people: new Map(),
  channels: new Map(),
  messages: new Map(),
  views: new Map(),
  home: null,
  statuses: new Map(),
  commands: [],
  shortcuts: [],
  samples: [],
};

const bell = new EventTarget();

export function onChange(kind, listener) {
  bell.addEventListener(kind, (event) => listener(event.detail));
}

export function take(told) {
  const detail = TAKERS[told.kind]?.(told);
  bell.dispatchEvent(new CustomEvent(told.kind, { detail }));
}

const TAKERS = {
  everything(told) {
    Object.assign(store, { me: told.me, team: told.team, site: told.site, app: told.app, home: told.home });
    Object.assign(store, { commands: told.commands, shortcuts: told.shortcuts, samples: told.samples });
    store.people = new Map(told.people.map((person) => [person.id, person]));
    store.channels = new Map(told.channels.map((channel) => [channel.id, channel]));
    store.views = new Map(told.views.map((view) => [view.id, view]));
    store.messages = new Map();
    store.statuses = new Map();
    for (const message of [...told.messages, ...told.whispers]) put(message);
    for (const status of told.statuses) settle(status);
  },
  message({ message }) {
    const isNew = !inChannel(message.channel).has(message.ts);
    put(message);
    if (message.user === store.app && message.thread) store.statuses.delete(`${message.channel} ${message.thread}`);
    return { message, isNew };
  },
  gone({ channel, ts }) {
    const message = inChannel(channel).get(ts);
    inChannel(channel).delete(ts);
    return { channel, ts, thread: message?.thread ?? "" };
  },
  status({ status }) {
    settle(status);
    return status;
  },
  view({ view }) {
    if (view.open) store.views.set(view.id, view);
    else store.views.delete(view.id);
    return view;
  },
  home({ view }) {
    store.home = view;
  },
  channel({ channel }) {
    store.channels.set(channel.id, channel);
    return channel;
  },
};

function inChannel(channel) {
  if (!store.messages.has(channel)) store.messages.set(channel, new Map());
  return store.messages.get(channel);
}

function put(message) {
  inChannel(message.channel).set(message.ts, message);
}

function settle(status) {
  const key = `${status.channel} ${status.thread}`;
  if (!status.text) {
    store.statuses.delete(key);
    return;
  }
  store.statuses.set(key, status);
  setTimeout(() => {
    if (store.statuses.get(key) === status) take({ kind: "status", status: { ...status, text: "" } });
  }, STATUS_MILLISECONDS);
}

function sorted(messages) {
  return messages.sort((one, other) => (one.ts < other.ts ? -1 : 1));
}

export function topLevel(channel) {
  return sorted([...inChannel(channel).values()].filter((message) => !message.thread));
}

export function replies(channel, ts) {
  return sorted([...inChannel(channel).values()].filter((message) => message.thread === ts));
}

export function messageAt(channel, ts) {
  return inChannel(channel).get(ts);
}

export function statusOf(channel, ts) {
  return store.statuses.get(`${channel} ${ts}`)?.text ?? "";
}

export function person(id) {
  return store.people.get(id) ?? { id, name: id, real_name: id, role: "member" };
}

export function directMessages() {
  return [...store.channels.values()].find((channel) => channel.kind === "im");
}
