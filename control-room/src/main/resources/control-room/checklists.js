// What is to be done about each kind of alert, before one of it may be closed.
import { html, useState } from './vendor.js';
import { get, put } from './api.js';
import { Answered, Failure, useAnswer, useDeed } from './parts.js';
import { KIND_NAMES, kind } from './words.js';

export function Checklists({ who }) {
  const answer = useAnswer((signal) => get('/checklists', { limit: 1000 }, signal), 'checklists');
  const [editing, edit] = useState('');
  const edits = who.role === 'administrator';
  return html`<div class="sheet">
    <header class="list-head"><h1>Checklists</h1></header>
    <p class="found">An alert takes the steps of its kind when it is raised. A critical one cannot be closed before all of them are done.${edits ? '' : ' Only administrators change this.'}</p>
    <${Answered} answer=${answer} what="checklists">${({ items }) => html`<div class="cards-list">${[...new Set([...KIND_NAMES, ...items.map((item) => item.kind)])].map((name) => {
      const steps = items.find((item) => item.kind === name)?.steps || [];
      return name === editing
        ? html`<${Form} key=${name} name=${name} steps=${steps} cancel=${() => edit('')} saved=${() => {
            edit('');
            answer.again();
          }} />`
        : html`<section key=${name} class="part" data-kind=${name} aria-label=${kind(name)}><h2>${kind(name)}</h2>
            ${steps.length ? html`<ol class="bullets">${steps.map((step) => html`<li key=${step}>${step}</li>`)}</ol>` : html`<p class="quiet small-words">No steps</p>`}
            ${edits && html`<div class="form-buttons"><button type="button" class="button small" onClick=${() => edit(name)}>Edit<span class="unseen"> the checklist of ${kind(name)}</span></button></div>`}
          </section>`;
    })}</div>`}<//>
  </div>`;
}

function Form({ name, steps, saved, cancel }) {
  const [text, setText] = useState(steps.join('\n'));
  const [act, busy, error] = useDeed();
  const submit = (event) => {
    event.preventDefault();
    const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
    act(() => put(`/checklists/${encodeURIComponent(name)}`, { steps: [...new Set(lines)] }), saved);
  };
  return html`<form class="part" data-kind=${name} onSubmit=${submit} aria-label=${kind(name)}><h2>${kind(name)}</h2>
    <label>Steps, one a line <textarea name="steps" rows="6" value=${text} onInput=${(e) => setText(e.target.value)}></textarea></label>
    <${Failure} error=${error} />
    <div class="form-buttons"><button class="button primary" disabled=${busy}>Save checklist</button><button type="button" class="button" onClick=${cancel}>Cancel</button></div>
  </form>`;
}
