// Where the page is, as the address says after #: /view/id?filters. So back, reload and bookmarks work, and a login ends where it began.
import { useEffect, useState } from './vendor.js';

export function place() {
  const [path, query = ''] = window.location.hash.replace(/^#/, '').split('?');
  const [view = 'alerts', id = ''] = path.split('/').filter(Boolean).map(decoded);
  return { view, id, query: Object.fromEntries(new URLSearchParams(query)) };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export function address(view, id = '', query = {}) {
  const filters = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ''}${filters ? `?${filters}` : ''}`;
}

export function go(view, id, query) {
  window.location.hash = address(view, id, query);
}

export function usePlace() {
  const [at, set] = useState(place);
  useEffect(() => {
    const moved = () => set(place());
    window.addEventListener('hashchange', moved);
    return () => window.removeEventListener('hashchange', moved);
  }, []);
  return at;
}
