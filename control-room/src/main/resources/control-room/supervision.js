// Whether silence is noticed: up to when everything was heard, which units are overdue, never seen, switched off or on test.
import { html, useState } from './vendor.js';
import { get, put, remove } from './api.js';
import { Ago, Answered, Empty, Failure, Moment, More, Switch, Table, useAnswer, useDeed, usePages, useSeconds } from './parts.js';
import { address } from './route.js';
import { store } from './store.js';
import { counter, plain, span, supervised } from './words.js';

const REFRESH_MS = 5_000;
const PAGE = 200;
const LAG_SAID_S = 10;
const LISTS = [['', 'Overdue'], ['never-seen', 'Never seen'], ['off', 'Switched off'], ['on-test', 'On test'], ['all', 'All']];
const UNIT_STATES = { on: 'Is on', pending: 'Is switching off', off: 'Is off' };
const MAY_TEST = ['operator', 'fleet', 'administrator'];

export function Supervision({ at, who }) {
  const lists = LISTS.filter(([name]) => name !== 'on-test' || MAY_TEST.includes(who.role));
  const [shown] = lists.find(([name]) => name === (at.query.show || '')) || lists[0];
  const summary = useAnswer((signal) => get('/supervision/summary', {}, signal), 'summary', REFRESH_MS);
  return html`<div class="sheet">
    <header class="list-head"><h1>Supervision</h1></header>
    <${Answered} answer=${summary} what="how silence is watched">${(value) => html`<${Summary} value=${value} />`}<//>
    <div class="filters spaced"><${Switch} label="Which units" options=${lists} chosen=${shown} to=${(name) => address('supervision', '', { show: name })} /></div>
    ${shown === 'on-test' ? html`<${Tests} serial=${at.query.serial || ''} />` : html`<${List} key=${shown} state=${shown || 'overdue'} />`}
  </div>`;
}

function Summary({ value }) {
  const { watermark, lagSeconds, blind, supervised: all, overdue, neverSeen, off, paused } = value;
  const behind = lagSeconds === null || lagSeconds === undefined || lagSeconds > LAG_SAID_S;
  return html`
    ${blind?.length > 0 && html`<p class="doubt loud-words" role="alert" data-blind=${blind.length}><strong>Blind: ${blind.join(', ')}.</strong> ${blind.length === 1 ? 'This station is' : 'These stations are'} not heard. Units that call there are not known to have called.</p>`}
    ${paused && html`<p class="doubt loud-words" role="alert" data-paused><strong>Supervision is paused.</strong> ${typeof paused === 'string' ? paused : 'A clock jumped, or records are read late: deadlines are judged again as soon as all of it is known.'}</p>`}
    <div class="cards">
      <section class=${behind ? 'part part-down' : 'part'} data-part="watermark"><h2>Everything was heard up to</h2>
        <p>${watermark ? html`<${Moment} at=${watermark} />` : 'Not known'}</p>
        <p class="quiet">${lagSeconds === null || lagSeconds === undefined ? 'No station has told yet' : `${span(lagSeconds * 1_000)} behind`}. No deadline later than that fires.</p></section>
      <${Figure} name="Supervised" value=${all} /><${Figure} name="Overdue" value=${overdue} /><${Figure} name="Never seen" value=${neverSeen} /><${Figure} name="Switched off" value=${off} />
    </div>`;
}

function Figure({ name, value }) {
  return html`<section class="part" data-figure=${name}><h2>${name}</h2><p class="figures">${value === null || value === undefined ? '–' : value.toLocaleString('en-GB')}</p></section>`;
}

function List({ state }) {
  const pages = usePages((cursor, signal) => get('/supervision', { state, limit: PAGE, cursor }, signal), state, REFRESH_MS);
  return html`<${Answered} answer=${pages.answer} what="units">${() =>
    pages.items.length
      ? html`<${Table} label="Units" data=${pages.items.length} head=${[['Serial'], ['Wearer'], ['Site', 'aside'], ['State'], ['Last heard'], ['Due', 'aside'], ['Unit says', 'aside']]}>
          ${pages.items.map((unit) => html`<${Row} key=${unit.serial} unit=${unit} />`)}<//>
          <${More} pages=${pages} one="unit" />`
      : html`<${Empty} title="No unit is like that">${state === 'overdue' ? 'Every supervised unit has called in time.' : ''}<//>`}<//>`;
}

function Row({ unit }) {
  return html`<tr data-serial=${unit.serial} data-state=${unit.state}>
    <th scope="row"><a class="serial" href=${address('units', unit.serial)}>${unit.serial}</a></th>
    <td>${unit.wearer || html`<span class="quiet">–</span>`}</td>
    <td class="aside">${unit.site || html`<span class="quiet">–</span>`}</td>
    <td>${unit.overdueSince ? html`<span class="state overdue">Overdue <${Since} at=${unit.overdueSince} /></span>` : supervised(unit.state)}</td>
    <td><${Ago} at=${unit.lastHeardAt} /></td>
    <td class="aside">${unit.dueAt ? html`<${Ago} at=${unit.dueAt} />` : html`<span class="quiet">no deadline</span>`}</td>
    <td class="aside">${unit.unitState ? UNIT_STATES[unit.unitState] || plain(unit.unitState) : html`<span class="quiet">–</span>`}</td>
  </tr>`;
}

function Since({ at }) {
  useSeconds();
  return html`<time class="figures" datetime=${at} title=${`since ${at}`}>${counter(store.now() - Date.parse(at))}</time>`;
}

function Tests({ serial }) {
  const answer = useAnswer((signal) => get('/tests', { limit: 1000 }, signal), 'tests', REFRESH_MS);
  const [act, busy, error] = useDeed();
  const path = (unit) => `/tests/${encodeURIComponent(unit)}`;
  const start = (unit, minutes, then) => act(() => put(path(unit), { minutes }), () => {
    answer.again();
    then();
  });
  return html`<${TestForm} serial=${serial} busy=${busy} start=${start} />
    <div class="block-frame"><${Failure} error=${error} /></div>
    <${Answered} answer=${answer} what="tests">${({ items }) =>
      items.length
        ? html`<${Table} label="Units on test" data=${items.length} head=${[['Serial'], ['Until'], ['Set by'], ['End it']]}>
            ${items.map((test) => html`<tr key=${test.serial} data-serial=${test.serial}><th scope="row"><a class="serial" href=${address('units', test.serial)}>${test.serial}</a></th>
              <td><${Until} at=${test.until} /></td><td>${test.setBy}</td>
              <td><button type="button" class="button small" disabled=${busy} onClick=${() => act(() => remove(path(test.serial)), answer.again)}>End the test of ${test.serial}</button></td></tr>`)}<//>`
        : html`<${Empty} title="No unit is on test">Every alert is live.<//>`}<//>`;
}

function TestForm({ serial, busy, start }) {
  const [unit, setUnit] = useState(serial);
  const [minutes, setMinutes] = useState(30);
  const submit = (event) => {
    event.preventDefault();
    start(unit.trim().toUpperCase(), Number(minutes), () => setUnit(''));
  };
  return html`<form class="filters" onSubmit=${submit} aria-label="Put a unit on test">
    <label>Serial <input name="serial" data-search required maxlength="12" autocapitalize="characters" spellcheck=${false} value=${unit} onInput=${(e) => setUnit(e.target.value)} /></label>
    <label>Minutes (1–120) <input name="minutes" type="number" min="1" max="120" required value=${minutes} onInput=${(e) => setMinutes(e.target.value)} /></label>
    <div class="filter-buttons"><button class="button primary" disabled=${busy}>Put on test</button></div>
    <p class="filter-note quiet">While it is on test, its alerts are marked, tell nobody outside this page and are not counted.</p>
  </form>`;
}

function Until({ at }) {
  useSeconds();
  const left = Date.parse(at) - store.now();
  return html`<${Moment} at=${at} /> <span class="quiet figures">${left > 0 ? counter(left) : 'ending'}</span>`;
}
