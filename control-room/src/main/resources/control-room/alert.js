// One alert: what is known of it, and what can be done about it.
import { html, useEffect, useRef, useState } from './vendor.js';
import { get, post } from './api.js';
import { Marks } from './alerts.js';
import { useKeys } from './keys.js';
import { PositionMap } from './map.js';
import { Ago, Empty, Fact, Failure, Loading, Moment, useAnswer } from './parts.js';
import { Strip } from './pictures.js';
import { address } from './route.js';
import { calls } from './sound.js';
import { store } from './store.js';
import { clock, count, deed, eventName, kind, outcome, position, span } from './words.js';

const MAY_ACT = ['operator', 'administrator'];
const drafts = new Map(); // what was typed and not sent, by alert: a lost login loses no text
const MOST_DRAFTS = 20;

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
  return html`<article class="alert" data-state=${alert.state}>
    <${Head} alert=${alert} who=${who} query=${query} />
    <div class="alert-body">
      <${Doubt} alert=${alert} />
      <div class="alert-top">
        <${Where} alert=${alert} />
        <${Facts} alert=${alert} unit=${unit.value} />
      </div>
      ${alert.serial && html`<section class="block"><h2>Pictures of this unit</h2><${Strip} serial=${alert.serial} /></section>`}
      <div class="alert-bottom">
        <${EventList} alert=${alert} />
        <${Story} alert=${alert} />
      </div>
    </div>
  </article>`;
}

function Head({ alert, who, query }) {
  const loud = alert.state === 'open' && alert.class === 'critical';
  return html`<header class=${loud ? 'alert-head loud' : 'alert-head'}>
    <a class="back" href=${address('alerts', '', query)}>All alerts</a>
    <div class="alert-title">
      <h1>${kind(alert.kind)}</h1>
      <p><strong>${alert.wearer || (alert.flood ? count(alert.flood.serials.length + alert.flood.more, 'unit') : 'Wearer not known')}</strong>
        ${alert.serial && html` <span class="serial">${alert.serial}</span>`}</p>
      <p class="alert-state"><${StateLine} alert=${alert} /></p>
      <${Marks} alert=${alert} />
    </div>
    ${alert.state !== 'closed' && MAY_ACT.includes(who.role) && html`<${Deeds} alert=${alert} who=${who} />`}
  </header>`;
}

function StateLine({ alert }) {
  if (alert.state === 'open') return html`Open, raised <${Ago} at=${alert.raisedAt} />`;
  const last = (what) => [...alert.history].reverse().find((entry) => entry.what === what);
  if (alert.state === 'acknowledged') {
    return html`Taken by ${alert.acknowledgedBy} <${Ago} at=${last('acknowledged')?.at || alert.raisedAt} />${alert.reopensAt && html`. It rang again; take it again before ${clock(alert.reopensAt)}`}`;
  }
  const closing = last('closed');
  return html`Closed as ${outcome(alert.outcome).toLowerCase()}${closing && html` by ${closing.who} <${Ago} at=${closing.at} />`}`;
}

function Deeds({ alert, who }) {
  const [form, setForm] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);

  async function act(path, body, then) {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      store.put(await post(`/alerts/${alert.id}/${path}`, body));
      then?.();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }
  const takes = calls(alert, who) || alert.state === 'open';
  const take = () => takes && act('acknowledge', {});
  const open = (which) => setForm((was) => (was === which ? '' : which));
  useKeys({ a: take, n: () => open('note'), c: () => open('close'), ...(form ? { Escape: () => setForm('') } : {}) });

  return html`<div class="deeds">
    <div class="deed-buttons">
      ${takes && html`<button type="button" class="button primary take" disabled=${busy} onClick=${take} aria-keyshortcuts="a">${alert.state === 'open' ? 'Take this alert' : 'Take it again'}</button>`}
      <button type="button" class="button" aria-expanded=${form === 'note'} onClick=${() => open('note')} aria-keyshortcuts="n">Note</button>
      <button type="button" class="button" aria-expanded=${form === 'close'} onClick=${() => open('close')} aria-keyshortcuts="c">Close</button>
    </div>
    ${error && html`<p class="form-error" role="alert">${error.message}${error.body?.acknowledgedBy && !error.message.includes(error.body.acknowledgedBy) ? ` (${error.body.acknowledgedBy})` : ''}</p>`}
    ${form === 'note' && html`<${NoteForm} alert=${alert} busy=${busy} send=${(text) => act('notes', { text }, () => setForm(''))} />`}
    ${form === 'close' && html`<${CloseForm} alert=${alert} busy=${busy} send=${(body) => act('close', body, () => setForm(''))} />`}
  </div>`;
}

function useDraft(id) {
  const [text, set] = useState(drafts.get(id) || '');
  const keep = (value) => {
    set(value);
    drafts.delete(id);
    if (value) drafts.set(id, value);
    if (drafts.size > MOST_DRAFTS) drafts.delete(drafts.keys().next().value);
  };
  return [text, keep];
}

function NoteForm({ alert, busy, send }) {
  const [text, keep] = useDraft(alert.id);
  const field = useRef(null);
  useEffect(() => field.current.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    await send(text);
    if (store.alert(alert.id)?.history.some((entry) => entry.what === 'note' && entry.detail === text.trim())) keep('');
  };
  return html`<form class="deed-form" onSubmit=${submit}>
    <label>Note <textarea ref=${field} name="text" rows="2" maxlength="4000" required value=${text} onInput=${(e) => keep(e.target.value)}></textarea></label>
    <button class="button primary" disabled=${busy}>Add note</button>
  </form>`;
}

function CloseForm({ alert, busy, send }) {
  const [text, keep] = useDraft(alert.id);
  const [chosen, choose] = useState('');
  const first = useRef(null);
  useEffect(() => first.current.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    await send({ outcome: chosen, note: text || null });
    if (store.alert(alert.id)?.state === 'closed') keep('');
  };
  return html`<form class="deed-form" onSubmit=${submit}>
    <fieldset>
      <legend>How did it end?</legend>
      ${['genuine', 'false-alarm', 'test'].map(
        (name, i) => html`<label key=${name} class="choice-label"><input ref=${i ? null : first} type="radio" name="outcome" value=${name} required checked=${chosen === name} onChange=${() => choose(name)} /> ${outcome(name)}</label>`,
      )}
    </fieldset>
    <label><span>Note (optional)</span><textarea name="note" rows="2" maxlength="4000" value=${text} onInput=${(e) => keep(e.target.value)}></textarea></label>
    <button class="button primary" disabled=${busy}>Close this alert</button>
  </form>`;
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
    points.push({ ...alert.position, id: 'now', label: alert.wearer || alert.serial || kind(alert.kind), tone: alert.class === 'critical' && alert.state === 'open' ? 'critical' : 'known' });
  }
  if (!points.length) return html`<div class="map map-none"><${Empty} title="No position">The unit had no fix when it called.<//></div>`;
  return html`<${PositionMap} points=${points} trail=${true} label="Where the unit was" />`;
}

function Facts({ alert, unit }) {
  const newest = alert.events[0];
  const way = alert.journey.unitTime ? Date.parse(alert.journey.raisedAt) - Date.parse(alert.journey.unitTime) : null;
  return html`<dl class="facts">
    <${Fact} term="Happened"><${Moment} at=${alert.eventTime} /><//>
    ${unit?.phone && html`<${Fact} term="Phone"><a href=${`tel:${unit.phone.replace(/[^+\d]/g, '')}`}>${unit.phone}</a><//>`}
    ${unit?.site && html`<${Fact} term="Site">${unit.site}<//>`}
    <${Fact} term="Position">${alert.position ? html`<span class="figures">${position(alert.position)}</span> <span class="quiet"><${Ago} at=${alert.position.at} /></span>` : 'Not known'}<//>
    ${alert.serial && html`<${Fact} term="Unit"><a href=${address('units', alert.serial)} class="serial">${alert.serial}</a>${unit && (unit.connected ? ', connected now' : html`, last seen <${Ago} at=${unit.lastSeen} />`)}<//>`}
    ${newest && html`<${Fact} term="Battery and signal">${newest.battery ?? '–'} %, ${newest.signal ?? '–'} dBm<//>`}
    <${Fact} term="Raised"><${Moment} at=${alert.raisedAt} />${way !== null && way >= 0 && html`<span class="quiet">, ${span(way)} after it happened</span>`}<//>
    <${Fact} term="Reference">${alert.reference || 'None until it is stored'}<//>
    ${alert.flood && html`<${Fact} term="Serials" wide>${alert.flood.serials.slice(0, 60).join(', ')}${alert.flood.serials.length > 60 || alert.flood.more ? ` and ${count(alert.flood.serials.length + alert.flood.more - Math.min(60, alert.flood.serials.length), 'more', 'more')}` : ''}<//>`}
  </dl>`;
}

function EventList({ alert }) {
  return html`<section class="block"><h2>${count(alert.eventCount, 'event')}${alert.eventCount > alert.events.length ? `, the newest ${alert.events.length}` : ''}</h2>
    <ol class="story">${alert.events.map(
      (event) => html`<li key=${`${event.serial} ${event.log} ${event.sequence}`}><span class="story-what">${eventName(event.name)}</span>
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
