// Every request to the system's interface. The token is in a cookie that no script can read.
import { store } from './store.js';

const BASE = '/api/v1';

/** What the system answered instead of what was asked for, in its own words. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The system answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

/** The system could not be reached at all. */
export class Unreachable extends Error {
  constructor() {
    super('The system does not answer. Check the connection; nothing was changed.');
    this.status = 0;
  }
}

async function request(path, options) {
  let answer;
  try {
    answer = await fetch(BASE + path, { credentials: 'same-origin', cache: 'no-store', ...options });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Unreachable();
  }
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({}));
  if (answer.status === 401 && path !== '/login') store.loggedOut();
  throw new Problem(answer.status, body);
}

/** A path with those of the parameters that have a value. */
export function withQuery(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export const get = (path, parameters, signal) =>
  request(withQuery(path, parameters), { signal, headers: { Accept: 'application/json' } }).then((a) => a.json());

const send = (method) => (path, body, signal) =>
  request(path, {
    method,
    signal,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), Accept: 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
    .then((answer) => answer.text())
    .then((text) => (text ? JSON.parse(text) : null));

export const post = send('POST');
export const put = send('PUT');
export const remove = send('DELETE');

/** The answer's body as a file; it may be long. */
export const file = (path, parameters, mediaType) =>
  request(withQuery(path, parameters), { headers: { Accept: mediaType } }).then((answer) => answer.blob());

/** An event stream's answer; its body is still to be read. */
export const stream = (path, headers, signal) =>
  request(path, { signal, headers: { Accept: 'text/event-stream', ...headers } });

export async function login(user, password) {
  const { role } = await post('/login', { user, password });
  store.loggedIn({ user, role });
}

export async function logout() {
  let notice = null;
  try {
    await post('/logout', {});
  } catch (failure) {
    // The cookie is out of a script's reach: only the system can end the login.
    if (failure.status !== 401) notice = 'The system could not be told that you left: log in and out again when it answers.';
  }
  store.loggedOut(true);
  store.set({ notice });
}

export const pictureAddress = (picture) => `${BASE}/pictures/${encodeURIComponent(picture.id)}/content`;
