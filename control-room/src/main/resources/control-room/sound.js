// Ringing. Tones are made here (Web Audio), nothing is loaded. Browsers play only after a person has clicked or typed: until then the
// page says that it is silent.
import { store } from './store.js';

const TONES = {
  // frequency in Hz, start and length in seconds, loudness
  critical: { every: 1_600, notes: [[988, 0, 0.22, 0.5], [740, 0.26, 0.22, 0.5], [988, 0.52, 0.22, 0.5], [740, 0.78, 0.3, 0.5]] },
  high: { every: 4_000, notes: [[660, 0, 0.18, 0.3], [660, 0.3, 0.18, 0.3]] },
  stale: { every: 5_000, notes: [[220, 0, 0.5, 0.45], [196, 0.55, 0.6, 0.45]] },
};

let context = null;
let playing = 'none';
let timer = 0;

/** Rings as the alerts are, from now on. */
export function ring() {
  store.subscribe(adjust);
  for (const gesture of ['pointerdown', 'keydown']) window.addEventListener(gesture, wake, { capture: true });
  adjust();
}

/** On or off; called from a click or a key. */
export function switchSound() {
  const { sound } = store.get();
  const on = !(sound.wanted && sound.running);
  store.sound({ wanted: on });
  if (on) wake();
}

function wake(gesture) {
  // The sound switch decides by itself, by how it was before it was pressed.
  if (gesture?.target?.closest?.('[data-sound-switch]')) return;
  if (!store.get().sound.wanted) return;
  context ??= newContext();
  if (context?.state === 'suspended') context.resume();
}

function newContext() {
  const Context = window.AudioContext || window.webkitAudioContext;
  if (!Context) return null;
  const made = new Context();
  made.onstatechange = () => store.sound({ running: made.state === 'running' });
  store.sound({ running: made.state === 'running' });
  return made;
}

/** Which of the alerts calls: an open one everybody, one that rang again while it was taken only who took it. */
export function calls(alert, who) {
  if (alert.state === 'open') return true;
  return alert.state === 'acknowledged' && alert.reopensAt !== null && alert.acknowledgedBy === who?.user;
}

function wantedRing() {
  const { who, feed } = store.get();
  if (!who) return 'none';
  const calling = store.alerts().filter((alert) => calls(alert, who));
  if (calling.some((alert) => alert.class === 'critical' && !alert.test)) return 'critical';
  if (feed.state === 'stale') return 'stale';
  return calling.length ? 'high' : 'none';
}

function adjust() {
  const { sound } = store.get();
  const ring = wantedRing();
  const audible = sound.wanted && sound.running ? ring : 'none';
  const root = document.documentElement;
  if (root.dataset.ringing !== ring) root.dataset.ringing = ring;
  root.dataset.sounding = audible;
  if (audible === playing) return;
  clearInterval(timer);
  playing = audible;
  if (playing === 'none') return;
  play();
  timer = setInterval(play, TONES[playing].every);
}

function play() {
  for (const [frequency, start, length, loudness] of TONES[playing].notes) {
    const at = context.currentTime + start;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.type = 'triangle';
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.015);
    volume.gain.setValueAtTime(loudness, at + length - 0.05);
    volume.gain.linearRampToValueAtTime(0, at + length);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + length);
  }
}
