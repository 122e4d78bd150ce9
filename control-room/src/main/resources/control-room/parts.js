// Small pieces that every view uses: times that grow older, states of loading, failing and being empty.
import { html, useCallback, useEffect, useRef, useState } from './vendor.js';
import { ago, clock } from './words.js';

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

export function Failure({ error, again }) {
  if (!error) return null;
  return html`<div class="failure" role="alert">
    <p>${error.message}${error.body?.expected ? html` <span class="quiet">Expected: ${error.body.expected}</span>` : null}</p>
    ${again && html`<button type="button" class="button" onClick=${again}>Try again</button>`}
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
  return html`
    <${Failure} error=${error} again=${again} />
    ${value !== null ? children(value) : loading && !error && html`<${Loading} what=${what} />`}
  `;
}

/** A term and what it is. */
export function Fact({ term, children, wide }) {
  return html`<div class=${wide ? 'fact wide' : 'fact'}><dt>${term}</dt><dd>${children}</dd></div>`;
}
