// The list of alerts, and beside it the one that is looked at.
import { html, useEffect } from './vendor.js';
import { get } from './api.js';
import { Alert, Waiting } from './alert.js';
import { useKeys } from './keys.js';
import { Ago, Answered, Empty, useAnswer } from './parts.js';
import { address, go } from './route.js';
import { useShown } from './shown.js';
import { calls } from './sound.js';
import { store } from './store.js';
import { about, clock, count, kind, outcome } from './words.js';

const REFRESH_MS = 5_000;

export function Alerts({ at, who }) {
  const closedShown = at.query.show === 'closed';
  const alerts = store.alerts();
  const { feed } = store.get();
  const step = (by) => {
    if (!alerts.length) return;
    const now = alerts.findIndex((alert) => alert.id === at.id);
    go('alerts', alerts[now < 0 ? 0 : Math.min(alerts.length - 1, Math.max(0, now + by))].id);
  };
  useKeys({ j: () => step(1), k: () => step(-1), Escape: () => at.id && go('alerts', '', at.query) });
  useEffect(() => document.querySelector('.row[aria-current=true]')?.scrollIntoView({ block: 'nearest' }), [at.id]);

  return html`<div class=${at.id ? 'split has-choice' : 'split'}>
    <section class="list" aria-label="Alerts">
      <header class="list-head">
        <h1>Alerts</h1>
        <div class="switch" role="group" aria-label="Which alerts">
          <a href=${address('alerts', at.id)} aria-current=${closedShown ? null : 'true'}>Active</a>
          <a href=${address('alerts', at.id, { show: 'closed' })} aria-current=${closedShown ? 'true' : null}>Closed</a>
        </div>
      </header>
      ${closedShown
        ? html`<${Closed} at=${at} />`
        : html`<${Active} alerts=${alerts} at=${at} who=${who} feed=${feed} />`}
    </section>
    <section class="choice" aria-label="The alert">
      ${at.id
        ? html`<${Alert} key=${at.id} id=${at.id} who=${who} query=${at.query} />`
        : html`<${Nothing} alerts=${alerts} />`}
    </section>
  </div>`;
}

function Nothing({ alerts }) {
  if (!alerts.length) return html`<${Empty} title="Nobody is calling">This page rings when somebody does. It stays up to date by itself.<//>`;
  return html`<${Empty} title="No alert chosen">Choose one from the list, or press <kbd>j</kbd>.<//>`;
}

function Active({ alerts, at, who, feed }) {
  if (!alerts.length) {
    return feed.state === 'live'
      ? html`<${Empty} title="No active alerts">Every alert has been closed.<//>`
      : html`<${Empty} title="Not known yet">The feed has not told which alerts there are.<//>`;
  }
  const live = alerts.filter((alert) => !alert.test);
  const groups = [
    ['open', live.filter((alert) => alert.state === 'open'), (n) => `${count(n, 'alert')} that nobody has taken`],
    ['taken', live.filter((alert) => alert.state !== 'open'), (n) => count(n, 'taken', 'taken')],
    ['tests', alerts.filter((alert) => alert.test), (n) => `${count(n, 'test')}: nobody outside this page is told`],
  ];
  return groups.filter(([, some]) => some.length).map(
    ([name, some, title]) => html`<section key=${name} class=${`group-of ${name}`} aria-label=${title(some.length)}>
      <h2 class="group">${title(some.length)}</h2>
      <ul class="rows" data-list=${name}>${some.map((alert) => html`<${Row} key=${alert.id} alert=${alert} chosen=${alert.id === at.id} who=${who} />`)}</ul>
    </section>`,
  );
}

function Closed({ at }) {
  const answer = useAnswer((signal) => get('/alerts', { state: 'closed', limit: 50 }, signal), 'closed', REFRESH_MS);
  return html`<${Answered} answer=${answer} what="closed alerts">
    ${({ items }) =>
      items.length
        ? html`<ul class="rows" data-list="closed">${items.map((alert) => html`<${Row} key=${alert.id} alert=${alert} chosen=${alert.id === at.id} query=${at.query} />`)}</ul>
            <p class="list-end">The newest ${items.length}.</p>`
        : html`<${Empty} title="No alert was closed yet" />`}
  <//>`;
}

function Row({ alert, chosen, who, query }) {
  const calling = alert.state !== 'closed' && calls(alert, who);
  const element = useShown();
  return html`<li>
    <a ref=${element} class=${`row row-${alert.state} ${alert.test ? 'test' : alert.class}${calling ? ' calling' : ''}`} href=${address('alerts', alert.id, query)} aria-current=${chosen ? 'true' : null}
      data-alert=${alert.id} data-serial=${alert.serial} data-state=${alert.state} data-test=${Boolean(alert.test)}>
      <span class="row-main">
        <span class="row-title">${alert.test && html`<span class="test-word">Test</span> `}${kind(alert.kind)}</span>
        <span class="row-who">${about(alert)}${alert.serial && html` <span class="serial">${alert.serial}</span>`}</span>
        <${Marks} alert=${alert} />
      </span>
      <span class="row-age">
        ${alert.state === 'open' ? html`<${Waiting} alert=${alert} />` : html`<${Ago} at=${alert.raisedAt} />`}
        ${alert.state === 'acknowledged' && html`<span class="quiet">${alert.acknowledgedBy}</span>`}
        ${alert.state === 'closed' && html`<span class="quiet">${outcome(alert.outcome)}</span>`}
      </span>
    </a>
  </li>`;
}

/** What is unusual about an alert, in a word each. */
export function Marks({ alert }) {
  const marks = [
    alert.trust === 'unregistered' && ['Unknown unit', 'The serial is not on the whitelist'],
    alert.trust === 'unverified' && ['Unverified', 'The whitelist could not be asked'],
    alert.late && ['Late', 'Accepted more than 300 s after the event'],
    alert.test && alert.testUntil && [`On test until ${clock(alert.testUntil)}`, 'Its alerts tell nobody outside this page'],
    !alert.stored && ['Not stored yet', 'Shown from memory while the database is away'],
    alert.state === 'acknowledged' && alert.attendBy && Date.parse(alert.attendBy) <= store.now() && ['Step overdue', 'Goes back to the queue unless its holder does a step'],
    alert.state === 'acknowledged' && alert.reopensAt && ['Rang again', 'Opens again unless it is taken again'],
    alert.eventCount > 1 && [count(alert.eventCount, 'event'), ''],
  ].filter(Boolean);
  if (!marks.length) return null;
  return html`<span class="marks">${marks.map(([word, why]) => html`<span key=${word} class="mark-word" title=${why}>${word}</span>`)}</span>`;
}
