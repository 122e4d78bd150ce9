// The event log: searching it, and taking what was found along as CSV, with the same filters.
import { html, useEffect, useRef, useState } from './vendor.js';
import { file, get } from './api.js';
import { Answered, Empty, Failure, Moment, useAnswer } from './parts.js';
import { address, go } from './route.js';
import { count, eventName } from './words.js';

const PAGE = 100;
const CLASSES = ['critical', 'high', 'routine'];
const TRUSTS = ['whitelisted', 'unverified'];
const FIELDS = ['serial', 'type', 'class', 'trust', 'from', 'to'];

/** As the interface wants it: times with their zone; the rest as it was typed. */
export function filters(query) {
  const chosen = {};
  for (const name of FIELDS) if (query[name]) chosen[name] = query[name];
  if (chosen.serial) chosen.serial = chosen.serial.trim().toUpperCase();
  for (const name of ['from', 'to']) {
    if (!chosen[name]) continue;
    const time = new Date(chosen[name]);
    if (!Number.isNaN(time.getTime())) chosen[name] = time.toISOString();
  }
  return chosen;
}

export function Events({ at }) {
  const chosen = filters(at.query);
  const key = JSON.stringify(chosen);
  const first = useAnswer((signal) => get('/events', { ...chosen, limit: PAGE }, signal), key);
  return html`<div class="sheet">
    <header class="list-head"><h1>Events</h1><${Download} key=${key} chosen=${chosen} /></header>
    <${Filters} key=${`form ${key}`} query=${at.query} />
    <${Answered} answer=${first} what="events">${(page) => html`<${Found} key=${key} page=${page} chosen=${chosen} />`}<//>
  </div>`;
}

function Filters({ query }) {
  const form = useRef(null);
  const submit = (event) => {
    event.preventDefault();
    go('events', '', Object.fromEntries(new FormData(form.current)));
  };
  const select = (name, label, values) => html`<label>${label}
    <select name=${name}>
      <option value="" selected=${!query[name]}>Any</option>
      ${values.map((value) => html`<option key=${value} value=${value} selected=${query[name] === value}>${eventName(value)}</option>`)}
    </select></label>`;
  return html`<form class="filters" ref=${form} onSubmit=${submit} role="search">
    <label>Serial <input name="serial" data-search defaultValue=${query.serial || ''} maxlength="12" autocapitalize="characters" spellcheck=${false} placeholder="Any" /></label>
    <label>Type code <input name="type" defaultValue=${query.type || ''} maxlength="2" pattern="[0-9a-fA-F]{2}" title="Two hexadecimal digits, such as 3b" placeholder="Any" class="narrow" /></label>
    ${select('class', 'Class', CLASSES)} ${select('trust', 'Trust', TRUSTS)}
    <label>From <input type="datetime-local" step="1" name="from" defaultValue=${query.from || ''} /></label>
    <label>Before <input type="datetime-local" step="1" name="to" defaultValue=${query.to || ''} /></label>
    <div class="filter-buttons"><button class="button primary">Search</button>
    ${Object.keys(query).length > 0 && html`<a class="button" href=${address('events')}>Clear</a>`}</div>
  </form>`;
}

function Download({ chosen }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  async function download() {
    setBusy(true);
    setError(null);
    try {
      const content = await file('/events', chosen, 'text/csv');
      const link = document.createElement('a');
      link.href = URL.createObjectURL(content);
      link.download = `events-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }
  return html`<div class="download"><button type="button" class="button" disabled=${busy} onClick=${download}>${busy ? 'Collecting' : 'Download as CSV'}</button>
    <${Failure} error=${error} /></div>`;
}

function Found({ page, chosen }) {
  const [pages, setPages] = useState([page]);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => setPages([page]), [page]);
  const items = pages.flatMap((p) => p.items);
  const { next } = pages[pages.length - 1];
  async function more() {
    setBusy(true);
    setError(null);
    try {
      const further = await get('/events', { ...chosen, limit: PAGE, cursor: next });
      setPages((was) => [...was, further]);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }
  if (!items.length) return html`<${Empty} title="No event is like that">Fewer filters find more.<//>`;
  return html`
    <p class="found" role="status">${next ? `The newest ${items.length}` : count(items.length, 'event')}, last stored first</p>
    <div class="table-frame" tabindex="0" role="region" aria-label="Events"><table class="table" data-events=${items.length}>
      <thead><tr><th>Event</th><th>Serial</th><th>Time</th><th class="aside">Class</th><th class="aside number">Log / entry</th><th class="aside">Position</th><th class="aside number">Battery</th><th class="aside number">Signal</th><th class="aside">Station</th></tr></thead>
      <tbody>${items.map((event) => html`<${EventRow} key=${`${event.serial} ${event.log} ${event.sequence} ${event.type} ${event.time}`} event=${event} />`)}</tbody>
    </table></div>
    <${Failure} error=${error} again=${more} />
    ${next && html`<p class="list-end"><button type="button" class="button" disabled=${busy} onClick=${more}>${busy ? 'Loading' : 'Show more'}</button></p>`}
  `;
}

function EventRow({ event }) {
  const { position } = event;
  return html`<tr>
    <th scope="row"><span class=${event.class === 'critical' ? 'strong' : ''}>${eventName(event.name)}</span> <code class="quiet">${event.type}</code></th>
    <td><a class="serial" href=${address('units', event.serial)}>${event.serial}</a></td>
    <td>${event.clockSet ? html`<${Moment} at=${event.time} />` : html`<${Moment} at=${null} />`}${event.late ? html` <span class="mark-word">Late</span>` : ''}</td>
    <td class="aside">${eventName(event.class)}${event.trust === 'whitelisted' ? '' : html` <span class="mark-word">${eventName(event.trust)}</span>`}</td>
    <td class="aside number figures">${event.log} / ${event.sequence}</td>
    <td class="aside figures">${position ? `${position.lat.toFixed(5)}, ${position.lon.toFixed(5)}` : html`<span class="quiet">–</span>`}</td>
    <td class="aside number">${event.battery === null ? '–' : `${event.battery} %`}</td>
    <td class="aside number">${event.signal === null ? '–' : `${event.signal} dBm`}</td>
    <td class="aside">${event.station}</td>
  </tr>`;
}
