// An alert's way from the unit to a person and to a phone, as a line of steps with how long each took.
import { html } from './vendor.js';
import { clock, took } from './words.js';

const SKEW_SAID_S = 2;
const TARGETS_S = [10, 40];

// name, title, and the steps that it may follow
const STEPS = [
  ['unitTime', 'Unit’s clock', []],
  ['acceptedAt', 'Accepted by a station', ['unitTime']],
  ['decodedAt', 'Decoded', ['acceptedAt']],
  ['mainAt', 'Kept by main', ['decodedAt', 'acceptedAt']],
  ['priorityAt', 'Kept by priority', ['decodedAt', 'acceptedAt']],
  ['raisedAt', 'Raised', ['mainAt', 'priorityAt', 'decodedAt', 'acceptedAt']],
  ['sentAt', 'Sent to screens', ['raisedAt']],
  ['shownAt', 'On a screen', ['sentAt', 'raisedAt']],
  ['acknowledgedAt', 'Taken', ['shownAt', 'raisedAt']],
  ['smsAt', 'First SMS handed over', ['raisedAt']],
  ['deliveredAt', 'SMS delivered', ['smsAt']],
];

const FROM_A_UNIT = ['unitTime', 'acceptedAt', 'decodedAt', 'mainAt', 'priorityAt'];

/** The steps with their times: {name, title, at, ms}; ms is null where there is nothing to measure from, or clocks disagree. */
export function steps(journey) {
  const skew = (journey.clockSkewSeconds ?? 0) * 1_000;
  const time = (name) => {
    const at = Date.parse(journey[name] ?? '');
    return name === 'unitTime' ? at - skew : at;
  };
  return STEPS.map(([name, title, after]) => {
    const own = time(name);
    const before = after.map(time).filter((t) => t <= own);
    return { name, title, at: journey[name] ?? null, ms: before.length ? own - Math.max(...before) : null, first: after.every((n) => !journey[n]) };
  });
}

export function Journey({ alert }) {
  const { journey } = alert;
  // What no unit's event raised came no way from a unit.
  const line = steps(journey).filter((step) => step.at || alert.serial || !FROM_A_UNIT.includes(step.name));
  const taken = Date.parse(journey.acknowledgedAt ?? '') - Date.parse(journey.raisedAt ?? '');
  const missing = alert.state === 'closed' ? 'never' : 'not yet';
  return html`<section class="block" aria-label="Journey">
    <h2>Journey</h2>
    <${Skew} seconds=${journey.clockSkewSeconds} set=${Boolean(journey.unitTime)} />
    <ol class="journey">${line.map(
      (step) => html`<li key=${step.name} data-step=${step.name} class=${step.at ? 'done' : 'missing'}>
        <span class="journey-what">${step.title}</span>
        ${step.at
          ? html`<time class="figures" datetime=${step.at} title=${step.at}>${clock(step.at)}</time><${Took} step=${step} />`
          : html`<span class="quiet">${step.name === 'unitTime' ? 'clock not set' : missing}</span>`}
      </li>`,
    )}</ol>
    ${taken >= 0 && html`<p class="journey-sum">Taken <strong>${took(taken)}</strong> after it was raised (${against(taken / 1_000)}).</p>`}
  </section>`;
}

function Took({ step }) {
  if (step.ms !== null) return html`<span class="journey-took">+${took(step.ms)}</span>`;
  return step.first ? null : html`<span class="journey-took" title="The clocks of two machines differ by more than this step took">no duration: clocks differ</span>`;
}

function Skew({ seconds, set }) {
  if (!set || seconds === null || seconds === undefined || Math.abs(seconds) <= SKEW_SAID_S) return null;
  return html`<p class="quiet" data-skew=${seconds}>The unit’s clock is ${took(Math.abs(seconds) * 1_000)} ${seconds > 0 ? 'ahead of' : 'behind'} the station’s; durations are corrected by that.</p>`;
}

function against(seconds) {
  const [quick, slow] = TARGETS_S;
  if (seconds <= quick) return `within ${quick} s`;
  return seconds <= slow ? `within ${slow} s, not within ${quick} s` : `not within ${slow} s`;
}
