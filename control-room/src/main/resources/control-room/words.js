// The words of the page: names of kinds and states, and times as people say them.

const KINDS = {
  'man-down': 'Man down',
  'red-alert': 'Red alert',
  'lanyard-pin-removed': 'Lanyard torn off',
  'amber-alert-expired': 'Amber alert expired',
  'missed-check-in': 'Missed check-in',
  'mass-loss': 'Many units lost',
  'unregistered-unit': 'Unknown unit',
  'unverified-unit': 'Unverified unit',
  technical: 'Technical',
};
const STATES = { open: 'Open', acknowledged: 'Taken', closed: 'Closed' };
const OUTCOMES = { genuine: 'Genuine', 'false-alarm': 'False alarm', test: 'Test' };
const DEEDS = {
  raised: 'Raised',
  joined: 'Another event',
  notified: 'Told',
  delivered: 'Delivered',
  failed: 'Not delivered',
  acknowledged: 'Taken',
  reopened: 'Opened again',
  reminded: 'Reminded',
  'unit-heard': 'Unit heard again',
  step: 'Step done',
  live: 'Made live',
  note: 'Note',
  closed: 'Closed',
};
const CHANNELS = { screen: 'Screen', sms: 'SMS', mail: 'Mail', webhook: 'Webhook' };
const SENDINGS = { queued: 'Waiting', sending: 'Being sent', sent: 'Sent', delivered: 'Delivered', failed: 'Failed', stopped: 'Stopped' };
const SUPERVISED = { 'never-seen': 'Never seen', 'on-test': 'On test', off: 'Switched off', paused: 'Paused', overdue: 'Overdue', 'in-time': 'In time', ok: 'In time' };
const PICTURES = { partial: 'Still coming', complete: 'Complete', corrupt: 'Damaged', 'too-large': 'Too large' };

export const plain = (text) => {
  const words = String(text ?? '').replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const kind = (name) => KINDS[name] || plain(name);
export const stateOf = (name) => STATES[name] || plain(name);
export const outcome = (name) => OUTCOMES[name] || plain(name);
export const deed = (name) => DEEDS[name] || plain(name);
export const pictureState = (name) => PICTURES[name] || plain(name);
export const channelName = (name) => CHANNELS[name] || plain(name);
export const sending = (name) => SENDINGS[name] || plain(name);
export const supervised = (name) => SUPERVISED[name] || plain(name);
export const eventName = plain;
export const KIND_NAMES = Object.keys(KINDS);

/** Whom or what an alert is about, for people. */
export const about = (alert) => alert.wearer || alert.subject || (alert.flood ? count(alert.flood.serials.length + alert.flood.more, 'unit') : alert.serial ? 'Wearer not known' : 'The system');

export const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

export function bytes(n) {
  if (n < 1_000) return `${n} B`;
  return n < 1_000_000 ? `${(n / 1_000).toFixed(n < 10_000 ? 1 : 0)} kB` : `${(n / 1_000_000).toFixed(1)} MB`;
}

const pad = (n) => String(n).padStart(2, '0');
const day = (d) => `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}`;

/** As the clock on the wall shows it: 14:03:09 today, with the date on other days. */
export function clock(text, now = new Date()) {
  const d = new Date(text);
  const time = `${pad(d.getHours())}:${pad(d.getMinutes())}:${pad(d.getSeconds())}`;
  return day(d) === day(now) ? time : `${day(d)} ${time}`;
}

export const date = (text) => day(new Date(text));

/** 40 s, 12 min, 3 h 5 min, 9 days. */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 && hours < 10 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}

/** 0.12 s, 7.3 s, 1 min 20 s: how long something took. */
export function took(ms) {
  if (ms < 1_000) return `${(ms / 1_000).toFixed(2)} s`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 3_600 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : span(ms);
}

/** 0:42, 12:05, 1:02:11, 3 days: a counter. */
export function counter(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds >= 172_800) return span(ms);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours ? `${hours}:${pad(minutes)}` : minutes}:${pad(seconds % 60)}`;
}

/** Rounded down: what misses a target by little does not look as if it met it. */
export const share = (part, whole) => (whole ? `${(Math.floor((1_000 * part) / whole) / 10).toFixed(1)} %` : '–');

export function ago(text, now = Date.now()) {
  const ms = now - Date.parse(text);
  if (ms < -5_000) return `in ${span(-ms)}`;
  return ms < 5_000 ? 'just now' : `${span(ms)} ago`;
}

export function position({ lat, lon }) {
  const side = (value, positive, negative) => `${Math.abs(value).toFixed(5)}° ${value < 0 ? negative : positive}`;
  return `${side(lat, 'N', 'S')}, ${side(lon, 'E', 'W')}`;
}
