// How the system is: clusters and how far their readers are behind, database, stations, and this page's own feed.
import { html } from './vendor.js';
import { get } from './api.js';
import { Ago, Answered, Empty, Moment, Table, useAnswer } from './parts.js';
import { store } from './store.js';
import { count, eventName, took } from './words.js';

const REFRESH_MS = 5_000;
const CANARY_REFRESH_MS = 15_000;

export function System({ who }) {
  const answer = useAnswer((signal) => get('/system', {}, signal), 'system', REFRESH_MS);
  return html`<div class="sheet">
    <header class="list-head"><h1>System</h1></header>
    <${Answered} answer=${answer} what="the system's state">
      ${(system) => html`
        <div class="cards">
          <${Part} name="Database" state=${system.database} />
          ${system.clusters.map((cluster) => html`<${Part} key=${cluster.name} name=${`${eventName(cluster.name)} cluster`} state=${cluster.state} />`)}
          ${who.role !== 'fleet' && html`<${Feed} /><${Canary} />`}
        </div>
        <${Stations} stations=${system.stations} />
        <${Lag} clusters=${system.clusters} />
        <p class="quiet found">As of <${Moment} at=${system.time} /></p>
      `}
    <//>
  </div>`;
}

function Part({ name, state }) {
  return html`<section class=${`part part-${state}`} data-part=${name}><h2>${name}</h2><p>${state === 'up' ? 'Up' : 'Away'}</p></section>`;
}

function Feed() {
  const { feed } = store.get();
  const words = { live: 'Live', connecting: 'Connecting', stale: 'Stopped' };
  return html`<section class=${`part part-${feed.state === 'live' ? 'up' : 'down'}`}><h2>Feed of this page</h2><p>${words[feed.state]}</p>
    ${feed.parts && html`<p class="quiet">Heartbeat <${Ago} at=${feed.parts.time} /></p>`}</section>`;
}

/** The unit that dials in the real way to see whether an emergency would arrive. */
function Canary() {
  const { value, error } = useAnswer((signal) => get('/canary', {}, signal), 'canary', CANARY_REFRESH_MS);
  const { canaryAt } = store.get().feed;
  const words = () => {
    if (error) return ['', error.status === 404 ? 'Not there' : 'Not known', error.status === 404 ? 'This system has no canary.' : error.message];
    if (!value) return ['', 'Not known yet', ''];
    if (!value.serial) return ['', 'Off', 'No canary is configured.'];
    if (!value.lastAt) return [value.ok === false ? 'part-down' : '', 'Not heard yet', `Unit ${value.serial}`];
    if (value.ok === null) return ['', 'Not known yet', `Unit ${value.serial}`];
    return [value.ok ? 'part-up' : 'part-down', value.ok ? 'Arrives' : value.textsGetOut === false ? 'Its text messages fail' : 'Fails', value.latencySeconds === null || value.latencySeconds === undefined ? '' : `${took(value.latencySeconds * 1_000)} from the station to the screens’ stream`];
  };
  const [look, state, detail] = words();
  return html`<section class=${`part ${look}`} data-part="canary" data-ok=${value?.ok ?? 'unknown'}><h2>Canary</h2><p>${state}</p>
    ${detail && html`<p class="quiet">${detail}</p>`}
    ${value?.lastAt && html`<p class="quiet">last <${Ago} at=${value.lastAt} /></p>`}
    ${canaryAt > 0 && html`<p class="quiet">on this page’s feed <${Ago} at=${new Date(canaryAt).toISOString()} /></p>`}</section>`;
}

function Stations({ stations }) {
  return html`<section class="block"><h2>${count(stations.length, 'station')}</h2>
    ${stations.length
      ? html`<${Table} label="Stations" head=${[['Station'], ['State'], ['Sessions', 'number'], ['Last heard']]}>${stations.map(
            (station) => html`<tr key=${station.station}><th scope="row" class="serial">${station.station}</th>
              <td><span class=${`state ${station.state === 'serving' ? 'connected' : 'overdue'}`}>${eventName(station.state)}</span></td>
              <td class="number">${station.sessions}</td><td><${Ago} at=${station.lastHeardAt} /></td></tr>`,
          )}<//>`
      : html`<${Empty} title="No station was heard">Units cannot dial in until one is.<//>`}
  </section>`;
}

function Lag({ clusters }) {
  const rows = clusters.flatMap((cluster) =>
    cluster.consumers.flatMap((consumer) => consumer.topics.map((topic) => ({ ...topic, group: consumer.group, cluster: cluster.name }))),
  );
  rows.sort((one, other) => other.behind - one.behind);
  return html`<section class="block" data-part="readers"><h2>Readers, and how far behind</h2>
    ${rows.length
      ? html`<${Table} label="Readers" head=${[['Reader'], ['Cluster'], ['Topic'], ['State'], ['Records behind', 'number'], ['Last minute', 'number'], ['Caught up in', 'number']]}>${rows.map(
            (row) => html`<tr key=${`${row.cluster} ${row.group} ${row.topic}`}><th scope="row">${row.group}</th><td>${eventName(row.cluster)}</td><td>${row.topic}</td>
              <td><span class=${`state ${row.behind ? 'overdue' : 'connected'}`} title=${`Behind from ${row.limit.toLocaleString('en-GB')} records on`}>${row.behind ? 'Behind' : 'Keeps up'}</span></td>
              <td class="number figures">${row.lag.toLocaleString('en-GB')}</td><td class="number figures">${growth(row.perSecond)}</td>
              <td class="number figures">${typeof row.drainSeconds === 'number' ? took(row.drainSeconds * 1_000) : ''}</td></tr>`,
          )}<//>`
      : html`<p class="quiet">None is known.</p>`}
  </section>`;
}

function growth(perSecond) {
  if (typeof perSecond !== 'number') return '';
  const rounded = Math.round(perSecond);
  return rounded === 0 ? 'steady' : `${rounded > 0 ? '+' : '−'}${Math.abs(rounded).toLocaleString('en-GB')} a second`;
}
