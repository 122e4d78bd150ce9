// Keyboard shortcuts. A view says what its keys do while it is shown; none acts while a person types.
import { useEffect, useRef } from './vendor.js';

const layers = [];

const TYPES_TEXT = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]';

window.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const typing = event.target.closest?.(TYPES_TEXT);
  if (typing && event.key !== 'Escape') return;
  if (document.querySelector('dialog[open]') && event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  for (const layer of [...layers].reverse()) {
    const act = layer.current[event.key];
    if (act) {
      event.preventDefault();
      act(event);
      return;
    }
  }
});

/** @param keys from a key's name to what it does */
export function useKeys(keys) {
  const layer = useRef(keys);
  layer.current = keys;
  useEffect(() => {
    layers.push(layer);
    return () => layers.splice(layers.indexOf(layer), 1);
  }, []);
}

export const LISTED = [
  ['1 – 5', 'Alerts, units, events, pictures, system'],
  ['6 – 0', 'Supervision, escalation, outbox, statistics, audit'],
  ['j  k', 'Next and previous alert'],
  ['a', 'Take the alert that is shown'],
  ['n', 'Note something'],
  ['c', 'Close the alert'],
  ['/', 'To the search field'],
  ['m', 'Sound on or off'],
  ['Esc', 'Back'],
  ['?', 'This list'],
];
