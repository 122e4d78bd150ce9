// Who is told of an alert, in which order and when: policies, groups of people, and which policy is for which alerts.
import { html, useState } from './vendor.js';
import { get, remove } from './api.js';
import { Assignments } from './assignments.js';
import { Groups } from './groups.js';
import { useKeys } from './keys.js';
import { Answered, Failure, Switch, useAnswer, useDeed } from './parts.js';
import { PolicyForm } from './policy-form.js';
import { address, go } from './route.js';
import { channelName, count, span } from './words.js';

const PARTS = [['', 'Policies'], ['groups', 'Groups'], ['assignments', 'Assignments']];
export const LAST_REPEATS = 'The last level is repeated every 5 minutes until somebody takes the alert.';

export function Escalation({ at, who }) {
  const shown = at.query.show || '';
  const edits = who.role === 'administrator';
  useKeys({ Escape: () => at.id && go('escalation', '', at.query) });
  return html`<div class="sheet">
    <header class="list-head"><h1>Escalation</h1>
      <${Switch} label="What of it" options=${PARTS} chosen=${shown} to=${(name) => address('escalation', '', { show: name })} /></header>
    ${!edits && html`<p class="found">Only administrators change this.</p>`}
    ${shown === 'groups' && html`<${Groups} edits=${edits} />`}
    ${shown === 'assignments' && html`<${Assignments} edits=${edits} />`}
    ${shown === '' && html`<${Policies} chosen=${at.id} edits=${edits} />`}
  </div>`;
}

function Policies({ chosen, edits }) {
  const answer = useAnswer((signal) => get('/escalation-policies', { limit: 1000 }, signal), 'policies');
  const [making, make] = useState(false);
  const names = (answer.value?.items || []).map((policy) => policy.name);
  return html`<${Answered} answer=${answer} what="policies">
    ${({ items }) => html`<div class="pair">
      <section aria-label="Policies" class="pair-list">
        <ul class="names">${items.map((policy) => html`<li key=${policy.name}><a href=${address('escalation', policy.name)} aria-current=${policy.name === chosen ? 'true' : null}>
          <strong>${policy.name}</strong>${policy.levels && html`<span class="quiet">${count(policy.levels.length, 'level')}</span>`}</a></li>`)}</ul>
        ${edits && !making && html`<button type="button" class="button" onClick=${() => make(true)}>New policy</button>`}
        ${making && html`<${NewName} taken=${names} cancel=${() => make(false)} made=${(name) => {
          make(false);
          go('escalation', name);
        }} />`}
      </section>
      <section aria-label="The policy">
        ${chosen
          ? html`<${Policy} key=${chosen} name=${chosen} known=${names.includes(chosen)} edits=${edits} again=${answer.again} />`
          : html`<p class="quiet">Choose one. <strong>default</strong> is for every alert that nothing else is assigned to. ${LAST_REPEATS}</p>`}
      </section>
    </div>`}
  <//>`;
}

export function NewName({ taken, cancel, made }) {
  const [name, setName] = useState('');
  const clash = taken.includes(name.trim());
  const submit = (event) => {
    event.preventDefault();
    if (!clash) made(name.trim());
  };
  return html`<form class="inline-form" onSubmit=${submit}>
    <label>Name <input name="name" value=${name} onInput=${(e) => setName(e.target.value)} required maxlength="64" pattern="[A-Za-z0-9._\\-]+" title="Letters, digits, dots, hyphens" autocomplete="off" /></label>
    <div class="form-buttons"><button class="button primary">Go on</button><button type="button" class="button" onClick=${cancel}>Cancel</button></div>
    ${clash && html`<p class="form-error" role="alert">There is one of that name.</p>`}
  </form>`;
}

const EMPTY = { levels: [{ afterSeconds: 0, targets: [{ channel: 'screen' }] }] };

function Policy({ name, known, edits, again }) {
  const answer = useAnswer((signal) => get(`/escalation-policies/${encodeURIComponent(name)}`, {}, signal), known ? name : null);
  const [editing, edit] = useState(!known && edits);
  const [act, busy, error] = useDeed();
  const saved = () => {
    edit(false);
    again();
    answer.again();
  };
  if (!known && !editing) return html`<p class="quiet">There is no policy of that name.</p>`;
  if (!known) return html`<${PolicyForm} name=${name} policy=${EMPTY} saved=${saved} cancel=${() => go('escalation')} />`;
  return html`<${Answered} answer=${answer} what="the policy">${(policy) =>
    editing
      ? html`<${PolicyForm} name=${name} policy=${policy} saved=${saved} cancel=${() => edit(false)} />`
      : html`<h2 class="pair-title">${name}</h2>
          <ol class="levels">${policy.levels.map((level, i) => html`<${Level} key=${i} level=${level} number=${i + 1} />`)}</ol>
          <p class="quiet">${LAST_REPEATS}</p>
          <${Failure} error=${error} />
          ${edits && html`<div class="form-buttons"><button type="button" class="button primary" onClick=${() => edit(true)}>Edit</button>
            ${name !== 'default' && html`<button type="button" class="button" disabled=${busy} onClick=${() => act(() => remove(`/escalation-policies/${encodeURIComponent(name)}`), () => {
              again();
              go('escalation');
            })}>Delete</button>`}</div>`}`}
  <//>`;
}

function Level({ level, number }) {
  return html`<li class="level"><p><strong>Level ${number}</strong> <span class="quiet">${level.afterSeconds ? `${span(level.afterSeconds * 1_000)} after it was raised` : 'at once'}</span></p>
    <${Hours} hours=${level.hours} />
    <ul>${level.targets.map((target, i) => html`<li key=${i}>${target.group ? html`Group <strong>${target.group}</strong>` : html`${channelName(target.channel)}${target.address && html` <span class="address">${target.address}</span>`}`}<${Hours} hours=${target.hours} /></li>`)}</ul>
  </li>`;
}

function Hours({ hours }) {
  if (!hours) return null;
  return html` <span class="quiet">only ${hours.days?.length ? hours.days.join(', ') : 'every day'}, ${hours.from === hours.to ? 'the whole day' : `${hours.from} to ${hours.to}`} (${hours.zone})</span>`;
}
