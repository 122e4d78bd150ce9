// The live feed. Of all tabs of a browser one, the leader, holds the stream and passes its frames on; when it goes, another takes over
// from the last id it was told. Without Web Locks (plain http to another machine) every tab holds a stream of its own.
import { post, stream } from './api.js';
import { read } from './sse.js';
import { store } from './store.js';

export const STALE_AFTER_MS = 12_000;
const RETRY_MS = [500, 1_000, 2_000, 3_000];
const ANSWER_WITHIN_MS = 10_000;
const MAY_READ = new Set(['operator', 'auditor', 'administrator']);
const MAY_TAKE = new Set(['operator', 'administrator']);

const channel = 'BroadcastChannel' in window ? new BroadcastChannel('identicom.feed') : null;
let lastId = null;
let opening = null; // ids told since the stream began afresh; null once it is known which alerts there are
let failures = 0;
let leading = false;
let answering = false;
let running = null;

/** Starts for whoever is logged in, and stops when nobody is. */
export function follow() {
  store.subscribe(adjust);
  setInterval(watch, 1_000);
  if (channel) channel.onmessage = (message) => heard(message.data);
  adjust();
}

function adjust() {
  const who = store.get().who;
  const wanted = who && MAY_READ.has(who.role) ? `${who.user} ${who.role}` : null;
  if (running && running.who !== wanted) {
    running.abort.abort();
    running = null;
    leading = false;
    lastId = null;
    store.feed({ state: 'connecting', heardAt: 0, parts: null });
  }
  if (wanted && !running) {
    running = { who: wanted, abort: new AbortController() };
    store.feed({ state: 'connecting' });
    lead(running.abort.signal);
  }
}

async function lead(signal) {
  channel?.postMessage({ ask: running.who });
  const hold = async () => {
    leading = true;
    while (!signal.aborted) await attempt(signal);
  };
  if (navigator.locks && channel) {
    await navigator.locks.request('identicom.feed', { signal }, hold).catch(() => {});
  } else {
    await hold();
  }
}

/** One stream, until it breaks off; then a short wait. */
async function attempt(outer) {
  const abort = new AbortController();
  const stop = () => abort.abort();
  outer.addEventListener('abort', stop);
  // A server that holds the connection but tells nothing is left.
  const silence = setInterval(() => Date.now() - began > STALE_AFTER_MS && abort.abort(), 1_000);
  let began = Date.now();
  try {
    // What was never stored has no place in the change log: with such alerts on the screen the stream begins afresh. So it does when
    // the list it began with broke off: only a whole list says which alerts are gone.
    const afresh = lastId === null || opening !== null || store.alerts().some((alert) => !alert.stored);
    if (afresh) begin();
    const resumed = afresh ? {} : { 'Last-Event-ID': lastId };
    const response = await stream('/alerts/stream', { 'Answers-Heartbeats': 'true', ...resumed }, abort.signal);
    await read(response.body, (frame) => {
      began = Date.now();
      failures = 0;
      pass({ frame });
      if (frame.event === 'heartbeat') answerHeartbeat();
    });
  } catch {
    failures++;
  } finally {
    clearInterval(silence);
    outer.removeEventListener('abort', stop);
  }
  if (!outer.aborted) await new Promise((done) => setTimeout(done, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]));
}

/**
 * Says that the stream arrives here: who holds an alert is taken to be gone when no such word comes. Answers, because they come with the
 * stream; a timer is slowed down in a window that nobody sees. One that fails is made up for at the next heartbeat.
 */
async function answerHeartbeat() {
  if (answering || !MAY_TAKE.has(store.get().who?.role)) return;
  answering = true;
  await post('/alerts/stream/beat', undefined, AbortSignal.timeout(ANSWER_WITHIN_MS)).catch(() => {});
  answering = false;
}

function begin() {
  lastId = null;
  opening = new Set();
  pass({ begin: true });
}

/** To this tab and the others. */
function pass(message) {
  heard({ ...message, who: running?.who });
  channel?.postMessage({ ...message, who: running?.who });
}

function heard(message) {
  if (!running) return;
  if (message.ask) {
    if (leading && message.ask === running.who) {
      const { feed } = store.get();
      channel.postMessage({ who: running.who, told: { alerts: store.alerts(), changes: store.changes(), lastId, opening: opening && [...opening], feed } });
    }
    return;
  }
  if (message.who !== running.who) return;
  if (message.told && !leading) {
    store.retain(new Set(message.told.alerts.map((alert) => alert.id)));
    message.told.alerts.forEach((alert) => store.put(alert, message.told.changes?.[alert.id]));
    lastId = message.told.lastId;
    opening = message.told.opening && new Set(message.told.opening);
    store.feed(message.told.feed);
  } else if (message.begin) {
    lastId = null;
    opening = new Set();
  } else if (message.frame) {
    frame(message.frame);
  }
}

function frame({ id, event, data }) {
  const told = JSON.parse(data);
  if (event === 'alert') {
    opening?.add(told.id);
    store.put(told, changeOf(id));
  } else if (event === 'reset') {
    lastId = null;
    opening = new Set();
  } else if (event === 'replaced') {
    store.remove(told.id);
  } else if (event === 'live') {
    if (opening) store.retain(opening);
    opening = null;
  }
  if (id !== undefined && id !== '') lastId = id;
  store.feed({ state: 'live', heardAt: Date.now(), ...(event === 'heartbeat' ? beat(told) : {}), ...(event === 'canary' ? { canaryAt: Date.now() } : {}) });
}

/** The change that a frame tells of; undefined where it has no place in the change log. */
const changeOf = (id) => (id === undefined || id === '' ? undefined : Number(id));

/** A heartbeat's time against this machine's clock; less than a second apart is the way it took. */
function beat(told) {
  const ahead = Date.parse(told.time) - Date.now();
  return { parts: told, clockAhead: Number.isFinite(ahead) && Math.abs(ahead) > 1_000 ? ahead : 0 };
}

/** A feed that tells nothing is worse than none: it is said loudly. */
function watch() {
  const { feed, who } = store.get();
  if (!who || !running) return;
  const since = Math.max(feed.heardAt, feed.heardAt ? 0 : feed.since);
  if (feed.state !== 'stale' && Date.now() - since > STALE_AFTER_MS) store.feed({ state: 'stale' });
}
