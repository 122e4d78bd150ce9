// One alert: what is known of it, and what can be done about it.
import { html } from './vendor.js';
import { get } from './api.js';
import { Marks } from './alerts.js';
import { Checklist } from './checklist.js';
import { Deeds } from './deeds.js';
import { Journey } from './journey.js';
import { PositionMap } from './map.js';
import { Ago, Empty, Fact, Failure, Loading, Moment, useAnswer, useSeconds } from './parts.js';
import { Strip } from './pictures.js';
import { address } from './route.js';
import { useShown } from './shown.js';
import { store } from './store.js';
import { about, clock, count, counter, deed, eventName, kind, outcome, position, span } from './words.js';

const MAY_ACT = ['operator', 'administrator'];
const MAN_DOWN_CLEARED = '3c';
const NAMED_AT_ONCE = 60;

export function Alert({ id, who, query }) {
  const known = store.alert(id);
  const answer = useAnswer((signal) => get(`/alerts/${encodeURIComponent(id)}`, {}, signal), known ? null : id);
  const alert = known || answer.value;
  const unit = useAnswer((signal) => get(`/units/${encodeURIComponent(alert.serial)}`, {}, signal), alert?.serial && alert.trust !== 'unregistered' ? alert.serial : null);
  if (!alert) {
    return answer.error
      ? html`<${Failure} error=${answer.error} again=${answer.again} />`
      : html`<${Loading} what="the alert" />`;
  }
  const may = alert.state !== 'closed' && MAY_ACT.includes(who.role);
  return html`<article class=${alert.test ? 'alert on-test' : 'alert'} data-state=${alert.state} data-test=${Boolean(alert.test)}>
    ${alert.test && html`<${Watermark} alert=${alert} />`}
    <${Head} alert=${alert} who=${who} query=${query} may=${may} />
    <div class="alert-body">
      <${Doubt} alert=${alert} />
      <div class="alert-top">
        <${Where} alert=${alert} />
        <${Facts} alert=${alert} unit=${unit.value} />
      </div>
      <${Checklist} alert=${alert} may=${may} />
      <${Units} alert=${alert} />
      <${Journey} alert=${alert} />
      ${alert.serial && html`<section class="block"><h2>Pictures of this unit</h2><${Strip} serial=${alert.serial} /></section>`}
      <div class="alert-bottom">
        <${EventList} alert=${alert} />
        <${Story} alert=${alert} />
      </div>
    </div>
  </article>`;
}

/** A test must not be taken for an emergency, nor an emergency for a test. */
function Watermark({ alert }) {
  useSeconds();
  const left = alert.testUntil ? Date.parse(alert.testUntil) - store.now() : 0;
  const critical = alert.class === 'critical' && alert.state === 'open';
  return html`<div class="watermark" data-watermark role="note"><strong>TEST</strong>
    <span>This unit is on test${alert.testUntil ? html` until ${clock(alert.testUntil)}${left > 0 ? ` (${counter(left)})` : ''}` : ''}. Nobody outside this page is told.${critical && alert.testUntil ? ' It becomes live then, unless somebody takes it.' : ''}</span></div>`;
}

function Head({ alert, who, query, may }) {
  const loud = alert.state === 'open' && alert.class === 'critical' && !alert.test;
  const element = useShown();
  return html`<header ref=${element} data-alert=${alert.id} class=${loud ? 'alert-head loud' : 'alert-head'}>
    <a class="back" href=${address('alerts', '', query)}>All alerts</a>
    <div class="alert-title">
      <h1>${kind(alert.kind)}</h1>
      <p><strong>${about(alert)}</strong>
        ${alert.serial && html` <span class="serial">${alert.serial}</span>`}</p>
      <p class="alert-state"><${StateLine} alert=${alert} /></p>
      <${Marks} alert=${alert} />
    </div>
    ${may && html`<${Deeds} alert=${alert} who=${who} />`}
  </header>`;
}

function StateLine({ alert }) {
  if (alert.state === 'open') return html`Open, nobody has it: <${Waiting} alert=${alert} />`;
  const last = (what) => [...alert.history].reverse().find((entry) => entry.what === what);
  if (alert.state === 'acknowledged') {
    return html`Taken by ${alert.acknowledgedBy} <${Ago} at=${last('acknowledged')?.at || alert.raisedAt} />${alert.reopensAt && html`. It rang again; take it again before ${clock(alert.reopensAt)}`}<${Attend} alert=${alert} />`;
  }
  const closing = last('closed');
  return html`Closed as ${outcome(alert.outcome).toLowerCase()}${closing && html` by ${closing.who} <${Ago} at=${closing.at} />`}`;
}

/** Since when nobody has an open alert, counting. */
export function Waiting({ alert }) {
  useSeconds();
  const reopened = [...alert.history].reverse().find((entry) => entry.what === 'reopened');
  const since = reopened?.at || alert.raisedAt;
  return html`<time class="figures waiting-for" datetime=${since} title=${`since ${since}`}>${counter(store.now() - Date.parse(since))}</time>`;
}

/** An alert that somebody has and does nothing about goes back to the queue. */
function Attend({ alert }) {
  useSeconds();
  if (!alert.attendBy) return null;
  const left = Date.parse(alert.attendBy) - store.now();
  return left > 0
    ? html`<span class="attend" data-attend="due">. Next step within <span class="figures">${counter(left)}</span></span>`
    : html`<strong class="attend" data-attend="late">. Do a step now, or it goes back to the queue</strong>`;
}

function Doubt({ alert }) {
  const words = {
    unregistered: 'This serial is not on the whitelist. Somebody may need help all the same: treat it as real until you know better.',
    unverified: 'Whether this unit is on the whitelist could not be checked when it called.',
  };
  if (!words[alert.trust]) return null;
  return html`<p class="doubt">${words[alert.trust]}</p>`;
}

function Where({ alert }) {
  const seen = alert.events.filter((event) => event.position).reverse();
  const points = seen.map((event) => ({ ...event.position, id: `${event.log} ${event.sequence}`, label: eventName(event.name), tone: 'past' }));
  if (alert.position) {
    points.push({ ...alert.position, id: 'now', label: alert.wearer || alert.serial || kind(alert.kind), tone: alert.class === 'critical' && alert.state === 'open' && !alert.test ? 'critical' : 'known' });
  }
  if (!points.length && !alert.serial) return null;
  if (!points.length) return html`<div class="map map-none"><${Empty} title="No position">The unit had no fix when it called.<//></div>`;
  return html`<${PositionMap} points=${points} trail=${true} label="Where the unit was" />`;
}

function Facts({ alert, unit }) {
  const newest = alert.events[0];
  const way = alert.journey.unitTime ? Date.parse(alert.raisedAt) - Date.parse(alert.journey.unitTime) : null;
  return html`<dl class="facts">
    ${(alert.serial || alert.eventTime) && html`<${Fact} term="Happened"><${Moment} at=${alert.eventTime} /><//>`}
    ${alert.subject && html`<${Fact} term="About">${alert.subject}<//>`}
    ${unit?.phone && html`<${Fact} term="Phone"><a href=${`tel:${unit.phone.replace(/[^+\d]/g, '')}`}>${unit.phone}</a><//>`}
    ${unit?.site && html`<${Fact} term="Site">${unit.site}<//>`}
    ${(alert.serial || alert.position) && html`<${Fact} term="Position">${alert.position ? html`<span class="figures">${position(alert.position)}</span> <span class="quiet"><${Ago} at=${alert.position.at} /></span>` : 'Not known'}<//>`}
    ${alert.serial && html`<${Fact} term="Unit"><a href=${address('units', alert.serial)} class="serial">${alert.serial}</a>${unit && (unit.connected ? ', connected now' : html`, last seen <${Ago} at=${unit.lastSeen} />`)}<//>`}
    ${newest && html`<${Fact} term="Battery and signal">${newest.battery ?? '–'} %, ${newest.signal ?? '–'} dBm<//>`}
    <${Fact} term="Raised"><${Moment} at=${alert.raisedAt} />${way !== null && way >= 0 && html`<span class="quiet">, ${span(way)} after it happened</span>`}<//>
    ${alert.journey.acknowledgedAt && html`<${Fact} term="First taken"><${Moment} at=${alert.journey.acknowledgedAt} /><//>`}
    <${Fact} term="Reference">${alert.reference || 'None until it is stored'}<//>
    ${alert.stored && html`<${Fact} term="Who was told"><a href=${address('outbox', '', { alert: alert.id })}>Its messages</a><//>`}
  </dl>`;
}

/** The units of a mass loss or a flood. */
function Units({ alert }) {
  if (!alert.flood) return null;
  const { serials, more } = alert.flood;
  const named = (some) => html`<ul class="serials">${some.map((serial) => html`<li key=${serial}><a class="serial" href=${address('units', serial)}>${serial}</a></li>`)}</ul>`;
  return html`<section class="block" aria-label="Units" data-named=${serials.length} data-more=${more}>
    <h2>${count(serials.length + more, 'unit')}</h2>
    ${named(serials.slice(0, NAMED_AT_ONCE))}
    ${serials.length > NAMED_AT_ONCE && html`<details><summary>${count(serials.length - NAMED_AT_ONCE, 'more', 'more')} by name</summary>${named(serials.slice(NAMED_AT_ONCE))}</details>`}
    ${more > 0 && html`<p>and ${count(more, 'more unit')}, not named here.</p>`}
  </section>`;
}

function EventList({ alert }) {
  if (!alert.eventCount && !alert.events.length) return null;
  return html`<section class="block"><h2>${count(alert.eventCount, 'event')}${alert.eventCount > alert.events.length ? `, the newest ${alert.events.length}` : ''}</h2>
    <ol class="story">${alert.events.map(
      (event) => html`<li key=${`${event.serial} ${event.log} ${event.sequence}`}><span class="story-what">${eventName(event.name)}</span>
        ${event.type === MAN_DOWN_CLEARED && html`<span class="story-note">The unit says that it is no longer down. That closes nothing: a person does.</span>`}
        <span class="story-when"><${Moment} at=${event.time || event.receivedAt} /></span>
        <span class="quiet">${event.serial !== alert.serial ? `${event.serial}, ` : ''}log ${event.log}, entry ${event.sequence}, by ${event.station}${event.late ? ', late' : ''}</span></li>`,
    )}</ol>
    ${alert.serial && html`<p><a href=${address('events', '', { serial: alert.serial })}>All events of this unit</a></p>`}
  </section>`;
}

function Story({ alert }) {
  return html`<section class="block"><h2>What was done</h2>
    ${alert.history.length
      ? html`<ol class="story">${[...alert.history].reverse().map(
          (entry, i) => html`<li key=${alert.history.length - i}><span class="story-what">${deed(entry.what)}${entry.who ? html` <span class="story-who">by ${entry.who}</span>` : ''}</span>
            <span class="story-when"><${Moment} at=${entry.at} /></span>
            ${entry.detail && html`<span class="story-detail">${entry.detail}</span>`}</li>`,
        )}</ol>`
      : html`<p class="quiet">Nothing yet.</p>`}
  </section>`;
}
