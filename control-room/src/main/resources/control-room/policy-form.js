// A policy while it is edited: levels, whom each tells, and in which hours.
import { html, useState } from './vendor.js';
import { get, put } from './api.js';
import { Failure, useAnswer, useDeed } from './parts.js';
import { channelName } from './words.js';

export const CHANNELS = ['screen', 'sms', 'mail', 'webhook'];
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const EXAMPLES = { sms: '+441632960961', mail: 'duty@example.org', webhook: 'https://example.org/alerts' };
const WORKING = { days: DAYS.slice(0, 5), from: '08:00', to: '18:00' };

const replaced = (list, at, value) => list.map((old, i) => (i === at ? value : old));
const without = (list, at) => list.filter((old, i) => i !== at);
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/London';

/** As the interface wants it: nothing that is empty or belongs to another kind of target. */
function cleaned(levels) {
  const hours = (h) => (h ? { hours: { zone: h.zone.trim(), ...(h.days?.length ? { days: DAYS.filter((day) => h.days.includes(day)) } : {}), from: h.from, to: h.to } } : {});
  return levels.map((level) => ({
    afterSeconds: Number(level.afterSeconds),
    targets: level.targets.map((target) => ({
      ...('group' in target ? { group: target.group } : { channel: target.channel, ...(target.channel === 'screen' ? {} : { address: (target.address || '').trim() }) }),
      ...hours(target.hours),
    })),
    ...hours(level.hours),
  }));
}

export function PolicyForm({ name, policy, saved, cancel }) {
  const [levels, set] = useState(policy.levels);
  const [act, busy, error] = useDeed();
  const groups = useAnswer((signal) => get('/contact-groups', { limit: 1000 }, signal), 'groups').value?.items || [];
  const last = levels[levels.length - 1];
  const submit = (event) => {
    event.preventDefault();
    act(() => put(`/escalation-policies/${encodeURIComponent(name)}`, { levels: cleaned(levels) }), saved);
  };
  return html`<form class="policy-form" onSubmit=${submit} aria-label=${`Policy ${name}`}>
    <h2 class="pair-title">${name}</h2>
    ${levels.map((level, i) => html`<${LevelFields} key=${i} number=${i + 1} level=${level} groups=${groups} change=${(value) => set(replaced(levels, i, value))}
      drop=${levels.length > 1 ? () => set(without(levels, i)) : null} />`)}
    <div class="form-buttons"><button type="button" class="button" onClick=${() => set([...levels, { afterSeconds: Number(last.afterSeconds) + 60, targets: [{ channel: 'sms', address: '' }] }])}>Add a level</button></div>
    <${Failure} error=${error} />
    <div class="form-buttons"><button class="button primary" disabled=${busy}>Save policy</button><button type="button" class="button" onClick=${cancel}>Cancel</button></div>
  </form>`;
}

function LevelFields({ number, level, groups, change, drop }) {
  const targets = (value) => change({ ...level, targets: value });
  return html`<fieldset class="level" data-level=${number}>
    <legend>Level ${number}</legend>
    <div class="fields">
      <label>Seconds after it was raised <input type="number" min="0" max="86400" step="1" required value=${level.afterSeconds} onInput=${(e) => change({ ...level, afterSeconds: e.target.value })} /></label>
      ${drop && html`<button type="button" class="button small" onClick=${drop}>Remove level ${number}</button>`}
    </div>
    <${HoursFields} of=${`level ${number}`} hours=${level.hours} change=${(hours) => change({ ...level, hours })} />
    ${level.targets.map((target, i) => html`<${TargetFields} key=${i} of=${`target ${i + 1} of level ${number}`} target=${target} groups=${groups}
      change=${(value) => targets(replaced(level.targets, i, value))} drop=${level.targets.length > 1 ? () => targets(without(level.targets, i)) : null} />`)}
    <div class="form-buttons"><button type="button" class="button small" onClick=${() => targets([...level.targets, { channel: 'sms', address: '' }])}>Add a target to level ${number}</button></div>
  </fieldset>`;
}

function TargetFields({ of, target, groups, change, drop }) {
  const kind = 'group' in target ? 'group' : target.channel;
  const { hours } = target;
  const choose = (value) => change(value === 'group' ? { group: groups[0]?.name || '', hours } : { channel: value, address: '', hours });
  return html`<div class="target">
    <div class="fields">
      <label>Channel <select aria-label=${`Channel, ${of}`} onChange=${(e) => choose(e.target.value)}>
        ${CHANNELS.map((name) => html`<option key=${name} value=${name} selected=${kind === name}>${channelName(name)}</option>`)}
        <option value="group" selected=${kind === 'group'}>Group</option></select></label>
      ${kind === 'group' && html`<label class="grow">Group <select aria-label=${`Group, ${of}`} required onChange=${(e) => change({ ...target, group: e.target.value })}>
        ${[...new Set([target.group, ...groups.map((group) => group.name)])].filter(Boolean).map((name) => html`<option key=${name} value=${name} selected=${name === target.group}>${name}</option>`)}</select></label>`}
      ${EXAMPLES[kind] && html`<label class="grow">Address <input aria-label=${`Address, ${of}`} required maxlength="500" placeholder=${EXAMPLES[kind]} value=${target.address || ''} onInput=${(e) => change({ ...target, address: e.target.value })} /></label>`}
      ${drop && html`<button type="button" class="button small" onClick=${drop} aria-label=${`Remove ${of}`}>Remove</button>`}
    </div>
    <${HoursFields} of=${of} hours=${hours} change=${(value) => change({ ...target, hours: value })} />
  </div>`;
}

function HoursFields({ of, hours, change }) {
  const days = hours?.days?.length ? hours.days : DAYS; // none named: every day
  const day = (name, on) => change({ ...hours, days: on ? [...days, name] : days.filter((known) => known !== name) });
  return html`<div class="hours">
    <label class="choice-label"><input type="checkbox" checked=${Boolean(hours)} onChange=${(e) => change(e.target.checked ? { zone: zone(), ...WORKING } : undefined)} /> Only in certain hours<span class="unseen">, ${of}</span></label>
    ${hours && html`<div class="fields">
      ${DAYS.map((name) => html`<label key=${name} class="choice-label"><input type="checkbox" checked=${days.includes(name)} onChange=${(e) => day(name, e.target.checked)} aria-label=${`${name}, ${of}`} /> ${name}</label>`)}
      <label>From <input type="time" required value=${hours.from} onInput=${(e) => change({ ...hours, from: e.target.value })} aria-label=${`From, ${of}`} /></label>
      <label>To <input type="time" required value=${hours.to} onInput=${(e) => change({ ...hours, to: e.target.value })} aria-label=${`To, ${of}`} /></label>
      <label>Time zone <input required maxlength="64" value=${hours.zone} onInput=${(e) => change({ ...hours, zone: e.target.value })} aria-label=${`Time zone, ${of}`} /></label></div>`}
  </div>`;
}
