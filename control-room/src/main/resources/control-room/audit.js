// Who did what, when and from where, as the audit trail has it.
import { html, useRef } from './vendor.js';
import { get } from './api.js';
import { Answered, Empty, Moment, More, Table, usePages } from './parts.js';
import { address, go } from './route.js';

const PAGE = 100;
const FIELDS = ['who', 'action', 'object', 'from', 'to'];
const ACTIONS = ['login', 'login.failed', 'logout', 'alert.acknowledge', 'alert.step', 'alert.note', 'alert.close', 'alert.live', 'unit.put', 'unit.command', 'unit.command-cancel', 'unit.test', 'checklist.put', 'policy.put', 'policy.delete', 'group.put', 'group.delete', 'assignments.put', 'events.export', 'picture.view'];

function chosenBy(query) {
  const chosen = {};
  for (const name of FIELDS) {
    if (!query[name]) continue;
    const time = name === 'from' || name === 'to' ? new Date(query[name]) : null;
    chosen[name] = time && !Number.isNaN(time.getTime()) ? time.toISOString() : query[name].trim();
  }
  return chosen;
}

export function Audit({ at }) {
  const chosen = chosenBy(at.query);
  const key = JSON.stringify(chosen);
  const pages = usePages((cursor, signal) => get('/audit', { ...chosen, limit: PAGE, cursor }, signal), key);
  return html`<div class="sheet">
    <header class="list-head"><h1>Audit</h1></header>
    <${Filters} key=${`form ${key}`} query=${at.query} />
    <${Answered} answer=${pages.answer} what="the audit trail">${() =>
      pages.items.length
        ? html`<${Table} label="What people did" className="table messages" data=${pages.items.length} head=${[['When'], ['Who'], ['Action'], ['On'], ['From'], ['What changed']]}>
            ${pages.items.map((entry) => html`<${Entry} key=${entry.id} entry=${entry} />`)}<//>
            <${More} pages=${pages} one="entry" />`
        : html`<${Empty} title="Nobody did anything like that">Fewer filters find more.<//>`}
    <//>
  </div>`;
}

function Filters({ query }) {
  const form = useRef(null);
  const submit = (event) => {
    event.preventDefault();
    go('audit', '', Object.fromEntries(new FormData(form.current)));
  };
  return html`<form class="filters" ref=${form} onSubmit=${submit} role="search">
    <label>Who <input name="who" data-search defaultValue=${query.who || ''} maxlength="200" autocapitalize="none" spellcheck=${false} placeholder="Anybody" /></label>
    <label>Action <input name="action" list="audit-actions" defaultValue=${query.action || ''} maxlength="200" autocapitalize="none" spellcheck=${false} placeholder="Any" /></label>
    <datalist id="audit-actions">${ACTIONS.map((name) => html`<option key=${name} value=${name} />`)}</datalist>
    <label>On <input name="object" defaultValue=${query.object || ''} maxlength="200" spellcheck=${false} placeholder="Anything" /></label>
    <label>From <input type="datetime-local" step="1" name="from" defaultValue=${query.from || ''} /></label>
    <label>Before <input type="datetime-local" step="1" name="to" defaultValue=${query.to || ''} /></label>
    <div class="filter-buttons"><button class="button primary">Search</button>
    ${Object.keys(query).length > 0 && html`<a class="button" href=${address('audit')}>Clear</a>`}</div>
  </form>`;
}

function Entry({ entry }) {
  const changed = Object.entries(entry.detail || {});
  return html`<tr data-action=${entry.action}>
    <td><${Moment} at=${entry.at} /></td>
    <th scope="row">${entry.who || '–'} <span class="quiet">${entry.role}</span></th>
    <td><code>${entry.action}</code></td>
    <td class="breaks">${entry.object}</td>
    <td class="breaks">${entry.from}</td>
    <td class="message-text">${changed.length ? changed.map(([name, value]) => html`<div key=${name}><span class="quiet">${name}:</span> ${value}</div>`) : html`<span class="quiet">–</span>`}</td>
  </tr>`;
}
