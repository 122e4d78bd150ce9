// The libraries, as the scripts before this module left them in the window. Everything else imports them from here.
import { markup } from './markup.js';

const { h, render, Fragment } = window.preact;
const { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } = window.preactHooks;
const html = markup(h);
const leaflet = window.L;

export { Fragment, html, leaflet, render, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState };
