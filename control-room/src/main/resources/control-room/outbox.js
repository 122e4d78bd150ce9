// Everybody whom an alert told, on the screens and outside: what it said, to whom, by which provider, and what became of it.
import { html, useRef } from './vendor.js';
import { get } from './api.js';
import { Answered, Empty, Moment, More, Table, usePages } from './parts.js';
import { address, go } from './route.js';
import { channelName, sending } from './words.js';

const REFRESH_MS = 5_000;
const PAGE = 50;
const CHANNELS = ['screen', 'sms', 'mail', 'webhook'];
const STATES = ['queued', 'sending', 'sent', 'delivered', 'failed', 'stopped'];

export function Outbox({ at }) {
  const { alert = '', channel = '', state = '' } = at.query;
  const chosen = { alert, channel, state };
  const key = JSON.stringify(chosen);
  const pages = usePages((cursor, signal) => get('/notifications', { ...chosen, limit: PAGE, cursor }, signal), key, REFRESH_MS);
  return html`<div class="sheet">
    <header class="list-head"><h1>Outbox</h1><p class="quiet">Newest first, looked up again every 5 s</p></header>
    <${Filters} key=${`form ${key}`} query=${chosen} />
    <${Answered} answer=${pages.answer} what="messages">${() =>
      pages.items.length
        ? html`<${Table} label="Messages" className="table messages" data=${pages.items.length} head=${[['Made'], ['Alert'], ['To'], ['State'], ['Text']]}>
            ${pages.items.map((message) => html`<${Message} key=${message.id} message=${message} />`)}<//>
            <${More} pages=${pages} one="message" />`
        : html`<${Empty} title="No message is like that">There is one for each target of an alert’s escalation: the screens, and whoever is told by SMS, mail or webhook.<//>`}
    <//>
  </div>`;
}

function Filters({ query }) {
  const form = useRef(null);
  const submit = () => go('outbox', '', Object.fromEntries(new FormData(form.current)));
  const select = (name, label, values, words) => html`<label>${label}
    <select name=${name} onChange=${submit}><option value="" selected=${!query[name]}>Any</option>
      ${values.map((value) => html`<option key=${value} value=${value} selected=${query[name] === value}>${words(value)}</option>`)}</select></label>`;
  return html`<form class="filters" ref=${form} role="search" onSubmit=${(event) => {
    event.preventDefault();
    submit();
  }}>
    ${select('channel', 'Channel', CHANNELS, channelName)} ${select('state', 'State', STATES, sending)}
    ${query.alert && html`<input type="hidden" name="alert" value=${query.alert} /><p class="filter-note">Of one alert only</p>`}
    ${Object.values(query).some(Boolean) && html`<div class="filter-buttons"><a class="button" href=${address('outbox')}>Clear</a></div>`}
  </form>`;
}

function Message({ message }) {
  const tries = message.attempts > 1 ? `, ${message.attempts} attempts` : '';
  return html`<tr data-state=${message.state} data-notification=${message.id}>
    <td><${Moment} at=${message.createdAt} /></td>
    <th scope="row"><a href=${address('alerts', message.alert)}>${message.reference || 'Alert'}</a> <span class="quiet">level ${message.level}</span></th>
    <td>${channelName(message.channel)}${message.name && html` <strong>${message.name}</strong>`} <span class="address">${message.address || ''}</span></td>
    <td><span class=${`state sending-${message.state}`}>${sending(message.state)}</span>
      <span class="quiet">${message.provider ? ` by ${message.provider}` : ''}${tries}</span>
      ${message.sentAt && html`<div class="quiet">sent <${Moment} at=${message.sentAt} /></div>`}
      ${message.deliveredAt && html`<div class="quiet">delivered <${Moment} at=${message.deliveredAt} /></div>`}
      ${message.error && html`<div>${message.error}</div>`}</td>
    <td class="message-text">${message.text || html`<span class="quiet">–</span>`}</td>
  </tr>`;
}
