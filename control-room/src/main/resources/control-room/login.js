import { html, useEffect, useRef, useState } from './vendor.js';
import { login } from './api.js';
import { useStore } from './store.js';
import { Mark } from './shell.js';

/** The form a page without a valid token shows instead of everything else. The address stays, so a login goes on where it was. */
export function Login() {
  const { notice } = useStore();
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const user = useRef(null);
  const password = useRef(null);
  useEffect(() => user.current.focus(), []);

  async function submit(event) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await login(user.current.value.trim(), password.current.value);
    } catch (failure) {
      setError(failure);
      setBusy(false);
      password.current.select();
    }
  }

  return html`<main class="login">
    <form onSubmit=${submit} aria-labelledby="login-title">
      <div class="login-mark"><${Mark} /></div>
      <h1 id="login-title">Control room</h1>
      ${notice && html`<p class="login-notice" role="status">${notice}</p>`}
      <label>User <input ref=${user} name="user" autocomplete="username" autocapitalize="none" spellcheck=${false} required /></label>
      <label>Password <input ref=${password} name="password" type="password" autocomplete="current-password" required /></label>
      ${error && html`<p class="form-error" role="alert">${error.message}</p>`}
      <button class="button primary" disabled=${busy}>${busy ? 'Logging in' : 'Log in'}</button>
    </form>
  </main>`;
}
