// What a person can do about an alert: take it, make it live, note something, close it.
import { html, useEffect, useRef, useState } from './vendor.js';
import { post } from './api.js';
import { useKeys } from './keys.js';
import { useDeed } from './parts.js';
import { calls } from './sound.js';
import { store } from './store.js';
import { outcome, stateOf } from './words.js';

const drafts = new Map(); // what was typed and not sent, by alert: a lost login loses no text
const MOST_DRAFTS = 20;

export function Deeds({ alert, who }) {
  const [form, setForm] = useState('');
  const [send, busy, error] = useDeed();
  const act = (path, body, then) =>
    send(() => post(`/alerts/${alert.id}/${path}`, body), (told) => {
      store.put(told);
      then?.();
    });
  const takes = calls(alert, who) || alert.state === 'open';
  const take = () => takes && act('acknowledge', {});
  const open = (which) => setForm((was) => (was === which ? '' : which));
  useKeys({ a: take, n: () => open('note'), c: () => open('close'), ...(form ? { Escape: () => setForm('') } : {}) });

  return html`<div class="deeds">
    <div class="deed-buttons">
      ${takes && html`<button type="button" class="button primary take" disabled=${busy} onClick=${take} aria-keyshortcuts="a">${alert.state === 'open' ? 'Take this alert' : 'Take it again'}</button>`}
      ${alert.test && html`<button type="button" class="button" disabled=${busy} onClick=${() => act('live', {})}>Make live</button>`}
      <button type="button" class="button" aria-expanded=${form === 'note'} onClick=${() => open('note')} aria-keyshortcuts="n">Note</button>
      <button type="button" class="button" aria-expanded=${form === 'close'} onClick=${() => open('close')} aria-keyshortcuts="c">Close</button>
    </div>
    ${error && html`<${Refused} error=${error} />`}
    ${form === 'note' && html`<${NoteForm} alert=${alert} busy=${busy} send=${(text) => act('notes', { text }, () => setForm(''))} />`}
    ${form === 'close' && html`<${CloseForm} alert=${alert} busy=${busy} send=${(body) => act('close', body, () => setForm(''))} />`}
  </div>`;
}

/** What the system said no to: who has the alert, which steps are open. */
function Refused({ error }) {
  const { acknowledgedBy, openSteps, state } = error.body || {};
  if (error.status === 409 && openSteps?.length) {
    return html`<div class="form-error" role="alert" data-open-steps=${openSteps.length}><p>It cannot be closed before these steps are done:</p>
      <ul class="bullets">${openSteps.map((step) => html`<li key=${step}>${step}</li>`)}</ul></div>`;
  }
  const more = [
    error.status === 409 && acknowledgedBy && !error.message.includes(acknowledgedBy) && ` ${acknowledgedBy} has it.`,
    error.status === 409 && !acknowledgedBy && state && ` It is ${stateOf(state).toLowerCase()}.`,
    error.status === 404 && ' This system does not know that operation, or that alert.',
  ].filter(Boolean);
  return html`<p class="form-error" role="alert">${error.message}${more.join('')}</p>`;
}

function useDraft(id) {
  const [text, set] = useState(drafts.get(id) || '');
  const keep = (value) => {
    set(value);
    drafts.delete(id);
    if (value) drafts.set(id, value);
    if (drafts.size > MOST_DRAFTS) drafts.delete(drafts.keys().next().value);
  };
  return [text, keep];
}
function NoteForm({ alert, busy, send }) {
  const [text, keep] = useDraft(alert.id);
  const field = useRef(null);
  useEffect(() => field.current.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    await send(text);
    if (store.alert(alert.id)?.history.some((entry) => entry.what === 'note' && entry.detail === text.trim())) keep('');
  };
  return html`<form class="deed-form" onSubmit=${submit}>
    <label>Note <textarea ref=${field} name="text" rows="2" maxlength="4000" required value=${text} onInput=${(e) => keep(e.target.value)}></textarea></label>
    <button class="button primary" disabled=${busy}>Add note</button>
  </form>`;
}

function CloseForm({ alert, busy, send }) {
  const [text, keep] = useDraft(alert.id);
  const [chosen, choose] = useState('');
  const first = useRef(null);
  useEffect(() => first.current.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    await send({ outcome: chosen, note: text || null });
    if (store.alert(alert.id)?.state === 'closed') keep('');
  };
  return html`<form class="deed-form" onSubmit=${submit}>
    <fieldset>
      <legend>How did it end?</legend>
      ${['genuine', 'false-alarm', 'test'].map(
        (name, i) => html`<label key=${name} class="choice-label"><input ref=${i ? null : first} type="radio" name="outcome" value=${name} required checked=${chosen === name} onChange=${() => choose(name)} /> ${outcome(name)}</label>`,
      )}
    </fieldset>
    <label><span>Note (optional)</span><textarea name="note" rows="2" maxlength="4000" value=${text} onInput=${(e) => keep(e.target.value)}></textarea></label>
    <button class="button primary" disabled=${busy}>Close this alert</button>
  </form>`;
}

