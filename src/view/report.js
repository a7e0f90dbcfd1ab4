// SPDX-License-Identifier: MIT
// The picture of a report: combinations are folded onto one or two chosen axes, at chosen values of the others, and
// drawn as a heatmap and as curves. Every text from the sweep is put in as text.
'use strict';
(() => {
const holder = document.getElementById('data');
if (!holder) {
  document.body.dataset.ready = 'yes';
  return;
}
const data = JSON.parse(holder.textContent), byId = id => document.getElementById(id);
const MOST_LINES = 8, NARROW = 560, FONT = '13px system-ui, sans-serif', BAD = [150, 150, 150];

// ---- What the page holds ----
function bytes(text) {
  const letters = atob(text), out = new Uint8Array(letters.length);
  for (let i = 0; i < out.length; i++) out[i] = letters.charCodeAt(i);
  return out;
}
function numbers(column) {
  if (column.floats !== undefined) return new Float32Array(bytes(column.floats).buffer);
  if (column.doubles !== undefined) return new Float64Array(bytes(column.doubles).buffer);
  const table = column.table.map(x => x === null ? NaN : x), out = new Float64Array(data.n);
  if (column.codes === undefined) return out.fill(table[0]);
  const codes = bytes(column.codes);
  for (let i = 0; i < out.length; i++) out[i] = table[codes[i]];
  return out;
}
const axes = data.axes.map(a => ({ ...a, n: a.labels.length, span: a.span || 1,
  at: a.wide ? new Uint16Array(bytes(a.at).buffer) : bytes(a.at) }));
const runs = numbers(data.runs);
const values = [];
if (data.any_solved) values.push({ name: 'share solved', share: numbers(data.solved) });
for (const m of data.metrics) values.push({ name: m.name, column: m.column });
if (data.any_diverged) values.push({ name: 'share diverged', share: numbers(data.diverged) });
if (!values.length) values.push({ name: 'runs', share: runs });
const is_rate = v => v.share && v.share !== runs;

// ---- What is chosen ----
const wide = axes.map((a, i) => i).filter(i => axes[i].n > 1).sort((i, j) => axes[j].n - axes[i].n || i - j);
const state = { x: wide.length ? wide[0] : 0, y: wide.length > 1 ? wide[1] : -1, fold: 'median', shade: 'auto',
  value: Math.max(0, values.findIndex(v => v.name === (data.rank || 'trainability'))), slice: axes.map(() => -1) };
const others = () => wide.filter(i => i !== state.x && i !== state.y);

function select(title, options, chosen, on_choice) {
  const label = document.createElement('label'), box = document.createElement('select');
  label.textContent = title;
  for (const [value, text] of options) box.add(new Option(text, value, false, String(value) === String(chosen)));
  box.addEventListener('change', () => on_choice(box.value));
  box.name = title;
  label.append(box);
  return label;
}
// An axis that is chosen twice changes its place.
function choose_axis(key, text) {
  const other = key === 'x' ? 'y' : 'x', old = state[key];
  state[key] = Number(text);
  if (state.x === state.y) state[other] = old;
  if (state.x < 0) state.x = wide.find(i => i !== state.y);
  rebuild();
}
function rebuild() {
  build_choices();
  draw();
}
function build_choices() {
  const names = wide.map(i => [i, axes[i].name]), same = list => list.map(text => [text, text]);
  const form = [
    select('to the right', names, state.x, text => choose_axis('x', text)),
    select('upwards', [[-1, '(nothing)'], ...names], state.y, text => choose_axis('y', text)),
    select('value', values.map((v, i) => [i, v.name]), state.value, text => { state.value = Number(text); rebuild(); }),
  ];
  if (!values[state.value].share && (others().length || data.cells < data.exact))
    form.push(select('over the others', same(Object.keys(folds)), state.fold, text => { state.fold = text; draw(); }));
  if (state.y >= 0)
    form.push(select('colours', same(['auto', 'linear', 'log', 'rank']), state.shade,
      text => { state.shade = text; draw(); }));
  for (const i of others())
    form.push(select(axes[i].name, [[-1, '(all)'], ...axes[i].labels.map((l, k) => [k, l])], state.slice[i],
      text => { state.slice[i] = Number(text); draw(); }));
  byId('choices').replaceChildren(...form);
}

// ---- Folding: a table of nx times ny places ----
const folds = {
  median: part => {
    const k = (part.length - 1) / 2;
    part.sort();
    return part[Math.floor(k)] / 2 + part[Math.ceil(k)] / 2;
  },
  mean: part => part.reduce((mean, x, i) => mean + (x - mean) / (i + 1), 0),
  least: part => part.reduce((a, b) => Math.min(a, b)),
  greatest: part => part.reduce((a, b) => Math.max(a, b)),
};
// The place of each combination, -1 of those outside of the slice.
function places() {
  const x = axes[state.x], y = axes[state.y], out = new Int32Array(data.n);
  const fixed = others().filter(i => state.slice[i] >= 0);
  for (let i = 0; i < data.n; i++)
    out[i] = fixed.some(k => axes[k].at[i] !== state.slice[k]) ? -1 : (y ? y.at[i] : 0) * x.n + x.at[i];
  return out;
}
function fold() {
  const of = places(), nx = axes[state.x].n, ny = state.y < 0 ? 1 : axes[state.y].n;
  const empty = () => new Float64Array(nx * ny);
  const out = { nx, ny, value: empty().fill(NaN), low: empty().fill(NaN), high: empty().fill(NaN), runs: empty() };
  for (let i = 0; i < data.n; i++) if (of[i] >= 0) out.runs[of[i]] += runs[i];
  if (values[state.value].share) fold_share(out, of);
  else fold_metric(out, of);
  return out;
}
function fold_share(out, of) {
  const v = values[state.value], sum = new Float64Array(out.value.length);
  for (let i = 0; i < data.n; i++) if (of[i] >= 0) sum[of[i]] += v.share[i];
  for (let k = 0; k < sum.length; k++)
    if (out.runs[k]) out.value[k] = sum[k] / (is_rate(v) ? out.runs[k] : 1);
}
// Values of one place are put together, then folded; without a y, quartiles make a band.
function fold_metric(out, of) {
  const v = values[state.value], column = v.numbers = v.numbers || numbers(v.column);
  const end = new Int32Array(out.value.length);
  let sum = 0;
  for (let i = 0; i < data.n; i++) if (of[i] >= 0 && !Number.isNaN(column[i])) end[of[i]]++;
  for (let k = 0; k < end.length; k++) [end[k], sum] = [sum, sum + end[k]];
  const all = new column.constructor(sum);
  for (let i = 0; i < data.n; i++) if (of[i] >= 0 && !Number.isNaN(column[i])) all[end[of[i]]++] = column[i];
  for (let k = 0, begin = 0; k < end.length; begin = end[k++]) {
    const part = all.subarray(begin, end[k]);
    if (part.length) out.value[k] = part.length === 1 ? part[0] : folds[state.fold](part);
    if (part.length < 2 || state.y >= 0) continue;
    part.sort();
    out.low[k] = part[Math.floor((part.length - 1) / 4)];
    out.high[k] = part[Math.ceil((part.length - 1) * 3 / 4)];
  }
}

// ---- Scales and ticks ----
function at_scale(s, x) {
  return s.log ? Math.log(x / s.low) / Math.log(s.high / s.low) : (x - s.low) / (s.high - s.low);
}
function make_scale(low, high, log) {
  const more = low === 0 ? 1 : Math.abs(low) / 2;
  if (!(low <= high) || !Number.isFinite(high - low)) return { low: 0, high: 1, log: false };
  return low === high ? { low: low - more, high: high + more, log: false } : { low, high, log: log && low > 0 };
}
function log_ticks(s, about) {
  const decades = Math.log10(s.high) - Math.log10(s.low), stride = Math.max(1, Math.ceil(decades / about)), out = [];
  const parts = decades * 3 <= about ? [1, 2, 5] : [1];
  for (let k = Math.floor(Math.log10(s.low) / stride) * stride; k <= Math.log10(s.high) + 0.01; k += stride)
    for (const part of parts) {
      const x = Number(part + 'e' + k);
      if (x >= s.low * 0.9999 && x <= s.high * 1.0001) out.push(x);
    }
  return out;
}
function linear_ticks(s, about) {
  const raw = (s.high - s.low) / Math.max(1, about), power = 10 ** Math.floor(Math.log10(raw)), part = raw / power;
  const step = power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10), out = [];
  if (!(step > 0) || !Number.isFinite(step)) return out;
  for (let k = Math.ceil(s.low / step - 1e-9); k * step <= s.high + step * 1e-9 && out.length < 25; k++)
    out.push(k * step);
  return out;
}
function ticks(s, about) {
  const out = s.log ? log_ticks(s, about) : [];
  return out.length > 1 ? out : linear_ticks(s, about);
}
const text_of = x => Number.isNaN(x) ? 'no value' : String(Number(x.toPrecision(6)));
function short_of(x) {
  const t = Number(x.toPrecision(4)), a = Math.abs(t);
  return a !== 0 && (a < 1e-3 || a >= 1e6) ? t.toExponential().replace('e+', 'e') : String(t);
}
const cut = (text, n) => text.length > n ? text.slice(0, n - 1) + '\u2026' : text;
// Ticks of an axis: [share of its length, text]. Values that can be told one by one are.
function axis_ticks(a, most) {
  if (a.spacing === 'list' || a.n <= Math.min(most, 12)) {
    const stride = Math.max(1, Math.ceil(a.n / Math.max(1, most))), out = [];
    for (let i = 0; i < a.n; i += stride) out.push([(i + 0.5) / a.n * a.span, a.labels[i]]);
    return out.filter(t => t[0] <= 1);
  }
  const s = { low: a.low, high: a.high, log: a.spacing === 'log' };
  return ticks(s, most).map(x => [at_scale(s, x), short_of(x)]);
}

// ---- Colours ----
const ramp_of = hex => Uint8Array.from(hex.match(/../g), h => parseInt(h, 16));
const ramps = { even: ramp_of(data.even), signed: ramp_of(data.signed) }, n_colors = ramps.even.length / 3;
// Every colour as often as any other; of values on both sides of 0 each side apart.
function rank_shade(shown, is_signed) {
  const first = shown.findIndex(x => x >= 0), n_low = first < 0 ? shown.length : first;
  const rank = (x, from, to) => {
    let a = from, b = to;
    while (a < b) {
      const m = (a + b) >> 1;
      if (shown[m] < x) a = m + 1;
      else b = m;
    }
    return to - from > 1 ? (a - from) / (to - from - 1) : 0.5;
  };
  const value_at = p => !is_signed ? shown[Math.floor(p * (shown.length - 1))] : p === 0.5 ? 0
    : p < 0.5 ? shown[Math.floor(2 * p * (n_low - 1))]
    : shown[n_low + Math.floor((2 * p - 1) * (shown.length - n_low - 1))];
  return {
    place: x => !is_signed ? rank(x, 0, shown.length)
      : x < 0 ? 0.49 * rank(x, 0, n_low) : 0.51 + 0.49 * rank(x, n_low, shown.length),
    bar: [0, 0.25, 0.5, 0.75, 1].map(p => [p, short_of(value_at(p))]),
  };
}
function scale_shade(low, high, is_signed, log) {
  const reach = Math.max(-low, high);
  const scale = is_rate(values[state.value]) && !log ? { low: 0, high: 1, log }
    : is_signed ? make_scale(-reach, reach, false) : make_scale(low, high, log);
  return { place: x => at_scale(scale, x), bar: ticks(scale, 6).map(x => [at_scale(scale, x), short_of(x)]) };
}
function make_shade(t) {
  const shown = t.value.filter(x => !Number.isNaN(x)).sort(), low = shown[0], high = shown[shown.length - 1];
  const is_signed = low < 0 && high > 0;
  const least = low === 0 ? shown.find(x => x > 0) : low; // above 0, for logarithms
  const auto = values[state.value].name === 'trainability' ? 'rank'
    : high / (low === 0 && is_rate(values[state.value]) ? high : least) > 100 ? 'log' : 'linear';
  const kind = !shown.length ? 'linear' : state.shade === 'auto' ? auto : state.shade;
  const shade = kind === 'rank' ? rank_shade(shown, is_signed)
    : kind === 'log' && least > 0 ? scale_shade(least, high, false, true) : scale_shade(low, high, is_signed, false);
  return { ramp: is_signed ? ramps.signed : ramps.even, bar: shown.length ? shade.bar : [],
    color: x => Math.max(0, Math.min(n_colors - 1, Math.floor(shade.place(x) * n_colors))) };
}
// A pixel a place; nothing where there is no run.
function image_of(t, shade) {
  const out = document.createElement('canvas'), context = out.getContext('2d');
  out.width = t.nx;
  out.height = t.ny;
  const image = context.createImageData(t.nx, t.ny);
  for (let k = 0; k < t.value.length; k++) {
    if (!t.runs[k]) continue;
    const at = 4 * ((t.ny - 1 - Math.floor(k / t.nx)) * t.nx + k % t.nx), c = 3 * shade.color(t.value[k]);
    image.data.set(Number.isNaN(t.value[k]) ? BAD : shade.ramp.subarray(c, c + 3), at);
    image.data[at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return out;
}

// ---- The heatmap ----
const view = { table: null, place: null, mark: null }; // what is drawn, where its cells lie, the cell pointed at
function color_of(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
function lay_out(c, width, shade) {
  const narrow = width < NARROW, height = Math.round(Math.min(560, Math.max(300, width * 0.62))), y = axes[state.y];
  const ticks_y = axis_ticks(y, Math.floor((height - 70) / 34)).map(([at, text]) => [at, cut(text, narrow ? 9 : 14)]);
  const widest = list => list.reduce((most, [, text]) => Math.max(most, c.measureText(text).width), 0);
  const left = Math.ceil(widest(ticks_y)) + 34, right = Math.ceil(widest(shade.bar)) + (narrow ? 32 : 48);
  return { narrow, width, height, ticks_y, left, top: 8, w: width - left - right, h: height - 56 };
}
function draw_map(t) {
  const figure = byId('picture'), canvas = figure.querySelector('canvas') || new_canvas(figure);
  const c = canvas.getContext('2d'), scale = window.devicePixelRatio || 1, shade = make_shade(t);
  c.font = FONT;
  const l = lay_out(c, Math.max(240, figure.clientWidth), shade);
  canvas.style.width = l.width + 'px';
  canvas.style.height = l.height + 'px';
  canvas.width = Math.round(l.width * scale);
  canvas.height = Math.round(l.height * scale);
  c.setTransform(scale, 0, 0, scale, 0, 0);
  c.font = FONT;
  draw_cells(c, t, shade, l, scale);
  const ink = c.fillStyle = color_of('--ink');
  draw_x(c, l);
  draw_y(c, l);
  draw_bar(c, l, shade, ink);
}
function draw_cells(c, t, shade, l, scale) {
  const w = l.w * axes[state.x].span, h = l.h * axes[state.y].span;
  c.save();
  c.beginPath();
  c.rect(l.left, l.top, l.w, l.h);
  c.clip();
  c.fillStyle = color_of('--block');
  c.fill();
  c.imageSmoothingEnabled = t.nx > l.w * scale || t.ny > l.h * scale;
  c.drawImage(image_of(t, shade), l.left, l.top + l.h - h, w, h);
  c.restore();
  c.strokeStyle = color_of('--faint');
  c.strokeRect(l.left - 0.5, l.top - 0.5, l.w + 1, l.h + 1);
  view.place = { left: l.left, low: l.top + l.h, w, h, shown_w: l.w, shown_h: l.h };
}
function draw_x(c, l) {
  const a = axes[state.x], room = (l.narrow ? 64 : 80) * (a.spacing === 'list' ? 0.75 : 1), low = l.top + l.h;
  let end = -Infinity;
  c.textAlign = 'center';
  for (const [at, text] of axis_ticks(a, Math.floor(l.w / room))) {
    const label = cut(text, 14), half = c.measureText(label).width / 2, x = l.left + at * l.w;
    c.fillRect(Math.round(x), low, 1, 5);
    if (x - half < end + 8) continue;
    c.fillText(label, Math.min(x, l.width - half), low + 18);
    end = x + half;
  }
  c.fillText(a.name, l.left + l.w / 2, low + 38);
}
function draw_y(c, l) {
  c.textAlign = 'right';
  for (const [at, text] of l.ticks_y) {
    const y = l.top + l.h - at * l.h;
    c.fillRect(l.left - 5, Math.round(y), 5, 1);
    c.fillText(text, l.left - 8, y + 4);
  }
  c.save();
  c.translate(12, l.top + l.h / 2);
  c.rotate(-Math.PI / 2);
  c.textAlign = 'center';
  c.fillText(axes[state.y].name, 0, 0);
  c.restore();
}
function draw_bar(c, l, shade, ink) {
  const left = l.left + l.w + (l.narrow ? 8 : 14), wide = l.narrow ? 10 : 18, low = l.top + l.h;
  for (let i = 0; i < l.h; i++) {
    const k = 3 * Math.floor(i * n_colors / l.h);
    c.fillStyle = `rgb(${shade.ramp[k]},${shade.ramp[k + 1]},${shade.ramp[k + 2]})`;
    c.fillRect(left, low - 1 - i, wide, 1.5);
  }
  c.fillStyle = ink;
  c.textAlign = 'left';
  for (const [at, text] of shade.bar) {
    const y = low - at * l.h;
    c.fillRect(left + wide, Math.round(y), 4, 1);
    c.fillText(text, left + wide + 7, Math.min(low - 1, Math.max(l.top + 10, y + 4)));
  }
}

// ---- Pointing: with the mouse, a finger, or the arrow keys ----
function describe(t, x, y) {
  const k = y * t.nx + x, v = values[state.value], n = t.runs[k];
  const where = axes[state.x].name + ' ' + axes[state.x].labels[x] +
    (state.y < 0 ? '' : ', ' + axes[state.y].name + ' ' + axes[state.y].labels[y]);
  const said = v.share === runs ? '' : v.name + ' ' + text_of(t.value[k]) + (v.share ? ' of ' : ', ');
  return where + ': ' + (n ? said + n + (n === 1 ? ' run' : ' runs') : 'no run');
}
function point_at(x, y) {
  if (x < 0 || y < 0 || x >= view.table.nx || y >= view.table.ny) return;
  view.mark = [x, y];
  byId('value').textContent = describe(view.table, x, y);
}
function on_pointer(event) {
  const box = event.target.getBoundingClientRect(), p = view.place;
  const x = event.clientX - box.left - p.left, y = p.low - (event.clientY - box.top);
  if (x < 0 || y < 0 || x >= p.shown_w || y >= p.shown_h) return;
  point_at(Math.floor(x / p.w * view.table.nx), Math.floor(y / p.h * view.table.ny));
}
function on_key(event) {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  if (!step) return;
  event.preventDefault();
  const [x, y] = view.mark || [-step[0], -step[1]];
  point_at(x + step[0], y + step[1]);
}
function new_canvas(figure) {
  const canvas = document.createElement('canvas');
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'heatmap');
  canvas.addEventListener('pointermove', on_pointer);
  canvas.addEventListener('pointerdown', on_pointer);
  canvas.addEventListener('keydown', on_key);
  figure.replaceChildren(canvas);
  return canvas;
}

// ---- Curves: over the axis to the right, one for each of a few values of the one that runs upwards ----
const template = document.createElement('template');
template.innerHTML = '<svg></svg>';
function svg(name, attributes, text) {
  const out = document.createElementNS(template.content.firstChild.namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
  if (text !== undefined) out.textContent = text;
  return out;
}
function chosen_lines(n) {
  const most = Math.min(n, MOST_LINES);
  return Array.from({ length: most }, (_, i) => most < 2 ? 0 : Math.round(i * (n - 1) / (most - 1)));
}
function lines_layout(t, width) {
  const rows = chosen_lines(t.ny), narrow = width < NARROW, keyed = state.y >= 0, a = axes[state.x];
  const top = 12, h = narrow ? 190 : 240;
  const key_height = keyed && narrow ? 20 * Math.ceil((rows.length + 1) / 2) + 8 : 0;
  let low = Infinity, high = -Infinity;
  for (const r of rows)
    for (const list of [t.value, t.low, t.high])
      for (let k = r * t.nx; k < (r + 1) * t.nx; k++) {
        if (list[k] < low) low = list[k];
        if (list[k] > high) high = list[k];
      }
  const s = is_rate(values[state.value]) ? { low: 0, high: Math.min(1, high * 1.02 || 1), log: false }
    : make_scale(low, high, high / low > 100);
  const ticks_y = ticks(s, 5).map(x => [x, short_of(x)]);
  const left = 38 + 8 * Math.max(3, ...ticks_y.map(([, text]) => text.length));
  const w = width - left - (keyed && !narrow ? 170 : 16);
  return { rows, ticks_y, narrow, keyed, width, left, top, w, h, s, height: top + h + 52 + key_height,
    x: i => left + w * (i + 0.5) / a.n * a.span, y: value => top + h * (1 - at_scale(s, value)) };
}
function add_axes(out, l) {
  const a = axes[state.x], low = l.top + l.h;
  for (const [at, text] of axis_ticks(a, Math.floor(l.w / 76))) {
    const x = l.left + at * l.w;
    out.append(svg('path', { class: 'l-faint', d: `M${x} ${l.top}V${low}` }),
      svg('text', { x, y: low + 18, 'text-anchor': 'middle' }, cut(text, 10)));
  }
  for (const [value, text] of l.ticks_y)
    out.append(svg('path', { class: 'l-faint', d: `M${l.left} ${l.y(value)}H${l.left + l.w}` }),
      svg('text', { x: l.left - 8, y: l.y(value) + 4, 'text-anchor': 'end' }, text));
  out.append(svg('text', { x: l.left + l.w / 2, y: low + 40, 'text-anchor': 'middle' }, a.name),
    svg('text', { transform: `translate(14 ${l.top + l.h / 2}) rotate(-90)`, 'text-anchor': 'middle' },
      values[state.value].name));
}
// A value between two gaps is a dash.
function add_line(out, t, l, r, k) {
  let line = '', band = '', back = '', pen = false;
  for (let i = 0; i < t.nx; i++) {
    const at = r * t.nx + i, x = l.x(i).toFixed(1), some = !Number.isNaN(t.value[at]);
    const alone = !pen && (i + 1 === t.nx || Number.isNaN(t.value[at + 1]));
    if (some) line += `${pen ? 'L' : 'M'}${x} ${l.y(t.value[at]).toFixed(1)}${alone ? 'm-4 0h8' : ''}`;
    pen = some;
    if (Number.isNaN(t.low[at])) continue;
    band += `${band ? 'L' : 'M'}${x} ${l.y(t.high[at]).toFixed(1)}`;
    back = `L${x} ${l.y(t.low[at]).toFixed(1)}` + back;
  }
  if (band) out.append(svg('path', { class: 'band f-s' + k, d: band + back + 'Z' }));
  out.append(svg('path', { class: 'line l-s' + k, d: line }));
}
function add_key(out, l) {
  const place = k => l.narrow ? [l.left + (k % 2) * l.w / 2, l.top + l.h + 60 + 20 * (k >> 1)]
    : [l.left + l.w + 12, l.top + 8 + 20 * k];
  const y = axes[state.y], [first_x, first_y] = place(0);
  out.append(svg('text', { x: first_x, y: first_y + 4 }, cut(y.name, 18)));
  l.rows.forEach((r, k) => {
    const [px, py] = place(k + 1);
    out.append(svg('path', { class: 'line l-s' + k, d: `M${px} ${py}h18` }),
      svg('text', { x: px + 24, y: py + 4 }, cut(y.labels[r], 18)));
  });
}
function draw_lines(t) {
  const figure = byId('lines'), l = lines_layout(t, Math.max(240, figure.clientWidth)), a = axes[state.x];
  const out = svg('svg', { class: 'figure', width: l.width, height: l.height, role: 'img' });
  const hair = svg('path', { class: 'hair' });
  out.append(svg('title', {}, values[state.value].name + ' over ' + a.name));
  add_axes(out, l);
  l.rows.forEach((r, k) => add_line(out, t, l, r, k));
  out.append(svg('rect', { class: 'frame l-ink', x: l.left, y: l.top, width: l.w, height: l.h }), hair);
  if (l.keyed) add_key(out, l);
  out.addEventListener('pointermove', event => {
    const i = Math.floor((event.clientX - out.getBoundingClientRect().left - l.left) / l.w / a.span * t.nx);
    if (i < 0 || i >= t.nx) return;
    hair.setAttribute('d', `M${l.x(i)} ${l.top}V${l.top + l.h}`);
    byId('value').textContent = !l.keyed ? describe(t, i, 0) : a.name + ' ' + a.labels[i] + ': ' +
      l.rows.map(r => axes[state.y].labels[r] + ' \u2192 ' + text_of(t.value[r * t.nx + i])).join(', ');
  });
  figure.replaceChildren(out);
}

// ---- All of it ----
function note() {
  const said = ['Point at the picture to read its values.'];
  if (data.repeated) said.push('Each combination stands with the median over its runs.');
  if (data.cells < data.exact)
    said.push(`Neighbouring values are taken together: of ${data.exact} combinations, ${data.cells} are told apart.`);
  if (data.n < data.cells) said.push(`${data.n} of them, evenly chosen, are in the page.`);
  byId('value').textContent = said.join(' ');
}
function draw() {
  const t = fold();
  view.table = t;
  view.mark = null;
  byId('picture').hidden = state.y < 0;
  if (state.y >= 0) draw_map(t);
  draw_lines(t);
  note();
}
rebuild();
let width = document.body.clientWidth;
addEventListener('resize', () => {
  if (document.body.clientWidth === width) return;
  width = document.body.clientWidth;
  draw();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
document.body.dataset.ready = 'yes';
})();
