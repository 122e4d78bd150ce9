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
const told = new Map(); // alert id → change id
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

function forget(id) {
  state.alerts.delete(id);
  state.closed.delete(id);
  told.delete(id);
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

  /** The change that each alert was last told with, where it was told with one. */
  changes: () => Object.fromEntries(told),

  /**
   * One alert as it now is, from the stream or as the answer to what a person did.
   * @param change its place in the change log; undefined of an answer, and of what is not stored
   */
  put(alert, change) {
    const known = state.alerts.get(alert.id) || state.closed.get(alert.id);
    if (known && isOlder(alert, change, known)) return;
    told.delete(alert.id);
    if (change !== undefined) told.set(alert.id, change);
    if (alert.state === 'closed') {
      state.alerts.delete(alert.id);
      state.closed.delete(alert.id);
      state.closed.set(alert.id, alert);
      if (state.closed.size > CLOSED_KEPT) forget(state.closed.keys().next().value);
    } else {
      state.alerts.set(alert.id, alert);
    }
    changed();
  },

  remove(id) {
    forget(id);
    changed();
  },

  /** Only these are not closed. */
  retain(ids) {
    for (const id of [...state.alerts.keys()]) if (!ids.has(id)) forget(id);
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
    told.clear();
    state.notice = byChoice ? null : 'You were logged out. Log in again to go on where you were.';
    changed();
  },
};

/**
 * The stream's changes of an alert say their place in the change log. An answer to a click has none, and may overtake them: it and
 * what comes right after it are told apart by their histories.
 */
function isOlder(alert, change, known) {
  if (!known.stored || !alert.stored) return false;
  const before = told.get(known.id);
  if (change !== undefined && before !== undefined) return change < before;
  const last = (a) => Date.parse(a.history.length ? a.history[a.history.length - 1].at : a.raisedAt);
  return last(alert) < last(known);
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
