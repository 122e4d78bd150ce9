// What the page knows: who is logged in, the alerts that are not closed, and how the feed is. Components subscribe to it.
import { useEffect, useState } from './vendor.js';

const WHO = 'identicom.who';
const CLOSED_KEPT = 50;

const state = {
  who: remembered(),
  alerts: new Map(),
  closed: new Map(),
  feed: { state: 'connecting', since: Date.now(), heardAt: 0, parts: null, canaryAt: 0, clockAhead: 0 },
  ring: 'none',
  sound: { wanted: localStorage.getItem('identicom.sound') !== 'off', running: false },
  notice: null,
  settings: { tiles: '', tilesAttribution: '' },
};
const listeners = new Set();
let pending = false;

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(WHO));
  } catch {
    return null;
  }
}

/** Tells everybody, once for all changes of one turn. Not by animation frame: a hidden page gets none. */
function changed() {
  if (pending) return;
  pending = true;
  queueMicrotask(() => {
    pending = false;
    for (const listener of [...listeners]) listener();
  });
}

const RANK = { critical: 0, high: 1, routine: 2 };

/** Live before test; open before taken; then the gravest class, then the oldest. */
function byUrgency(one, other) {
  return (
    Number(one.test) - Number(other.test) ||
    (one.state === 'open' ? 0 : 1) - (other.state === 'open' ? 0 : 1) ||
    (RANK[one.class] ?? 3) - (RANK[other.class] ?? 3) ||
    Date.parse(one.raisedAt) - Date.parse(other.raisedAt)
  );
}

export const store = {
  get: () => state,

  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Milliseconds now, by the system's clock as its heartbeats tell it: a desk's own clock may be wrong. */
  now: () => Date.now() + state.feed.clockAhead,

  alerts: () => [...state.alerts.values()].sort(byUrgency),
  alert: (id) => state.alerts.get(id) || state.closed.get(id),

  /** One alert as it now is, from the stream or as the answer to what a person did. */
  put(alert) {
    const known = state.alerts.get(alert.id) || state.closed.get(alert.id);
    if (known && isOlder(alert, known)) return;
    if (alert.state === 'closed') {
      state.alerts.delete(alert.id);
      state.closed.delete(alert.id);
      state.closed.set(alert.id, alert);
      if (state.closed.size > CLOSED_KEPT) state.closed.delete(state.closed.keys().next().value);
    } else {
      state.alerts.set(alert.id, alert);
    }
    changed();
  },

  remove(id) {
    state.alerts.delete(id);
    changed();
  },

  /** Only these are not closed. */
  retain(ids) {
    for (const id of [...state.alerts.keys()]) if (!ids.has(id)) state.alerts.delete(id);
    changed();
  },

  feed(part) {
    const was = state.feed.state;
    Object.assign(state.feed, part);
    if (part.state && part.state !== was) state.feed.since = Date.now();
    changed();
  },

  set(part) {
    Object.assign(state, part);
    changed();
  },

  sound(part) {
    Object.assign(state.sound, part);
    if ('wanted' in part) localStorage.setItem('identicom.sound', part.wanted ? 'on' : 'off');
    changed();
  },

  loggedIn(who) {
    localStorage.setItem(WHO, JSON.stringify(who));
    state.who = who;
    state.notice = null;
    changed();
  },

  /** @param byChoice the person left; otherwise the token is no longer valid, and the page stays where it is */
  loggedOut(byChoice = false) {
    if (!state.who) return;
    localStorage.removeItem(WHO);
    state.who = null;
    state.alerts.clear();
    state.closed.clear();
    state.notice = byChoice ? null : 'You were logged out. Log in again to go on where you were.';
    changed();
  },
};

/** Changes of one alert come in order on the stream; an answer to a click may overtake them, and must not be undone. */
function isOlder(alert, known) {
  const last = (a) => Date.parse(a.history.length ? a.history[a.history.length - 1].at : a.raisedAt);
  return known.stored && alert.stored && last(alert) < last(known);
}

/** Draws the component again whenever the store changed. */
export function useStore() {
  const [, redraw] = useState(0);
  useEffect(() => store.subscribe(() => redraw((n) => n + 1)), []);
  return state;
}

// Who is logged in is the same in every tab: leaving in one leaves all.
window.addEventListener('storage', (event) => {
  if (event.key !== WHO) return;
  const who = remembered();
  if (who) store.loggedIn(who);
  else store.loggedOut(true);
});
