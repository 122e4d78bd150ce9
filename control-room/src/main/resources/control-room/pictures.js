// Pictures: all of them by unit and date, those of one unit in a row, and one of them large.
import { html, useEffect, useRef, useState } from './vendor.js';
import { get, pictureAddress } from './api.js';
import { Ago, Answered, Empty, Failure, Fact, Moment, useAnswer } from './parts.js';
import { address, go } from './route.js';
import { bytes, count, date, pictureState } from './words.js';

const PAGE = 60;
const IN_A_ROW = 8;
const REFRESH_MS = 15_000;

export function Pictures({ at }) {
  const { serial = '', from = '', to = '' } = at.query;
  const chosen = {
    serial: serial.trim().toUpperCase(),
    from: from && new Date(`${from}T00:00:00`).toISOString(),
    to: to && dayAfter(to),
  };
  const key = JSON.stringify(chosen);
  const answer = useAnswer((signal) => get('/pictures', { ...chosen, limit: PAGE }, signal), key);
  return html`<div class="sheet">
    <header class="list-head"><h1>Pictures</h1></header>
    <${Filters} key=${`form ${key}`} query=${at.query} />
    <${Answered} answer=${answer} what="pictures">${(page) => html`<${Gallery} key=${key} page=${page} chosen=${chosen} />`}<//>
  </div>`;
}

function dayAfter(text) {
  const day = new Date(`${text}T00:00:00`);
  day.setDate(day.getDate() + 1);
  return day.toISOString();
}

function Filters({ query }) {
  const form = useRef(null);
  const submit = (event) => {
    event.preventDefault();
    go('pictures', '', Object.fromEntries(new FormData(form.current)));
  };
  return html`<form class="filters" ref=${form} onSubmit=${submit} role="search">
    <label>Serial <input name="serial" data-search defaultValue=${query.serial || ''} maxlength="12" autocapitalize="characters" spellcheck=${false} placeholder="Any" /></label>
    <label>From day <input type="date" name="from" defaultValue=${query.from || ''} /></label>
    <label>To day <input type="date" name="to" defaultValue=${query.to || ''} /></label>
    <div class="filter-buttons"><button class="button primary">Show</button>
    ${Object.keys(query).length > 0 && html`<a class="button" href=${address('pictures')}>Clear</a>`}</div>
  </form>`;
}

function Gallery({ page, chosen }) {
  const [pages, setPages] = useState([page]);
  const [error, setError] = useState(null);
  const [shown, show] = useState(null);
  const items = pages.flatMap((p) => p.items);
  const { next } = pages[pages.length - 1];
  useEffect(() => setPages([page]), [page]);
  async function more() {
    setError(null);
    try {
      const further = await get('/pictures', { ...chosen, limit: PAGE, cursor: next });
      setPages((was) => [...was, further]);
    } catch (failure) {
      setError(failure);
    }
  }
  if (!items.length) return html`<${Empty} title="No pictures">Units send them when the wearer takes one, or when they are asked to.<//>`;
  const days = [...new Set(items.map((picture) => date(picture.takenAt)))];
  return html`
    <p class="found" role="status">${next ? `The newest ${items.length}` : count(items.length, 'picture')}</p>
    ${days.map(
      (day) => html`<section key=${day} class="day"><h2 class="group">${day}</h2>
        <ul class="gallery">${items.filter((picture) => date(picture.takenAt) === day).map((picture) => html`<li key=${picture.id}><${Card} picture=${picture} open=${() => show(picture.id)} named=${true} /></li>`)}</ul>
      </section>`,
    )}
    <${Failure} error=${error} again=${more} />
    ${next && html`<p class="list-end"><button type="button" class="button" onClick=${more}>Show more</button></p>`}
    ${shown && html`<${Large} items=${items} shown=${shown} show=${show} />`}
  `;
}

/** The newest pictures of one unit. */
export function Strip({ serial }) {
  const answer = useAnswer((signal) => get('/pictures', { serial, limit: IN_A_ROW }, signal), serial, REFRESH_MS);
  const [shown, show] = useState(null);
  return html`<${Answered} answer=${answer} what="pictures">${({ items, next }) =>
    items.length
      ? html`<ul class="gallery strip">${items.map((picture) => html`<li key=${picture.id}><${Card} picture=${picture} open=${() => show(picture.id)} /></li>`)}</ul>
          ${next && html`<p><a href=${address('pictures', '', { serial })}>All pictures of this unit</a></p>`}
          ${shown && html`<${Large} items=${items} shown=${shown} show=${show} />`}`
      : html`<p class="quiet">This unit has sent none.</p>`}<//>`;
}

function Card({ picture, open, named }) {
  return html`<button type="button" class="card" onClick=${open} data-picture=${picture.id} data-state=${picture.state}>
    <${Image} picture=${picture} />
    <span class="card-words">${named && html`<span class="serial">${picture.serial}</span>`}<span class="quiet"><${Ago} at=${picture.takenAt} /></span></span>
  </button>`;
}

const described = (picture) => `Picture ${picture.picture} of unit ${picture.serial}`;

/** The picture, or why there is none to see. */
function Image({ picture, large }) {
  const [broken, setBroken] = useState(false);
  if (picture.state !== 'complete' || broken) {
    const share = picture.size ? Math.floor((100 * picture.received) / picture.size) : 0;
    const why = broken ? 'Not an image' : picture.state === 'partial' ? `Still coming, ${share} %` : pictureState(picture.state);
    return html`<span class="no-image">${why}</span>`;
  }
  return html`<img src=${pictureAddress(picture)} alt=${described(picture)} loading=${large ? 'eager' : 'lazy'} decoding="async" onError=${() => setBroken(true)} />`;
}

function Large({ items, shown, show }) {
  const dialog = useRef(null);
  const now = items.findIndex((picture) => picture.id === shown);
  const picture = items[now];
  useEffect(() => dialog.current?.showModal(), []);
  if (!picture) return null;
  const step = (by) => items[now + by] && show(items[now + by].id);
  const key = (event) => {
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  };
  return html`<dialog ref=${dialog} class="large" onClose=${() => show(null)} onKeyDown=${key} aria-label=${described(picture)}>
    <div class="large-image"><${Image} key=${picture.id} picture=${picture} large=${true} /></div>
    <div class="large-words">
      <dl class="facts">
        <${Fact} term="Unit"><a class="serial" href=${address('units', picture.serial)} onClick=${() => dialog.current.close()}>${picture.serial}</a><//>
        <${Fact} term="Taken"><${Moment} at=${picture.takenAt} /><//>
        <${Fact} term="Picture">${picture.picture}, ${bytes(picture.size)}<//>
        <${Fact} term="State">${pictureState(picture.state)}<//>
        ${picture.sha256 && html`<${Fact} term="SHA-256" wide><code class="hash">${picture.sha256}</code><//>`}
      </dl>
      <div class="large-buttons">
        <button type="button" class="button" disabled=${now === 0} onClick=${() => step(-1)}>Newer</button>
        <button type="button" class="button" disabled=${now === items.length - 1} onClick=${() => step(1)}>Older</button>
        ${picture.state === 'complete' && html`<a class="button" href=${pictureAddress(picture)} download=${`${picture.serial}-${picture.picture}`}>Save</a>`}
        <button type="button" class="button primary" onClick=${() => dialog.current.close()}>Close</button>
      </div>
    </div>
  </dialog>`;
}
