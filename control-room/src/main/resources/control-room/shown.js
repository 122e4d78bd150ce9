// Tells the system that an alert is on a screen: once for each, when its card can really be seen. Nothing that goes wrong here is said.
import { useEffect, useRef } from './vendor.js';
import { post } from './api.js';
import { store } from './store.js';

const MAY_TELL = ['operator', 'administrator'];
const REMEMBERED = 5_000;
const AGAIN_MS = 5_000;

const told = new Set();
const seen = new Map(); // elements that are in the window now, with their alerts' ids
let observer = null;

function watcher() {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) seen.set(entry.target, entry.target.dataset.alert);
        else seen.delete(entry.target);
      }
      tell();
    },
    { threshold: 0.5 },
  );
  return observer;
}

document.addEventListener('visibilitychange', tell);
setInterval(tell, AGAIN_MS);

function tell() {
  if (document.visibilityState !== 'visible') return;
  if (!MAY_TELL.includes(store.get().who?.role)) return;
  for (const id of new Set(seen.values())) report(id);
}

async function report(id) {
  const alert = store.alert(id);
  if (!alert?.stored || alert.state === 'closed' || alert.journey.shownAt || told.has(id)) return;
  told.add(id);
  if (told.size > REMEMBERED) told.delete(told.values().next().value);
  try {
    await post(`/alerts/${encodeURIComponent(id)}/shown`, {});
  } catch (failure) {
    // Not reached, or the database is away: it is on the screen all the same, and is told a little later.
    if (failure.status === 0 || failure.status === 503) told.delete(id);
  }
}

/** A ref for an element that shows an alert, and says so in data-alert. */
export function useShown() {
  const element = useRef(null);
  useEffect(() => {
    const card = element.current;
    if (!card) return undefined;
    watcher().observe(card);
    return () => {
      watcher().unobserve(card);
      seen.delete(card);
    };
  }, []);
  return element;
}
