// What is to be done about an alert: the steps of its kind, one click each, and others that somebody did.
import { html, useState } from './vendor.js';
import { post } from './api.js';
import { Failure, Moment, useDeed } from './parts.js';
import { store } from './store.js';
import { count } from './words.js';

export const openSteps = (alert) => (alert.checklist || []).filter((entry) => !entry.doneAt);

/** @param may whether this person may do steps, and the alert is not closed */
export function Checklist({ alert, may }) {
  const [act, busy, error, clear] = useDeed();
  const [extra, setExtra] = useState('');
  const list = alert.checklist || [];
  const others = alert.history.filter((entry) => entry.what === 'step' && !list.some((known) => known.step === entry.detail));
  const open = openSteps(alert).length;
  if (!list.length && !others.length && !may) return null;
  const done = (step, then) => act(() => post(`/alerts/${alert.id}/steps`, { step }), (told) => {
    store.put(told);
    then?.();
  });
  const submit = (event) => {
    event.preventDefault();
    done(extra.trim(), () => setExtra(''));
  };
  return html`<section class="block checklist" aria-label="Checklist">
    <h2>Checklist${list.length ? html` <span class="quiet">${open ? `${count(open, 'step')} open` : 'all done'}</span>` : ''}</h2>
    ${list.length > 0 && html`<ol>${list.map((entry) => html`<${Step} key=${entry.step} entry=${entry} may=${may} busy=${busy} done=${done} />`)}</ol>`}
    ${!list.length && html`<p class="quiet">Alerts of this kind have no checklist.</p>`}
    ${others.length > 0 && html`<h3>Beside the list</h3><ol>${others.map(
      (entry, i) => html`<li key=${i} class="step done"><span class="step-box" aria-hidden="true">✓</span><span>${entry.detail}</span><${By} who=${entry.who} at=${entry.at} /></li>`,
    )}</ol>`}
    ${error && html`<${Failure} error=${error} again=${clear} action="Understood" />`}
    ${may && html`<form class="step-extra" onSubmit=${submit}>
      <label>Another step <input name="step" maxlength="200" value=${extra} onInput=${(e) => setExtra(e.target.value)} required /></label>
      <button class="button" disabled=${busy}>Done</button></form>`}
  </section>`;
}

function Step({ entry, may, busy, done }) {
  if (entry.doneAt) {
    return html`<li class="step done" data-done="true"><span class="step-box" aria-hidden="true">✓</span><span>${entry.step}</span><${By} who=${entry.doneBy} at=${entry.doneAt} /></li>`;
  }
  if (!may) return html`<li class="step" data-done="false"><span class="step-box" aria-hidden="true"></span><span>${entry.step}</span><span class="quiet">open</span></li>`;
  return html`<li class="step" data-done="false"><button type="button" class="step-button" disabled=${busy} onClick=${() => done(entry.step)} aria-label=${`Done: ${entry.step}`}>
    <span class="step-box" aria-hidden="true"></span><span>${entry.step}</span></button></li>`;
}

function By({ who, at }) {
  return html`<span class="step-by quiet">${who || 'nobody known'} <${Moment} at=${at} /></span>`;
}
