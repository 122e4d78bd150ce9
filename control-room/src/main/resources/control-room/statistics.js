// How soon alerts were taken, against what BS 8484:2016 asks for: 80 % within 10 s, 98.5 % within 40 s, over 12 months.
import { html, useEffect, useRef, useState } from './vendor.js';
import { get } from './api.js';
import { Answered, Empty, Moment, Switch, Table, useAnswer } from './parts.js';
import { address } from './route.js';
import { count, kind, share, took } from './words.js';

const REFRESH_MS = 60_000;
const DAY_MS = 86_400_000;
const SPANS = [['', '30 days', 30], ['90', '90 days', 90], ['365', '12 months', 365]];
const MEASURES = [['within10s', 'Within 10 s', 80], ['within40s', 'Within 40 s', 98.5]];
const BANDS = [['within10s', 'Within 10 s', '#1c1f24'], ['slower', 'Within 40 s', '#8a909b'], ['late', 'Later or never', '#d9a400']];

/** What is drawn of a day: three parts that add up to its alerts. */
const parts = (day) => ({ within10s: day.within10s, slower: day.within40s - day.within10s, late: day.alerts - day.within40s });

/** Every day from then until today: a day without an alert is not told, and is drawn empty. */
function everyDay(from, told) {
  const known = new Map(told.map((day) => [day.day, day]));
  const all = [];
  for (let at = Date.parse(from); at <= Date.now(); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    all.push(known.get(day) || { day, alerts: 0, within10s: 0, within40s: 0 });
  }
  return all;
}

let loading = null;

/** The library is large and only this view needs it. */
function chartLibrary() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = '/page/chart.js';
    script.onload = () => done(window.Chart);
    script.onerror = () => {
      loading = null;
      failed(new Error('The chart could not be loaded; the table has the same figures.'));
    };
    document.head.append(script);
  });
  return loading;
}

export function Statistics({ at }) {
  const [name, , days] = SPANS.find(([value]) => value === (at.query.days || '')) || SPANS[0];
  const from = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - (days - 1) * DAY_MS).toISOString();
  const answer = useAnswer((signal) => get('/statistics', { from }, signal), from, REFRESH_MS);
  return html`<div class="sheet">
    <header class="list-head"><h1>Statistics</h1>
      <${Switch} label="How far back" options=${SPANS} chosen=${name} to=${(value) => address('statistics', '', { days: value })} /></header>
    <${Answered} answer=${answer} what="statistics">${(value) => html`
      <p class="found">How soon after being raised alerts were taken. Tests and the canary are not counted.</p>
      <div class="cards">${MEASURES.map(([field, title, target]) => html`<${Measure} key=${field} title=${title} part=${value.year[field]} whole=${value.year.alerts} target=${target} />`)}
        <section class="part"><h2>Alerts in 12 months</h2><p class="figures">${value.year.alerts.toLocaleString('en-GB')}</p></section></div>
      <${Days} days=${everyDay(from, value.days)} />
      <${Slowest} slowest=${value.slowest} />`}
    <//>
  </div>`;
}

function Measure({ title, part, whole, target }) {
  const met = whole > 0 && (100 * part) / whole >= target;
  return html`<section class=${whole && !met ? 'part part-down' : 'part'} data-measure=${title} data-met=${whole ? met : 'none'}><h2>${title}, over 12 months</h2>
    <p class="figures">${share(part, whole)}</p>
    <p class="quiet">${whole ? (met ? 'Meets' : 'Misses') : 'Nothing to measure against'} the ${target} % of BS 8484:2016</p></section>`;
}

function Days({ days }) {
  if (!days.some((day) => day.alerts)) return html`<${Empty} title="No alerts in these days" />`;
  return html`<section class="block" aria-label="Per day"><h2>Per day</h2>
    <${Chart} days=${days} />
    <details><summary>The same as a table</summary>
      <${Table} label="Per day" data=${days.length} head=${[['Day'], ['Alerts', 'number'], ['Within 10 s', 'number'], ['Within 40 s', 'number']]}>
        ${days.filter((day) => day.alerts).reverse().map((day) => html`<tr key=${day.day}><th scope="row">${day.day}</th><td class="number">${day.alerts}</td><td class="number">${day.within10s} (${share(day.within10s, day.alerts)})</td><td class="number">${day.within40s} (${share(day.within40s, day.alerts)})</td></tr>`)}<//></details>
  </section>`;
}

function Chart({ days }) {
  const canvas = useRef(null);
  const drawn = useRef(null);
  const [error, setError] = useState(null);
  const data = () => ({
    labels: days.map((day) => day.day),
    datasets: BANDS.map(([name, label, color]) => ({ label, data: days.map((day) => parts(day)[name]), backgroundColor: color, stack: 'day', maxBarThickness: 40 })),
  });
  useEffect(() => {
    let gone = false;
    chartLibrary()
      .then((Library) => {
        if (gone) return;
        drawn.current = new Library(canvas.current, {
          type: 'bar',
          data: data(),
          options: {
            animation: false,
            maintainAspectRatio: false,
            scales: { x: { stacked: true, grid: { display: false } }, y: { stacked: true, beginAtZero: true, ticks: { precision: 0 }, title: { display: true, text: 'Alerts' } } },
            plugins: { legend: { position: 'bottom' } },
          },
        });
        canvas.current.dataset.drawn = 'true';
      })
      .catch((failure) => !gone && setError(failure));
    return () => {
      gone = true;
      drawn.current?.destroy();
    };
  }, []);
  useEffect(() => {
    if (!drawn.current) return;
    drawn.current.data = data();
    drawn.current.update();
  }, [JSON.stringify(days)]);
  return html`${error && html`<p class="quiet" role="status">${error.message}</p>`}
    <div class="chart"><canvas ref=${canvas} role="img" aria-label="Alerts per day, by how soon they were taken; the table below has the same figures"></canvas></div>`;
}

function Slowest({ slowest }) {
  if (!slowest.length) return null;
  return html`<section class="block"><h2>The ${count(slowest.length, 'slowest', 'slowest')}</h2>
    <${Table} label="Slowest" data=${slowest.length} head=${[['Alert'], ['Reference'], ['Raised'], ['Taken after', 'number']]}>
      ${slowest.map((one) => html`<tr key=${one.id}><th scope="row"><a href=${address('alerts', one.id, { show: 'closed' })}>${kind(one.kind)}</a></th><td>${one.reference || '–'}</td><td><${Moment} at=${one.raisedAt} /></td>
        <td class="number">${one.seconds === null || one.seconds === undefined ? 'not yet' : took(one.seconds * 1_000)}</td></tr>`)}<//></section>`;
}
