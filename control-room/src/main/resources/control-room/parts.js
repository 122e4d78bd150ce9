// Small pieces that every view uses: times that grow older, states of loading, failing and being empty.
import { html, useCallback, useEffect, useRef, useState } from './vendor.js';
import { store } from './store.js';
import { ago, clock, count } from './words.js';

const clocks = new Set();
setInterval(() => clocks.forEach((tick) => tick((n) => n + 1)), 1_000);

/** Draws its component again every second. */
export function useSeconds() {
  const [, tick] = useState(0);
  useEffect(() => {
    clocks.add(tick);
    return () => clocks.delete(tick);
  }, []);
}

export function Ago({ at }) {
  useSeconds();
  return at ? html`<time datetime=${at} title=${at}>${ago(at)}</time>` : html`<span class="quiet">never</span>`;
}

/** A time of day with its age. */
export function Moment({ at }) {
  useSeconds();
  if (!at) return html`<span class="quiet">clock not set</span>`;
  return html`<time datetime=${at} title=${at}><span class="figures">${clock(at)}</span> <span class="quiet">${ago(at)}</span></time>`;
}

/**
 * What a request answers with: {value, error, loading, again}. Asked anew when the key changes, or every so often; an answer stays until
 * there is a newer one to the same question.
 */
export function useAnswer(ask, key, everyMs = 0) {
  const [answer, set] = useState({ value: null, error: null, loading: true, key: null });
  const latest = useRef(ask);
  latest.current = ask;
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (key === null) return undefined;
    const abort = new AbortController();
    let timer = 0;
    const once = async () => {
      try {
        const value = await latest.current(abort.signal);
        if (!abort.signal.aborted) set({ value, error: null, loading: false, key });
      } catch (error) {
        if (abort.signal.aborted) return;
        set((was) => ({ value: was.key === key ? was.value : null, error, loading: false, key }));
      }
      if (everyMs && !abort.signal.aborted) timer = setTimeout(once, everyMs);
    };
    set((was) => (was.key === key ? was : { ...was, loading: true }));
    once();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, everyMs, round]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  const current = answer.key === key;
  return { value: current ? answer.value : null, error: current ? answer.error : null, loading: answer.loading || !current, again };
}

/** What a refusal means to whoever looks at a view. */
function refusal(error) {
  if (error?.status === 404) return ['This system does not have that', 'It may be older than this page, or run without this part. Nothing is shown because nothing is known.'];
  if (error?.status === 403) return ['Not with your role', `You are logged in as ${store.get().who?.role}. Ask an administrator.`];
  return null;
}

export function Failure({ error, again, action = 'Try again' }) {
  if (!error) return null;
  return html`<div class="failure" role="alert">
    <p>${error.message}${error.body?.expected ? html` <span class="quiet">Expected: ${error.body.expected}</span>` : null}</p>
    ${again && html`<button type="button" class="button" onClick=${again}>${action}</button>`}
  </div>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty"><p class="empty-title">${title}</p>${children && html`<p>${children}</p>`}</div>`;
}

export function Loading({ what }) {
  return html`<p class="loading" role="status">Loading ${what}</p>`;
}

/** An answer with all its states: children is called with the value. */
export function Answered({ answer, what, children }) {
  const { value, error, loading, again } = answer;
  const refused = value === null && refusal(error);
  if (refused) return html`<div data-refused=${error.status}><${Empty} title=${refused[0]}>${refused[1]}<//></div>`;
  return html`
    <${Failure} error=${error} again=${again} />
    ${value !== null ? children(value) : loading && !error && html`<${Loading} what=${what} />`}
  `;
}

/** A term and what it is. */
export function Fact({ term, children, wide }) {
  return html`<div class=${wide ? 'fact wide' : 'fact'}><dt>${term}</dt><dd>${children}</dd></div>`;
}

/** A choice of what a view shows, as links: [name, title] each. */
export function Switch({ label, options, chosen, to }) {
  return html`<div class="switch" role="group" aria-label=${label}>
    ${options.map(([name, title]) => html`<a key=${name} href=${to(name)} aria-current=${name === chosen ? 'true' : null}>${title}</a>`)}
  </div>`;
}

/** A table that can be scrolled sideways, by keyboard too. */
export function Table({ label, className = 'table', head, children, data }) {
  return html`<div class="table-frame" tabindex="0" role="region" aria-label=${label}><table class=${className} data-rows=${data}>
    <thead><tr>${head.map(([title, kind = '']) => html`<th key=${title} class=${kind}>${title}</th>`)}</tr></thead>
    <tbody>${children}</tbody>
  </table></div>`;
}

/**
 * A list that comes in pages, its first page anew every so often: {items, next, answer, more, busy, error}. Once further pages were asked
 * for, the list stays as it is until the filters change.
 */
export function usePages(ask, key, everyMs = 0) {
  const [further, setFurther] = useState({ key: null, pages: [] });
  const pages = further.key === key ? further.pages : [];
  const first = useAnswer((signal) => ask('', signal), key, pages.length ? 0 : everyMs);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const held = useRef(null);
  if (!pages.length) held.current = first.value;
  const all = held.current ? [held.current, ...pages] : [];
  const next = all.length ? all[all.length - 1].next : null;
  const more = async () => {
    setBusy(true);
    setError(null);
    try {
      const page = await ask(next);
      setFurther((was) => ({ key, pages: [...(was.key === key ? was.pages : []), page] }));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const again = () => {
    setFurther({ key: null, pages: [] });
    first.again();
  };
  return { answer: { ...first, again }, items: all.flatMap((page) => page.items), next, more, busy, error };
}

/** The end of a list that comes in pages. */
export function More({ pages, one }) {
  return html`<${Failure} error=${pages.error} again=${pages.more} />
    <p class="list-end">${count(pages.items.length, one)}${pages.next ? ', and there are more ' : ''}
    ${pages.next && html`<button type="button" class="button" disabled=${pages.busy} onClick=${pages.more}>${pages.busy ? 'Loading' : 'Show more'}</button>`}</p>`;
}

/** Something a person does that the system answers: [act, busy, error, clear]. */
export function useDeed() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const act = async (deed, then) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const answer = await deed();
      then?.(answer);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return [act, busy, error, () => setError(null)];
}
