// Groups of people that a policy can tell, with how each of them is reached.
import { html, useState } from './vendor.js';
import { get, put, remove } from './api.js';
import { NewName } from './escalation.js';
import { Answered, Empty, Failure, useAnswer, useDeed } from './parts.js';
import { channelName, count } from './words.js';

const CHANNELS = ['sms', 'mail', 'webhook'];
const path = (name) => `/contact-groups/${encodeURIComponent(name)}`;

export function Groups({ edits }) {
  const answer = useAnswer((signal) => get('/contact-groups', { limit: 1000 }, signal), 'groups');
  const [editing, edit] = useState(null); // {name, members}
  const [making, make] = useState(false);
  const done = () => {
    edit(null);
    answer.again();
  };
  return html`<${Answered} answer=${answer} what="groups">${({ items }) => html`<div class="cards-list">
    ${!items.length && !editing && html`<${Empty} title="No groups yet">A policy can tell people one by one, or a group of them.<//>`}
    ${items.map((group) => (editing?.name === group.name ? html`<${GroupForm} key=${group.name} group=${editing} done=${done} cancel=${() => edit(null)} />` : html`<${Group} key=${group.name} group=${group} edits=${edits} edit=${edit} done=${done} />`))}
    ${editing && !items.some((group) => group.name === editing.name) && html`<${GroupForm} group=${editing} done=${done} cancel=${() => edit(null)} />`}
    ${edits && !making && !editing && html`<div><button type="button" class="button" onClick=${() => make(true)}>New group</button></div>`}
    ${making && html`<${NewName} taken=${items.map((group) => group.name)} cancel=${() => make(false)} made=${(name) => {
      make(false);
      edit({ name, members: [] });
    }} />`}
  </div>`}<//>`;
}

function Group({ group, edits, edit, done }) {
  const [act, busy, error] = useDeed();
  return html`<section class="part" aria-label=${`Group ${group.name}`}><h2>${group.name}</h2>
    <ul>${(group.members || []).map((member, i) => html`<li key=${i}><strong>${member.name}</strong> <span class="quiet">${channelName(member.channel)}</span> <span class="address">${member.address}</span></li>`)}</ul>
    ${group.members && !group.members.length && html`<p class="quiet">${count(0, 'member')}: telling this group tells nobody.</p>`}
    <${Failure} error=${error} />
    ${edits && html`<div class="form-buttons"><button type="button" class="button small" onClick=${() => edit({ name: group.name, members: group.members || [] })}>Edit ${group.name}</button>
      <button type="button" class="button small" disabled=${busy} onClick=${() => act(() => remove(path(group.name)), done)}>Delete ${group.name}</button></div>`}
  </section>`;
}

function GroupForm({ group, done, cancel }) {
  const [members, set] = useState(group.members.length ? group.members : [{ name: '', channel: 'sms', address: '' }]);
  const [act, busy, error] = useDeed();
  const change = (at, part) => set(members.map((member, i) => (i === at ? { ...member, ...part } : member)));
  const submit = (event) => {
    event.preventDefault();
    act(() => put(path(group.name), { members: members.map(({ name, channel, address }) => ({ name: name.trim(), channel, address: address.trim() })) }), done);
  };
  return html`<form class="part" onSubmit=${submit} aria-label=${`Group ${group.name}`}><h2>${group.name}</h2>
    ${members.map((member, i) => html`<div key=${i} class="fields">
      <label class="grow">Name <input aria-label=${`Name of member ${i + 1}`} required maxlength="100" value=${member.name} onInput=${(e) => change(i, { name: e.target.value })} /></label>
      <label>Channel <select aria-label=${`Channel of member ${i + 1}`} onChange=${(e) => change(i, { channel: e.target.value })}>${CHANNELS.map((name) => html`<option key=${name} value=${name} selected=${member.channel === name}>${channelName(name)}</option>`)}</select></label>
      <label class="grow">Address <input aria-label=${`Address of member ${i + 1}`} required maxlength="500" value=${member.address} onInput=${(e) => change(i, { address: e.target.value })} /></label>
      <button type="button" class="button small" aria-label=${`Remove member ${i + 1}`} onClick=${() => set(members.filter((m, n) => n !== i))}>Remove</button>
    </div>`)}
    <div class="form-buttons"><button type="button" class="button small" onClick=${() => set([...members, { name: '', channel: 'sms', address: '' }])}>Add a member</button></div>
    <${Failure} error=${error} />
    <div class="form-buttons"><button class="button primary" disabled=${busy}>Save group</button><button type="button" class="button" onClick=${cancel}>Cancel</button></div>
  </form>`;
}
