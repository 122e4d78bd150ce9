// The way to the views. What has no room stands under "More"; on a phone that is more than on a desk.
import { html, useEffect, useRef, useState } from './vendor.js';
import { address } from './route.js';
import { store } from './store.js';

export function Navigation({ views, view, at }) {
  const [open, setOpen] = useState(false);
  const element = useRef(null);
  const button = useRef(null);
  useEffect(() => setOpen(false), [at.view, at.id]);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event) => element.current.contains(event.target) || setOpen(false);
    window.addEventListener('pointerdown', outside);
    window.addEventListener('focusin', outside);
    return () => {
      window.removeEventListener('pointerdown', outside);
      window.removeEventListener('focusin', outside);
    };
  }, [open]);
  const keys = (event) => {
    if (event.key !== 'Escape' || !open) return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
    button.current.focus();
  };
  const link = (v, className) => html`<a key=${v.name} class=${className} href=${address(v.name)} aria-current=${v === view ? 'page' : null} onClick=${() => setOpen(false)}>
    ${v.title}${v.name === 'alerts' && html`<${Waiting} />`}</a>`;
  return html`<nav aria-label="Views" ref=${element} onKeyDown=${keys}>
    ${views.filter((v) => v.place !== 'more').map((v) => link(v, v.place))}
    <button type="button" ref=${button} class=${`more-button at-${view.place}`} aria-expanded=${open} aria-controls="more-views" onClick=${() => setOpen(!open)}>
      <span class="more-here">${view.place === 'always' ? 'More' : view.title}</span><span class="more-word">More</span><span aria-hidden="true" class="more-arrow"></span></button>
    <div id="more-views" class="more-panel" hidden=${!open}>${views.filter((v) => v.place !== 'always').map((v) => link(v, v.place))}</div>
  </nav>`;
}

function Waiting() {
  const open = store.alerts().filter((alert) => alert.state === 'open' && !alert.test);
  if (!open.length) return null;
  const critical = open.some((alert) => alert.class === 'critical');
  return html` <span class=${critical ? 'waiting critical' : 'waiting'}><span aria-hidden="true">${open.length}</span><span class="unseen">, ${open.length} open</span></span>`;
}
