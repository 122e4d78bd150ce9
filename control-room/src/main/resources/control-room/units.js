// The units: who carries them, whether they call, where they are.
import { html, useMemo, useState } from './vendor.js';
import { get } from './api.js';
import { Commands } from './commands.js';
import { useKeys } from './keys.js';
import { PositionMap } from './map.js';
import { Ago, Answered, Empty, Fact, Loading, Failure, Moment, useAnswer, useSeconds } from './parts.js';
import { Strip } from './pictures.js';
import { address, go } from './route.js';
import { count, kind, position, span, stateOf } from './words.js';

const REFRESH_MS = 15_000;
const MOST = 10_000;
const AT_ONCE = 200;
const MAY_TEST = ['operator', 'fleet', 'administrator'];

async function allUnits(signal) {
  const items = [];
  let cursor = '';
  do {
    const page = await get('/units', { limit: 1000, cursor }, signal);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < MOST);
  return { items, more: Boolean(cursor) };
}

const overdueMs = (unit) =>
  unit.state === 'commissioned' && unit.dueAt ? Date.now() - Date.parse(unit.dueAt) - unit.graceMinutes * 60_000 : -1;

const FILTERS = [
  ['', 'All', () => true],
  ['connected', 'Connected', (unit) => unit.connected],
  ['overdue', 'Overdue', (unit) => !unit.connected && overdueMs(unit) > 0],
  ['never', 'Never seen', (unit) => unit.state === 'commissioned' && !unit.lastSeen],
  ['decommissioned', 'Out of use', (unit) => unit.state === 'decommissioned'],
];

export function Units({ at, who }) {
  const answer = useAnswer(allUnits, 'units', REFRESH_MS);
  useKeys({ Escape: () => at.id && go('units', '', at.query) });
  return html`<div class=${at.id ? 'split has-choice' : 'split wide-list'}>
    <section class="list" aria-label="Units">
      <header class="list-head"><h1>Units</h1></header>
      <${Answered} answer=${answer} what="units">${(value) => html`<${UnitList} units=${value.items} more=${value.more} at=${at} />`}<//>
    </section>
    ${at.id && html`<section class="choice" aria-label="The unit"><${Unit} key=${at.id} serial=${at.id} who=${who} query=${at.query} /></section>`}
  </div>`;
}

function UnitList({ units, more, at }) {
  const [shown, show] = useState(AT_ONCE);
  const [text, setText] = useState(at.query.find || '');
  const chosen = FILTERS.find(([name]) => name === (at.query.show || '')) || FILTERS[0];
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return units.filter((unit) => {
      const all = `${unit.serial} ${unit.wearer} ${unit.site}`.toLowerCase();
      return chosen[2](unit) && words.every((word) => all.includes(word));
    });
  }, [units, text, chosen]);
  if (!units.length) return html`<${Empty} title="No units yet">Commission them with <code>./identicom units import FILE.csv</code>.<//>`;
  return html`
    <div class="filters">
      <label class="grow">Find <input type="search" data-search value=${text} placeholder="Serial, wearer or site" onInput=${(e) => setText(e.target.value)} /></label>
      <div class="switch" role="group" aria-label="Which units">
        ${FILTERS.map(([name, title]) => html`<a key=${name} href=${address('units', at.id, { ...at.query, show: name })} aria-current=${name === chosen[0] ? 'true' : null}>${title}</a>`)}
      </div>
    </div>
    <p class="found" role="status">${count(found.length, 'unit')}${more ? `, of the first ${MOST}` : ''}</p>
    ${found.length
      ? html`<div class="table-frame" tabindex="0" role="region" aria-label="Units, as a table"><table class=${at.id ? 'table short' : 'table'}>
          <thead><tr><th>Serial</th><th>Wearer</th><th class="aside">Site</th><th>State</th><th>Last seen</th><th class="aside number">Battery</th><th class="aside">Software</th></tr></thead>
          <tbody>${found.slice(0, shown).map((unit) => html`<${UnitRow} key=${unit.serial} unit=${unit} chosen=${unit.serial === at.id} query=${at.query} />`)}</tbody>
        </table></div>`
      : html`<${Empty} title="No unit is like that">Other words, or another choice, may find it.<//>`}
    ${found.length > shown && html`<p class="list-end"><button type="button" class="button" onClick=${() => show(shown + AT_ONCE)}>Show more</button></p>`}
  `;
}

function UnitRow({ unit, chosen, query }) {
  return html`<tr class=${chosen ? 'chosen' : ''} data-serial=${unit.serial}>
    <th scope="row"><a class="serial" href=${address('units', unit.serial, query)} aria-current=${chosen ? 'true' : null}>${unit.serial}</a></th>
    <td>${unit.wearer || html`<span class="quiet">–</span>`}</td>
    <td class="aside">${unit.site || html`<span class="quiet">–</span>`}</td>
    <td><${UnitState} unit=${unit} /></td>
    <td><${Ago} at=${unit.lastSeen} /></td>
    <td class="aside number">${unit.battery === null ? '–' : `${unit.battery} %`}</td>
    <td class="aside">${unit.softwareVersion || '–'}</td>
  </tr>`;
}

function UnitState({ unit }) {
  if (unit.state === 'decommissioned') return html`<span class="quiet">Out of use</span>`;
  if (unit.connected) return html`<span class="state connected">Connected</span>`;
  if (!unit.lastSeen) return html`<span class="quiet">Never seen</span>`;
  const late = overdueMs(unit);
  return late > 0 ? html`<span class="state overdue">Overdue ${span(late)}</span>` : html`<span class="state">In time</span>`;
}

function Unit({ serial, who, query }) {
  useSeconds();
  const answer = useAnswer((signal) => get(`/units/${encodeURIComponent(serial)}`, {}, signal), serial, REFRESH_MS);
  const reads = who.role !== 'fleet';
  const alerts = useAnswer((signal) => get('/alerts', { serial, limit: 10 }, signal), reads ? serial : null, REFRESH_MS);
  const unit = answer.value;
  if (!unit) return answer.error ? html`<${Failure} error=${answer.error} again=${answer.again} />` : html`<${Loading} what="the unit" />`;
  return html`<article class="alert">
    <header class="alert-head">
      <a class="back" href=${address('units', '', query)}>All units</a>
      <div class="alert-title"><h1>${unit.wearer || 'Wearer not known'}</h1>
        <p><span class="serial">${unit.serial}</span> <${UnitState} unit=${unit} /></p></div>
      ${MAY_TEST.includes(who.role) && html`<a class="button" href=${address('supervision', '', { show: 'on-test', serial })}>Put on test</a>`}
    </header>
    <div class="alert-body">
      <${Failure} error=${answer.error} again=${answer.again} />
      <div class="alert-top">
        ${unit.position
          ? html`<${PositionMap} points=${[{ ...unit.position, label: unit.wearer || unit.serial, at: unit.positionAt, id: unit.serial }]} label="Where the unit was" />`
          : html`<div class="map map-none"><${Empty} title="No position">It has not told one yet.<//></div>`}
        <dl class="facts">
          <${Fact} term="Last seen"><${Moment} at=${unit.lastSeen} /><//>
          <${Fact} term="Calls again">${unit.dueAt ? html`<${Ago} at=${unit.dueAt} />` : 'Not known'}<span class="quiet">, every ${unit.checkInMinutes} min, ${unit.graceMinutes} min of grace</span><//>
          <${Fact} term="Phone">${unit.phone ? html`<a href=${`tel:${unit.phone.replace(/[^+\d]/g, '')}`}>${unit.phone}</a>` : 'Not known'}<//>
          <${Fact} term="Site">${unit.site || 'Not known'}<//>
          <${Fact} term="Position">${unit.position ? html`<span class="figures">${position(unit.position)}</span>` : 'Not known'}<//>
          <${Fact} term="Battery">${unit.battery === null ? 'Not known' : `${unit.battery} %`}<//>
          <${Fact} term="Software">${unit.softwareVersion || 'Not known'}<//>
        </dl>
      </div>
      <${Commands} serial=${serial} who=${who} />
      ${reads && html`<section class="block"><h2>Pictures</h2><${Strip} serial=${serial} /></section>
        <section class="block"><h2>Alerts</h2><${Answered} answer=${alerts} what="alerts">${({ items }) =>
          items.length
            ? html`<ol class="story">${items.map((alert) => html`<li key=${alert.id}><a class="story-what" href=${address('alerts', alert.id, alert.state === 'closed' ? { show: 'closed' } : {})}>${kind(alert.kind)}</a><span class="story-when"><${Moment} at=${alert.raisedAt} /></span><span class="quiet">${stateOf(alert.state)}${alert.reference ? `, ${alert.reference}` : ''}</span></li>`)}</ol>`
            : html`<p class="quiet">It has never raised one.</p>`}<//></section>
        <p><a href=${address('events', '', { serial })}>All events of this unit</a></p>`}
    </div>
  </article>`;
}
