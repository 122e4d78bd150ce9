// How the system is: clusters and how far their readers are behind, database, stations, and this page's own feed.
import { html } from './vendor.js';
import { get } from './api.js';
import { Ago, Answered, Empty, Moment, useAnswer } from './parts.js';
import { store } from './store.js';
import { count, eventName } from './words.js';

const REFRESH_MS = 5_000;

export function System({ who }) {
  const answer = useAnswer((signal) => get('/system', {}, signal), 'system', REFRESH_MS);
  return html`<div class="sheet">
    <header class="list-head"><h1>System</h1></header>
    <${Answered} answer=${answer} what="the system's state">
      ${(system) => html`
        <div class="cards">
          <${Part} name="Database" state=${system.database} />
          ${system.clusters.map((cluster) => html`<${Part} key=${cluster.name} name=${`${eventName(cluster.name)} cluster`} state=${cluster.state} />`)}
          ${who.role !== 'fleet' && html`<${Feed} />`}
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

function Stations({ stations }) {
  return html`<section class="block"><h2>${count(stations.length, 'station')}</h2>
    ${stations.length
      ? html`<div class="table-frame"><table class="table"><thead><tr><th>Station</th><th>State</th><th class="number">Sessions</th><th>Last heard</th></tr></thead>
          <tbody>${stations.map(
            (station) => html`<tr key=${station.station}><th scope="row" class="serial">${station.station}</th>
              <td><span class=${`state ${station.state === 'serving' ? 'connected' : 'overdue'}`}>${eventName(station.state)}</span></td>
              <td class="number">${station.sessions}</td><td><${Ago} at=${station.lastHeardAt} /></td></tr>`,
          )}</tbody></table></div>`
      : html`<${Empty} title="No station was heard">Units cannot dial in until one is.<//>`}
  </section>`;
}

function Lag({ clusters }) {
  const rows = clusters.flatMap((cluster) => (cluster.consumers || []).map((consumer) => ({ ...consumer, cluster: cluster.name })));
  return html`<section class="block"><h2>Readers, and how far behind</h2>
    ${rows.length
      ? html`<div class="table-frame"><table class="table"><thead><tr><th>Reader</th><th>Cluster</th><th class="number">Records behind</th></tr></thead>
          <tbody>${rows.map((row) => html`<tr key=${`${row.cluster} ${row.group}`}><th scope="row">${row.group}</th><td>${eventName(row.cluster)}</td><td class="number figures">${row.lag === null ? 'Not known' : row.lag.toLocaleString('en-GB')}</td></tr>`)}</tbody></table></div>`
      : html`<p class="quiet">None is known.</p>`}
  </section>`;
}
