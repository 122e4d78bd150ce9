// What a unit is to do when it next dials in.
import { html, useState } from './vendor.js';
import { get, post, remove } from './api.js';
import { Answered, Failure, Moment, Table, useAnswer, useDeed } from './parts.js';

const REFRESH_MS = 5_000;
const MAY_SEE = ['auditor', 'fleet', 'administrator'];
const MAY_ASK = ['fleet', 'administrator'];
const KINDS = {
  'take-picture': 'Take a picture',
  'report-position': 'Report its position',
  'show-message': 'Show a message',
  'set-check-in-interval': 'Call at another interval',
  'set-clock': 'Set its clock',
};
const STATES = { queued: 'Waits for the unit', sent: 'Sent, no answer yet', done: 'Done', failed: 'Failed', expired: 'Expired, not sent', cancelled: 'Taken back' };

export function Commands({ serial, who }) {
  if (!MAY_SEE.includes(who.role)) return null;
  return html`<section class="block" aria-label="Commands"><h2>Commands</h2><${Asked} serial=${serial} may=${MAY_ASK.includes(who.role)} /></section>`;
}

function Asked({ serial, may }) {
  const path = `/units/${encodeURIComponent(serial)}/commands`;
  const answer = useAnswer((signal) => get(path, { limit: 20 }, signal), serial, REFRESH_MS);
  const [act, busy, error] = useDeed();
  const ask = (body, then) => act(() => post(path, body), () => {
    answer.again();
    then();
  });
  const back = (ticket) => act(() => remove(`/commands/${ticket}`), answer.again);
  return html`${may && html`<${CommandForm} busy=${busy} ask=${ask} />`}
    <${Failure} error=${error} />
    <${Answered} answer=${answer} what="commands">${({ items }) =>
      items.length
        ? html`<${Table} label="Commands to this unit" data=${items.length} head=${[['Command'], ['State'], ['Since'], ['Asked by']]}>
            ${items.map((one) => html`<tr key=${one.ticket} data-command=${one.command} data-state=${one.state}>
              <th scope="row">${KINDS[one.command]}${detail(one)}</th>
              <td>${STATES[one.state]}${one.reason ? `: ${one.reason}` : ''}
                ${may && (one.state === 'queued' || one.state === 'sent') && html` <button type="button" class="button small" disabled=${busy} onClick=${() => back(one.ticket)}>Take back</button>`}</td>
              <td><${Moment} at=${one.since} /></td><td>${one.requestedBy}</td></tr>`)}<//>`
        : html`<p class="quiet">None in the last 90 days.</p>`}<//>`;
}

function detail({ command, arguments: given, result }) {
  if (command === 'show-message') return `: ${given.text}`;
  if (command === 'set-check-in-interval') return `: ${given.minutes} min`;
  return result.picture === undefined ? '' : `: picture ${result.picture}`;
}

function CommandForm({ busy, ask }) {
  const [kind, setKind] = useState('take-picture');
  const [text, setText] = useState('');
  const [minutes, setMinutes] = useState(30);
  const submit = (event) => {
    event.preventDefault();
    const given = { 'show-message': { text }, 'set-check-in-interval': { minutes: Number(minutes) } }[kind] || {};
    ask({ command: kind, arguments: given }, () => setText(''));
  };
  return html`<form class="filters" onSubmit=${submit} aria-label="Ask the unit for something">
    <label>Command <select name="command" value=${kind} onChange=${(e) => setKind(e.target.value)}>
      ${Object.entries(KINDS).map(([word, title]) => html`<option key=${word} value=${word}>${title}</option>`)}</select></label>
    ${kind === 'show-message' && html`<label class="grow">Message <input name="text" required maxlength="114" pattern="[ -~]+" title="Letters without accents, digits and signs" value=${text} onInput=${(e) => setText(e.target.value)} /></label>`}
    ${kind === 'set-check-in-interval' && html`<label>Minutes (1–1440) <input name="minutes" type="number" min="1" max="1440" required value=${minutes} onInput=${(e) => setMinutes(e.target.value)} /></label>`}
    <div class="filter-buttons"><button class="button primary" disabled=${busy}>Ask at its next call</button></div>
    ${kind === 'set-check-in-interval' && html`<p class="filter-note quiet">When it is missed goes by its record: change that too.</p>`}
  </form>`;
}
