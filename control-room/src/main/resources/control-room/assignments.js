// Which policy is for which alerts. The most specific one counts.
import { html, useState } from './vendor.js';
import { get, put } from './api.js';
import { Answered, Failure, Table, useAnswer, useDeed } from './parts.js';
import { KIND_NAMES, kind } from './words.js';

const ORDER = 'The most specific one counts: unit and kind, unit, site and kind, site, kind; then the policy default.';

export function Assignments({ edits }) {
  const answer = useAnswer((signal) => get('/escalation-assignments', {}, signal), 'assignments');
  const [editing, edit] = useState(false);
  const done = () => {
    edit(false);
    answer.again();
  };
  return html`<${Answered} answer=${answer} what="assignments">${({ assignments }) =>
    editing
      ? html`<${Form} assignments=${assignments} done=${done} cancel=${() => edit(false)} />`
      : html`<p class="found">${ORDER}</p>
          ${assignments.length > 0 && html`<${Table} label="Assignments" head=${[['Unit'], ['Site'], ['Kind'], ['Policy']]} data=${assignments.length}>
            ${assignments.map((one, i) => html`<tr key=${i}><td class="serial">${one.serial || 'any'}</td><td>${one.site || 'any'}</td><td>${one.kind ? kind(one.kind) : 'any'}</td><th scope="row">${one.policy}</th></tr>`)}<//>`}
          ${!assignments.length && html`<p class="found">Nothing is assigned: every alert goes by the policy <strong>default</strong>.</p>`}
          ${edits && html`<p class="found"><button type="button" class="button" onClick=${() => edit(true)}>Edit assignments</button></p>`}`}<//>`;
}

function Form({ assignments, done, cancel }) {
  const [rows, set] = useState(assignments);
  const [act, busy, error] = useDeed();
  const policies = useAnswer((signal) => get('/escalation-policies', { limit: 1000 }, signal), 'policies').value?.items || [];
  const change = (at, part) => set(rows.map((row, i) => (i === at ? { ...row, ...part } : row)));
  const submit = (event) => {
    event.preventDefault();
    const kept = rows.map((row) => Object.fromEntries(['serial', 'site', 'kind', 'policy'].map((name) => [name, (row[name] || '').trim()]).filter(([, value]) => value)));
    act(() => put('/escalation-assignments', { assignments: kept }), done);
  };
  return html`<form class="cards-list" onSubmit=${submit} aria-label="Assignments">
    <p>${ORDER}</p>
    ${rows.map((row, i) => html`<div key=${i} class="fields">
      <label>Unit <input aria-label=${`Unit of assignment ${i + 1}`} maxlength="12" placeholder="any" value=${row.serial || ''} onInput=${(e) => change(i, { serial: e.target.value.toUpperCase() })} /></label>
      <label>Site <input aria-label=${`Site of assignment ${i + 1}`} maxlength="100" placeholder="any" value=${row.site || ''} onInput=${(e) => change(i, { site: e.target.value })} /></label>
      <label>Kind <select aria-label=${`Kind of assignment ${i + 1}`} onChange=${(e) => change(i, { kind: e.target.value })}><option value="" selected=${!row.kind}>any</option>
        ${KIND_NAMES.map((name) => html`<option key=${name} value=${name} selected=${row.kind === name}>${kind(name)}</option>`)}</select></label>
      <label>Policy <select aria-label=${`Policy of assignment ${i + 1}`} required onChange=${(e) => change(i, { policy: e.target.value })}>
        ${[...new Set([row.policy, ...policies.map((policy) => policy.name)])].filter(Boolean).map((name) => html`<option key=${name} value=${name} selected=${row.policy === name}>${name}</option>`)}</select></label>
      <button type="button" class="button small" aria-label=${`Remove assignment ${i + 1}`} onClick=${() => set(rows.filter((r, n) => n !== i))}>Remove</button>
    </div>`)}
    <div class="form-buttons"><button type="button" class="button small" onClick=${() => set([...rows, { policy: 'default' }])}>Add an assignment</button></div>
    <${Failure} error=${error} />
    <div class="form-buttons"><button class="button primary" disabled=${busy}>Save assignments</button><button type="button" class="button" onClick=${cancel}>Cancel</button></div>
  </form>`;
}
