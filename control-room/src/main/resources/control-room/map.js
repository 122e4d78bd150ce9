// A map that draws what is known: positions, a graticule and a scale. Nothing is loaded from outside unless a tile server is configured.
import { html, leaflet as L, useEffect, useRef } from './vendor.js';
import { store } from './store.js';
import { clock } from './words.js';

const STEPS = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002];
const APART_PX = 84; // between two lines, so that what is written at them has room
const EDGE_PX = 22;
const CLOSEST = 15;

/**
 * @param points [{lat, lon, label, at, tone}] with tone critical, known or past; they are drawn in their order
 * @param trail joins the points with a line, in their order
 */
export function PositionMap({ points, trail = false, label, onPick }) {
  const element = useRef(null);
  const drawn = useRef(null);
  const pick = useRef(onPick);
  pick.current = onPick;

  useEffect(() => {
    const map = L.map(element.current, { attributionControl: false, zoomSnap: 0.5, maxZoom: 18, minZoom: 2, worldCopyJump: true, zoomControl: false });
    L.control.zoom({ position: 'topright' }).addTo(map);
    const { tiles, tilesAttribution } = store.get().settings;
    if (tiles) {
      L.tileLayer(tiles, { maxZoom: 18 }).addTo(map);
      L.control.attribution({ prefix: false }).addAttribution(text(tilesAttribution)).addTo(map);
    }
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    const grid = L.layerGroup().addTo(map);
    const marks = L.layerGroup().addTo(map);
    map.on('moveend zoomend resize', () => graticule(map, grid));
    const sized = new ResizeObserver(() => map.invalidateSize({ animate: false }));
    sized.observe(element.current);
    drawn.current = { map, marks, shown: '' };
    return () => {
      sized.disconnect();
      map.remove();
    };
  }, []);

  const key = JSON.stringify(points);
  useEffect(() => {
    const { map, marks } = drawn.current;
    marks.clearLayers();
    if (trail && points.length > 1) {
      L.polyline(points.map(at), { color: '#1c1f24', weight: 1.5, dashArray: '2 5', interactive: false }).addTo(marks);
    }
    points.forEach((point) => mark(point, marks, () => pick.current?.(point)));
    // Looks elsewhere only when there is something new to look at, not when a unit has moved a little.
    const whole = points.map((point) => point.id || point.label).join();
    if (drawn.current.shown !== whole) {
      drawn.current.shown = whole;
      if (points.length) map.fitBounds(L.latLngBounds(points.map(at)), { padding: [36, 36], maxZoom: CLOSEST, animate: false });
      else map.setView([51, 0], 4, { animate: false });
    }
  }, [key]);

  return html`<div class="map" ref=${element} role="region" aria-label=${label}></div>`;
}

const at = (point) => [point.lat, point.lon];

/** A node with this text: nothing that a unit or a person wrote is ever parsed as HTML. */
function text(words) {
  const node = document.createElement('span');
  node.textContent = words;
  return node.outerHTML;
}

function node(words) {
  const made = document.createElement('span');
  made.textContent = words;
  return made;
}

const LOOKS = {
  critical: { radius: 9, color: '#fff', weight: 3, fillColor: '#c8102e', fillOpacity: 1 },
  known: { radius: 6, color: '#fff', weight: 2, fillColor: '#1c1f24', fillOpacity: 1 },
  past: { radius: 4, color: '#1c1f24', weight: 1.5, fillColor: '#fff', fillOpacity: 1 },
};

function mark(point, into, picked) {
  const circle = L.circleMarker(at(point), LOOKS[point.tone || 'known']).addTo(into);
  const when = point.at ? `, ${clock(point.at)}` : '';
  circle.bindTooltip(node(`${point.label}${when}`), { direction: 'top', offset: [0, -6], permanent: point.tone === 'critical' });
  circle.on('click', picked);
  if (point.tone === 'critical') {
    L.circle(at(point), { radius: 100, color: '#c8102e', weight: 1, fillColor: '#c8102e', fillOpacity: 0.06, interactive: false }).addTo(into);
  }
}

function graticule(map, grid) {
  grid.clearLayers();
  const bounds = map.getBounds();
  const { x: width } = map.getSize();
  const least = ((bounds.getEast() - bounds.getWest()) / (width || 1)) * APART_PX;
  const step = STEPS.findLast((s) => s >= least) || STEPS[0];
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const line = (from, to) => L.polyline([from, to], { color: '#c9cec6', weight: 1, interactive: false }).addTo(grid);
  const write = (where, words, className) =>
    L.marker(where, { interactive: false, keyboard: false, icon: L.divIcon({ className, html: node(words), iconSize: null }) }).addTo(grid);
  for (let lat = Math.ceil(bounds.getSouth() / step) * step; lat <= bounds.getNorth(); lat += step) {
    line([lat, bounds.getWest()], [lat, bounds.getEast()]);
    if (map.latLngToContainerPoint([lat, 0]).y > 2 * EDGE_PX) write([lat, bounds.getWest()], `${Math.abs(lat).toFixed(digits)}° ${lat < 0 ? 'S' : 'N'}`, 'grid-lat');
  }
  for (let lon = Math.ceil(bounds.getWest() / step) * step; lon <= bounds.getEast(); lon += step) {
    line([bounds.getSouth(), lon], [bounds.getNorth(), lon]);
    if (map.latLngToContainerPoint([0, lon]).x < width - APART_PX) write([bounds.getNorth(), lon], `${Math.abs(lon).toFixed(digits)}° ${lon < 0 ? 'W' : 'E'}`, 'grid-lon');
  }
}
