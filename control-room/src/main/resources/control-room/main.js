// Where the page begins: the feed and the ring run for the whole life of the page, the view is drawn into #page.
import { html, render } from './vendor.js';
import { follow } from './feed.js';
import { ring } from './sound.js';
import { Shell } from './shell.js';
import { store } from './store.js';

async function settings() {
  try {
    const answer = await fetch('/page/settings.json', { cache: 'no-store' });
    if (answer.ok) store.set({ settings: await answer.json() });
  } catch {
    // The map is drawn without a background then.
  }
}

settings();
ring();
follow();
render(html`<${Shell} />`, document.getElementById('page'));
