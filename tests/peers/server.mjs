// A Slack server that others wrote (npm: emulate), with its events delivered as Slack delivers them.
//
// It keeps its events to itself: no setting, no seed and no call of its own sends one to an app. So the plugin's
// `register` is wrapped to get hold of its dispatcher, and each event goes out in Slack's envelope with Slack's signature.
//   node server.mjs PACKAGES PORT EVENTS_URL SIGNING_SECRET < seed.json
import { createHmac, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, port, eventsUrl, secret] = process.argv.slice(2);
const dist = join(packages, "emulate", "dist");
const seed = JSON.parse(readFileSync(0, "utf8"));
const bot = seed.slack.oauth_apps[0].bot_user_id;

const { slackPlugin, getSlackStore } = await load(slackModule());
const { createEmulator } = await load("api.js");

const register = slackPlugin.register;
slackPlugin.register = function (app, store, webhooks, ...rest) {
  register.call(this, app, store, webhooks, ...rest);
  app.post("/api/users.conversations", (call) => call.json(conversations(getSlackStore(store))));
  webhooks.dispatch = async (_type, _action, payload) => void deliver(getSlackStore(store), payload.event);
};
await createEmulator({ service: "slack", port: Number(port), seed, baseUrl: `http://127.0.0.1:${port}` });
console.log("ready");

// The one method of Slack's that Spotter cannot do without and that this server lacks.
function conversations(slack) {
  const joined = slack.channels.all().filter((channel) => channel.members.includes(bot));
  return { ok: true, channels: joined.map((channel) => ({ id: channel.channel_id })) };
}

function load(file) {
  return import(pathToFileURL(join(dist, file)).href);
}

// The part that api.js itself imports: another copy would have a plugin of its own.
function slackModule() {
  const api = readFileSync(join(dist, "api.js"), "utf8");
  const parts = readdirSync(dist).filter((file) => api.includes(`./${file}`));
  return parts.find((file) => readFileSync(join(dist, file), "utf8").includes("var slackPlugin"));
}

async function deliver(slack, event) {
  const channel = event.channel_id ?? event.channel;
  const known = slack.channels.findOneBy("channel_id", channel);
  if (known && !known.members.includes(bot)) return;
  const team = slack.teams.all()[0].team_id;
  const body = JSON.stringify({
    type: "event_callback",
    team_id: team,
    event: asSlackTells(event),
    event_id: `Ev${randomUUID()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ team_id: team, user_id: bot, is_bot: true, is_enterprise_install: false }],
  });
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
  await fetch(eventsUrl, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": at,
      "x-slack-signature": `v0=${signature}`,
    },
  });
}

// Slack tells of a shared file by its id alone, and says who shared it.
function asSlackTells(event) {
  const told = { event_ts: (Date.now() / 1000).toFixed(6), ...event };
  if (event.type === "file_shared") {
    told.user_id = event.file?.user;
    told.file = { id: event.file_id };
  }
  if (event.type === "file_deleted") delete told.file;
  return told;
}
