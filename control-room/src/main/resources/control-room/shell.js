// The frame around every view: navigation, how the feed is, sound, who is logged in, and what must not be overlooked.
import { html, useEffect, useRef, useState } from './vendor.js';
import { logout } from './api.js';
import { LISTED, useKeys } from './keys.js';
import { useSeconds } from './parts.js';
import { address, go, usePlace } from './route.js';
import { calls, switchSound } from './sound.js';
import { store, useStore } from './store.js';
import { about, count, kind, span } from './words.js';
import { Alerts } from './alerts.js';
import { Audit } from './audit.js';
import { Checklists } from './checklists.js';
import { Escalation } from './escalation.js';
import { Events } from './events.js';
import { Login } from './login.js';
import { Navigation } from './navigation.js';
import { Outbox } from './outbox.js';
import { Pictures } from './pictures.js';
import { Statistics } from './statistics.js';
import { Supervision } from './supervision.js';
import { System } from './system.js';
import { Units } from './units.js';

const READERS = ['operator', 'auditor', 'administrator'];
const EVERYBODY = [...READERS, 'fleet'];
// In the order of the navigation; place says where there is room for it: always, only on wide screens, or under "More".
const VIEWS = [
  { name: 'alerts', title: 'Alerts', shows: Alerts, roles: READERS, key: '1', place: 'always' },
  { name: 'units', title: 'Units', shows: Units, roles: EVERYBODY, key: '2', place: 'always' },
  { name: 'supervision', title: 'Supervision', shows: Supervision, roles: EVERYBODY, key: '6', place: 'wide' },
  { name: 'events', title: 'Events', shows: Events, roles: READERS, key: '3', place: 'always' },
  { name: 'pictures', title: 'Pictures', shows: Pictures, roles: READERS, key: '4', place: 'wide' },
  { name: 'system', title: 'System', shows: System, roles: EVERYBODY, key: '5', place: 'wide' },
  { name: 'escalation', title: 'Escalation', shows: Escalation, roles: READERS, key: '7', place: 'more' },
  { name: 'outbox', title: 'Outbox', shows: Outbox, roles: READERS, key: '8', place: 'more' },
  { name: 'statistics', title: 'Statistics', shows: Statistics, roles: READERS, key: '9', place: 'more' },
  { name: 'audit', title: 'Audit', shows: Audit, roles: ['auditor', 'administrator'], key: '0', place: 'more' },
  { name: 'checklists', title: 'Checklists', shows: Checklists, roles: EVERYBODY, place: 'more' },
];

export function Mark() {
  return html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="currentColor" />
    <circle cx="16" cy="16" r="3.6" fill="#fff" />
    <path d="M9.6 22.4a9 9 0 0 1 0-12.8M22.4 9.6a9 9 0 0 1 0 12.8" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" />
  </svg>`;
}

export function Shell() {
  const { who } = useStore();
  const at = usePlace();
  useTitle(at);
  if (!who) return html`<${Login} />`;
  return html`<${Room} who=${who} at=${at} />`;
}

function Room({ who, at }) {
  const [help, setHelp] = useState(false);
  const views = VIEWS.filter((view) => view.roles.includes(who.role));
  const view = views.find((v) => v.name === at.view) || views[0];
  const keys = { '?': () => setHelp(true), m: switchSound, '/': () => document.querySelector('[data-search]')?.focus() };
  views.forEach((v) => v.key && (keys[v.key] = () => go(v.name)));
  useKeys(keys);
  return html`
    <a class="skip" href="#content" onClick=${toContent}>To the content</a>
    <header class="bar">
      <a class="brand" href=${address(views[0].name)} aria-label="Identicom control room"><${Mark} /><span>Identicom</span></a>
      <${Navigation} views=${views} view=${view} at=${at} />
      <div class="bar-end">
        ${READERS.includes(who.role) && html`<${FeedState} /><${SoundSwitch} />`}
        <button type="button" class="plain help-button" onClick=${() => setHelp(true)} aria-label="Keyboard shortcuts" title="Keyboard shortcuts">?</button>
        <span class="who" title=${who.role}>${who.user}</span>
        <button type="button" class="plain" onClick=${logout}>Log out</button>
      </div>
    </header>
    <${Banners} who=${who} />
    <${Announcer} />
    <main id="content" tabindex="-1" class=${`view view-${view.name}`}>
      <${view.shows} at=${at} who=${who} />
    </main>
    ${help && html`<${Help} close=${() => setHelp(false)} />`}
  `;
}

function toContent(event) {
  event.preventDefault();
  document.getElementById('content').focus();
}

function FeedState() {
  useSeconds();
  const { feed } = store.get();
  const words = {
    live: 'Live',
    connecting: 'Connecting',
    stale: feed.heardAt ? `No feed for ${span(Date.now() - feed.heardAt)}` : 'No feed',
  };
  return html`<span class=${`feed feed-${feed.state}`} data-feed=${feed.state}><i aria-hidden="true"></i>${words[feed.state]}</span>`;
}

function SoundSwitch() {
  const { sound } = store.get();
  const on = sound.wanted && sound.running;
  return html`<button type="button" class="plain" data-sound-switch aria-pressed=${on} onClick=${switchSound}>
    ${on ? 'Sound on' : 'Sound off'}
  </button>`;
}

/** What must not be overlooked, over the full width. */
function Banners({ who }) {
  useSeconds();
  const { feed, sound } = store.get();
  const parts = feed.parts || {};
  const ringing = store.alerts().some((alert) => calls(alert, who));
  return html`<div class="banners">
    ${feed.state === 'stale' &&
    html`<div class="banner stale" role="alert" data-banner="stale">
      <strong>The feed has stopped.</strong>
      <span> What is on this page is ${feed.heardAt ? `${span(Date.now() - feed.heardAt)} old` : 'not known to be whole'}. New emergencies are not shown. Trying to reach the system.</span>
    </div>`}
    ${feed.state !== 'stale' && parts.database === 'down' &&
    html`<div class="banner" role="status"><strong>The database is away.</strong><span> Emergencies are shown from memory; they cannot be taken or closed until it is back.</span></div>`}
    ${feed.state !== 'stale' && parts.kafkaMain === 'down' && parts.kafkaPriority !== 'down' &&
    html`<div class="banner" role="status"><strong>The main cluster is away.</strong><span> Emergencies come by the priority cluster; everything else waits in the units.</span></div>`}
    ${feed.state !== 'stale' && parts.kafkaMain !== 'down' && parts.kafkaPriority === 'down' &&
    html`<div class="banner" role="status"><strong>The priority cluster is away.</strong><span> Emergencies come by the main cluster.</span></div>`}
    ${feed.state !== 'stale' && parts.kafkaMain === 'down' && parts.kafkaPriority === 'down' &&
    html`<div class="banner stale" role="alert"><strong>Both clusters are away.</strong><span> No emergency can come in. Units keep what they have and try again.</span></div>`}
    ${ringing && !(sound.wanted && sound.running) &&
    html`<div class="banner" role="status"><strong>This page is silent.</strong><span> An alert is waiting. </span><button type="button" class="button small" data-sound-switch onClick=${switchSound}>Turn sound on</button></div>`}
  </div>`;
}

/** Says new alerts to whoever listens to the page. */
function Announcer() {
  const told = useRef(new Map());
  const [words, say] = useState('');
  const open = store.alerts().filter((alert) => alert.state === 'open');
  const named = (alert) => `${alert.test ? 'Test: ' : ''}${kind(alert.kind)}: ${alert.serial ? alert.wearer || alert.serial : about(alert)}`;
  const now = open.map((alert) => `${alert.id} ${alert.rings}`).join();
  useEffect(() => {
    const fresh = open.filter((alert) => told.current.get(alert.id) !== alert.rings);
    told.current = new Map(open.map((alert) => [alert.id, alert.rings]));
    if (fresh.length) {
      const [first] = fresh;
      const more = fresh.length > 1 ? ` and ${count(fresh.length - 1, 'further alert')}` : '';
      say(`${named(first)}${more}`);
    }
  }, [now]);
  return html`<div class="unseen" role="status" aria-live="assertive" data-announced>${words}</div>`;
}

function useTitle(at) {
  const { who, feed } = useStore();
  const open = who ? store.alerts().filter((alert) => alert.state === 'open' && !alert.test) : [];
  const view = VIEWS.find((v) => v.name === at.view)?.title || 'Alerts';
  let title = `${view} – Identicom control room`;
  if (open.length) title = `(${open.length}) ${kind(open[0].kind)} – Identicom`;
  if (who && feed.state === 'stale') title = `NO FEED – ${title}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function Help({ close }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  return html`<dialog ref=${dialog} class="help" onClose=${close} aria-labelledby="help-title">
    <h2 id="help-title">Keyboard</h2>
    <dl>${LISTED.map(([key, does]) => html`<div key=${key}><dt>${key.split(/ +/).map((k) => (k === '–' ? ' – ' : html`<kbd>${k}</kbd>`))}</dt><dd>${does}</dd></div>`)}</dl>
    <form method="dialog"><button class="button">Close</button></form>
  </dialog>`;
}
