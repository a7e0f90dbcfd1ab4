// SPDX-License-Identifier: MIT
// The picture of a report: combinations are folded onto two chosen axes, at chosen values of the others, and drawn.
// Every text from the sweep is put in as text.
'use strict';
(() => {
const holder = document.getElementById('data');
if (!holder) { document.body.dataset.ready = 'yes'; return; }
const data = JSON.parse(holder.textContent), byId = id => document.getElementById(id);
const most_lines = 8;

// ---- What the page holds ----
function bytes(text) {
  const letters = atob(text), out = new Uint8Array(letters.length);
  for (let i = 0; i < out.length; i++) out[i] = letters.charCodeAt(i);
  return out;
}
function numbers(column) {
  if (column.floats !== undefined) return new Float32Array(bytes(column.floats).buffer);
  const table = column.table.map(x => x === null ? NaN : x), out = new Float32Array(data.n);
  if (column.codes === undefined) return out.fill(table[0]);
  const codes = bytes(column.codes);
  for (let i = 0; i < out.length; i++) out[i] = table[codes[i]];
  return out;
}
const axes = data.axes.map(a => ({ ...a, n: a.labels.length,
  at: a.wide ? new Uint16Array(bytes(a.at).buffer) : bytes(a.at) }));
const runs = numbers(data.runs), solved = numbers(data.solved), diverged = numbers(data.diverged);
const values = [];
if (data.any_solved) values.push({ name: 'share solved', share: solved });
for (const m of data.metrics) values.push({ name: m.name, column: m.column });
if (data.any_diverged) values.push({ name: 'share diverged', share: diverged });
if (!values.length) values.push({ name: 'runs', share: runs });
const folds = {
  median: part => { part.sort(); const k = (part.length - 1) / 2;
    return 0.5 * (part[Math.floor(k)] + part[Math.ceil(k)]); },
  mean: part => part.reduce((sum, x) => sum + x, 0) / part.length,
  least: part => part.reduce((a, b) => Math.min(a, b)),
  greatest: part => part.reduce((a, b) => Math.max(a, b)),
};

// ---- What is chosen ----
const wide = axes.map((a, i) => i).filter(i => axes[i].n > 1).sort((i, j) => axes[j].n - axes[i].n || i - j);
const state = { x: wide.length ? wide[0] : 0, y: wide.length > 1 ? wide[1] : -1, value: 0, fold: 'median',
  shade: 'auto', slice: axes.map(() => -1) };
const trainability = values.findIndex(v => v.name === 'trainability');
if (trainability >= 0) state.value = trainability;

function select(title, options, chosen, on_choice) {
  const label = document.createElement('label'), box = document.createElement('select');
  label.textContent = title;
  for (const [value, text] of options) box.add(new Option(text, value, false, String(value) === String(chosen)));
  box.addEventListener('change', () => on_choice(box.value));
  box.name = title;
  label.append(box);
  return label;
}
function build_choices() {
  const form = byId('choices'), names = wide.map(i => [i, axes[i].name]);
  const choose = (key, number) => text => {
    const old = state[key];
    state[key] = number ? Number(text) : text;
    if (state.x === state.y) state[key === 'x' ? 'y' : 'x'] = key === 'x' || old >= 0 ? old : -1;
    if (state.x < 0) state.x = wide.find(i => i !== state.y);
    build_choices();
    draw();
  };
  form.replaceChildren(
    select('to the right', names, state.x, choose('x', true)),
    select('upwards', [[-1, '(nothing)'], ...names], state.y, choose('y', true)),
    select('value', values.map((v, i) => [i, v.name]), state.value, choose('value', true)));
  const others = wide.filter(i => i !== state.x && i !== state.y);
  if (!values[state.value].share && (others.length || data.cells < data.exact))
    form.append(select('over the others', Object.keys(folds).map(f => [f, f]), state.fold, choose('fold')));
  if (state.y >= 0)
    form.append(select('colours', ['auto', 'linear', 'log', 'rank'].map(s => [s, s]), state.shade, choose('shade')));
  for (const i of others)
    form.append(select(axes[i].name, [[-1, '(all)'], ...axes[i].labels.map((l, k) => [k, l])], state.slice[i],
      text => { state.slice[i] = Number(text); draw(); }));
}

// ---- Folding ----
function fold() {
  const x = axes[state.x], y = state.y < 0 ? null : axes[state.y], nx = x.n, ny = y ? y.n : 1, n = nx * ny;
  const v = values[state.value], column = v.column && (v.numbers = v.numbers || numbers(v.column));
  const fixed = axes.map((a, i) => i).filter(i => state.slice[i] >= 0 && i !== state.x && i !== state.y);
  const of = new Int32Array(data.n).fill(-1), end = new Int32Array(n);
  const out = { nx, ny, value: new Float64Array(n).fill(NaN), low: new Float64Array(n).fill(NaN),
    high: new Float64Array(n).fill(NaN), runs: new Float64Array(n), share: new Float64Array(n) };
  for (let i = 0; i < data.n; i++) {
    if (fixed.some(k => axes[k].at[i] !== state.slice[k])) continue;
    const at = (y ? y.at[i] : 0) * nx + x.at[i];
    out.runs[at] += runs[i];
    if (v.share) out.share[at] += v.share[i];
    else if (!Number.isNaN(column[i])) { of[i] = at; end[at]++; }
  }
  if (v.share) {
    for (let k = 0; k < n; k++) if (out.runs[k]) out.value[k] = out.share[k] / (v.share === runs ? 1 : out.runs[k]);
    return out;
  }
  let sum = 0;
  for (let k = 0; k < n; k++) { const count = end[k]; end[k] = sum; sum += count; }
  const all = new Float32Array(sum);
  for (let i = 0; i < data.n; i++) if (of[i] >= 0) all[end[of[i]]++] = column[i];
  for (let k = 0, begin = 0; k < n; begin = end[k++]) {
    if (end[k] - begin === 1) { out.value[k] = all[begin]; continue; }
    if (end[k] === begin) continue;
    const part = all.subarray(begin, end[k]);
    out.value[k] = folds[state.fold](part);
    if (y) continue;
    part.sort();
    out.low[k] = part[Math.floor((part.length - 1) / 4)];
    out.high[k] = part[Math.ceil((part.length - 1) * 3 / 4)];
  }
  return out;
}

// ---- Scales and ticks ----
const at_scale = (s, x) => s.log ? Math.log(x / s.low) / Math.log(s.high / s.low) : (x - s.low) / (s.high - s.low);
function make_scale(low, high, log) {
  if (!(low <= high)) return { low: 0, high: 1, log: false };
  if (low === high) { const more = low === 0 ? 1 : Math.abs(low) / 2; return { low: low - more, high: high + more, log: false }; }
  return { low, high, log: log && low > 0 };
}
function ticks(s, about) {
  const out = [];
  if (s.log) {
    const decades = Math.log10(s.high / s.low), stride = Math.max(1, Math.ceil(decades / about));
    const parts = decades * 3 <= about ? [1, 2, 5] : [1];
    for (let k = Math.floor(Math.log10(s.low) / stride) * stride; 10 ** k <= s.high * 1.0001; k += stride)
      for (const part of parts) {
        const x = Number(part + 'e' + k);
        if (x >= s.low * 0.9999 && x <= s.high * 1.0001) out.push(x);
      }
    if (out.length > 1) return out;
    out.length = 0;
  }
  const raw = (s.high - s.low) / Math.max(1, about), power = 10 ** Math.floor(Math.log10(raw)), part = raw / power;
  const step = power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
  if (!(step > 0) || !Number.isFinite(step)) return out;
  for (let k = Math.ceil(s.low / step - 1e-9); k * step <= s.high + step * 1e-9 && out.length < 25; k++) out.push(k * step);
  return out;
}
const text_of = x => Number.isNaN(x) ? 'no value' : String(Number(x.toPrecision(6)));
const short_of = x => { const t = Number(x.toPrecision(4)), a = Math.abs(t);
  return a !== 0 && (a < 1e-3 || a >= 1e5) ? t.toExponential().replace('e+', 'e') : String(t); };
// Ticks of an axis: [share of its length, text].
function axis_ticks(a, most) {
  if (a.spacing === 'list' || a.n <= Math.min(most, 12)) {
    const stride = Math.max(1, Math.ceil(a.n / Math.max(1, most))), out = [];
    for (let i = 0; i < a.n; i += stride) out.push([(i + 0.5) / a.n * (a.span || 1), a.labels[i]]);
    return out.filter(t => t[0] <= 1);
  }
  const s = { low: a.low, high: a.high, log: a.spacing === 'log' };
  return ticks(s, most).map(x => [at_scale(s, x), short_of(x)]);
}
const cut = (text, n) => text.length > n ? text.slice(0, n - 1) + '\u2026' : text;

// ---- Colours ----
const ramp_of = hex => Uint8Array.from(hex.match(/../g), h => parseInt(h, 16));
const ramps = { even: ramp_of(data.even), signed: ramp_of(data.signed) }, n_colors = ramps.even.length / 3;
function make_shade(t) {
  const shown = Float64Array.from(t.value).filter(x => !Number.isNaN(x)).sort();
  const low = shown[0], high = shown[shown.length - 1], is_signed = low < 0 && high > 0;
  const share = values[state.value].share, name = values[state.value].name;
  let kind = state.shade;
  if (kind === 'auto') kind = name === 'trainability' ? 'rank' : low > 0 && high / low > 100 ? 'log' : 'linear';
  if (kind === 'log' && !(low > 0)) kind = 'linear';
  const reach = Math.max(-low, high), first = shown.findIndex(x => x >= 0), n_low = first < 0 ? shown.length : first;
  const scale = share && share !== runs && kind === 'linear' ? { low: 0, high: 1, log: false }
    : is_signed ? make_scale(-reach, reach, false) : make_scale(low, high, kind === 'log');
  const rank = (x, from, to) => {
    let a = from, b = to;
    while (a < b) { const m = (a + b) >> 1; if (shown[m] < x) a = m + 1; else b = m; }
    return to - from > 1 ? (a - from) / (to - from - 1) : 0.5;
  };
  const place = kind !== 'rank' ? x => at_scale(scale, x)
    : !is_signed ? x => rank(x, 0, shown.length)
    : x => x < 0 ? 0.49 * rank(x, 0, n_low) : 0.51 + 0.49 * rank(x, n_low, shown.length);
  const bar = kind !== 'rank' ? ticks(scale, 6).map(x => [at_scale(scale, x), short_of(x)])
    : [0, 0.25, 0.5, 0.75, 1].map(p => [p, short_of(is_signed && p === 0.5 ? 0 : is_signed
      ? p < 0.5 ? shown[Math.floor(2 * p * (n_low - 1))] : shown[n_low + Math.floor((2 * p - 1) * (shown.length - n_low - 1))]
      : shown[Math.floor(p * (shown.length - 1))])]);
  return { ramp: is_signed ? ramps.signed : ramps.even, bar: shown.length ? bar : [],
    color: x => Math.max(0, Math.min(n_colors - 1, Math.floor(place(x) * n_colors))) };
}
function image_of(t, shade, bad) {
  const out = document.createElement('canvas'), context = out.getContext('2d');
  out.width = t.nx;
  out.height = t.ny;
  const image = context.createImageData(t.nx, t.ny), p = image.data;
  for (let y = 0; y < t.ny; y++)
    for (let x = 0; x < t.nx; x++) {
      const k = y * t.nx + x, at = 4 * ((t.ny - 1 - y) * t.nx + x);
      if (!t.runs[k]) continue;
      const none = Number.isNaN(t.value[k]), c = none ? 0 : 3 * shade.color(t.value[k]);
      for (let i = 0; i < 3; i++) p[at + i] = none ? bad[i] : shade.ramp[c + i];
      p[at + 3] = 255;
    }
  context.putImageData(image, 0, 0);
  return out;
}

// ---- The heatmap ----
let shown = null, place = null, mark = null;
function draw_map(t) {
  const figure = byId('picture'), style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue('--ink').trim(), faint = style.getPropertyValue('--faint').trim();
  const width = Math.max(240, figure.clientWidth), narrow = width < 560, scale = window.devicePixelRatio || 1;
  const canvas = figure.querySelector('canvas') || document.createElement('canvas'), c = canvas.getContext('2d');
  const x = axes[state.x], y = axes[state.y], shade = make_shade(t);
  const height = Math.round(Math.min(560, Math.max(300, width * 0.62))), font = '13px system-ui, sans-serif';
  c.font = font;
  const y_ticks = axis_ticks(y, Math.floor((height - 70) / 34)).map(([at, text]) => [at, cut(text, narrow ? 9 : 14)]);
  const widest = list => list.reduce((most, [, text]) => Math.max(most, c.measureText(text).width), 0);
  const left = Math.ceil(widest(y_ticks)) + 34, right = Math.ceil(widest(shade.bar)) + (narrow ? 32 : 48);
  const w = width - left - right, h = height - 56, top = 8;
  canvas.style.width = width + 'px';
  canvas.style.height = height + 'px';
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  c.setTransform(scale, 0, 0, scale, 0, 0);
  c.font = font;
  c.clearRect(0, 0, width, height);
  const bad = [150, 150, 150], full_w = w * (x.span || 1), full_h = h * (y.span || 1);
  c.save();
  c.beginPath();
  c.rect(left, top, w, h);
  c.clip();
  c.imageSmoothingEnabled = t.nx > w * scale || t.ny > h * scale;
  c.drawImage(image_of(t, shade, bad), left, top + h - full_h, full_w, full_h);
  c.restore();
  c.strokeStyle = faint;
  c.strokeRect(left - 0.5, top - 0.5, w + 1, h + 1);
  c.fillStyle = c.strokeStyle = ink;
  c.textAlign = 'center';
  let end = -1e9;
  const room = narrow ? 64 : 80;
  for (const [at, text] of axis_ticks(x, Math.floor(w / (x.spacing === 'list' ? room * 0.75 : room)))) {
    const label = cut(text, 14), half = c.measureText(label).width / 2, px = left + at * w;
    c.fillRect(Math.round(px), top + h, 1, 5);
    if (px - half < end + 8) continue;
    c.fillText(label, Math.min(px, width - half), top + h + 18);
    end = px + half;
  }
  c.fillText(x.name, left + w / 2, top + h + 38);
  c.textAlign = 'right';
  for (const [at, text] of y_ticks) {
    c.fillRect(left - 5, Math.round(top + h - at * h), 5, 1);
    c.fillText(text, left - 8, top + h - at * h + 4);
  }
  c.save();
  c.translate(12, top + h / 2);
  c.rotate(-Math.PI / 2);
  c.textAlign = 'center';
  c.fillText(y.name, 0, 0);
  c.restore();
  draw_bar(c, shade, { left: left + w + (narrow ? 8 : 14), top, h, wide: narrow ? 10 : 18, ink });
  if (!canvas.parentNode) attach(canvas);
  shown = t;
  place = { left, top, w: full_w, h: full_h, base: top + h, clip: w, tall: h };
}
function draw_bar(c, shade, b) {
  for (let i = 0; i < b.h; i++) {
    const k = 3 * Math.floor(i * n_colors / b.h);
    c.fillStyle = `rgb(${shade.ramp[k]},${shade.ramp[k + 1]},${shade.ramp[k + 2]})`;
    c.fillRect(b.left, b.top + b.h - 1 - i, b.wide, 1.5);
  }
  c.fillStyle = b.ink;
  c.textAlign = 'left';
  for (const [at, text] of shade.bar) {
    c.fillRect(b.left + b.wide, Math.round(b.top + b.h - at * b.h), 4, 1);
    c.fillText(text, b.left + b.wide + 7, Math.min(b.top + b.h - 1, Math.max(b.top + 10, b.top + b.h - at * b.h + 4)));
  }
}

// ---- Pointing: with the mouse, a finger, or the arrow keys ----
function describe(t, x, y) {
  const k = y * t.nx + x, v = values[state.value], n = t.runs[k];
  const where = axes[state.x].name + ' ' + axes[state.x].labels[x] +
    (state.y < 0 ? '' : ', ' + axes[state.y].name + ' ' + axes[state.y].labels[y]);
  if (!n) return where + ': no run';
  const said = v.share ? (v.share === runs ? '' : v.name + ' ' + text_of(t.value[k]) + ' of ')
    : v.name + ' ' + (Number.isNaN(t.value[k]) ? 'no value' : text_of(t.value[k])) + ', ';
  return where + ': ' + said + n + (n === 1 ? ' run' : ' runs');
}
function point_at(x, y) {
  if (!shown || x < 0 || y < 0 || x >= shown.nx || y >= shown.ny) return;
  mark = [x, y];
  byId('value').textContent = describe(shown, x, y);
}
function attach(canvas) {
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'img');
  byId('picture').replaceChildren(canvas);
  canvas.addEventListener('pointermove', event => {
    const box = canvas.getBoundingClientRect(), x = event.clientX - box.left - place.left;
    const y = place.base - (event.clientY - box.top);
    if (x < 0 || y < 0 || x >= place.clip || y >= place.tall) return;
    point_at(Math.floor(x / place.w * shown.nx), Math.floor(y / place.h * shown.ny));
  });
  canvas.addEventListener('keydown', event => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y] = mark || [-step[0], -step[1]];
    point_at(x + step[0], y + step[1]);
  });
}

// ---- Curves: over the axis to the right, one for each of a few values of the one that runs upwards ----
const holder_of_svg = document.createElement('template');
holder_of_svg.innerHTML = '<svg></svg>';
function svg(name, attributes, text) {
  const out = document.createElementNS(holder_of_svg.content.firstChild.namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
  if (text !== undefined) out.textContent = text;
  return out;
}
function chosen_lines(n) {
  const out = [], most = Math.min(n, most_lines);
  for (let i = 0; i < most; i++) out.push(most < 2 ? 0 : Math.round(i * (n - 1) / (most - 1)));
  return out;
}
function draw_lines(t) {
  const figure = byId('lines'), width = Math.max(240, figure.clientWidth), narrow = width < 560, x = axes[state.x];
  const rows = chosen_lines(t.ny), keyed = rows.length > 1 || state.y >= 0, v = values[state.value];
  const left = 64, top = 12, right = keyed && !narrow ? 150 : 16, h = narrow ? 190 : 240;
  const key_height = keyed && narrow ? 20 * Math.ceil(rows.length / 2) + 8 : 0;
  const w = width - left - right, out = svg('svg', { class: 'chart', width, height: h + top + 52 + key_height, role: 'img' });
  const all = [];
  for (const r of rows)
    for (let i = 0; i < t.nx; i++)
      for (const list of [t.value, t.low, t.high]) if (!Number.isNaN(list[r * t.nx + i])) all.push(list[r * t.nx + i]);
  const low = all.reduce((a, b) => Math.min(a, b), Infinity), high = all.reduce((a, b) => Math.max(a, b), -Infinity);
  const s = v.share && v.share !== runs ? { low: 0, high: 1, log: false } : make_scale(low, high, low > 0 && high / low > 100);
  const px = i => left + w * (i + 0.5) / t.nx * (x.span || 1), py = value => top + h * (1 - at_scale(s, value));
  out.append(svg('title', {}, v.name + ' over ' + x.name));
  for (const [at, text] of axis_ticks(x, Math.floor(w / 76))) {
    const px = left + at * w;
    out.append(svg('path', { class: 'grid', d: `M${px} ${top}V${top + h}` }),
      svg('text', { x: px, y: top + h + 18, 'text-anchor': 'middle' }, cut(text, 12)));
  }
  for (const value of ticks(s, 5))
    out.append(svg('path', { class: 'grid', d: `M${left} ${py(value)}H${left + w}` }),
      svg('text', { x: left - 8, y: py(value) + 4, 'text-anchor': 'end' }, short_of(value)));
  out.append(svg('text', { x: left + w / 2, y: top + h + 40, 'text-anchor': 'middle' }, x.name),
    svg('text', { transform: `translate(14 ${top + h / 2}) rotate(-90)`, 'text-anchor': 'middle' }, v.name));
  rows.forEach((r, k) => {
    let line = '', band = '', back = '';
    for (let i = 0; i < t.nx; i++) {
      const at = r * t.nx + i;
      if (!Number.isNaN(t.value[at])) line += (line && !Number.isNaN(t.value[at - 1]) && i ? 'L' : 'M') + px(i) + ' ' + py(t.value[at]);
      if (Number.isNaN(t.low[at])) continue;
      band += (band ? 'L' : 'M') + px(i) + ' ' + py(t.high[at]);
      back = 'L' + px(i) + ' ' + py(t.low[at]) + back;
    }
    if (band) out.append(svg('path', { class: 'band fill s' + k, d: band + back + 'Z' }));
    out.append(svg('path', { class: 'line s' + k, d: line }));
    if (!keyed) return;
    const kx = narrow ? left + (k % 2) * w / 2 : left + w + 12, ky = narrow ? top + h + 58 + 20 * (k >> 1) : top + 8 + 20 * k;
    out.append(svg('path', { class: 'line s' + k, d: `M${kx} ${ky}h18` }),
      svg('text', { x: kx + 24, y: ky + 4 }, cut(state.y < 0 ? v.name : axes[state.y].labels[r], 16)));
  });
  out.append(svg('rect', { class: 'frame', x: left, y: top, width: w, height: h }));
  if (keyed && !narrow && state.y >= 0) out.append(svg('text', { x: left + w + 12, y: top + 20 * rows.length + 16 }, cut(axes[state.y].name, 18)));
  const hair = svg('path', { class: 'hair' });
  out.append(hair);
  out.addEventListener('pointermove', event => {
    const i = Math.floor((event.clientX - out.getBoundingClientRect().left - left) / w / (x.span || 1) * t.nx);
    if (i < 0 || i >= t.nx) return;
    hair.setAttribute('d', `M${px(i)} ${top}V${top + h}`);
    byId('value').textContent = rows.length === 1 ? describe(t, i, rows[0])
      : x.name + ' ' + x.labels[i] + ': ' + rows.map(r => axes[state.y].labels[r] + ' \u2192 ' + text_of(t.value[r * t.nx + i])).join(', ');
  });
  figure.replaceChildren(out);
}

// ---- All of it ----
function note() {
  let text = 'Point at the picture to read its values.';
  if (data.repeated) text += ' Each combination stands with the median over its runs.';
  if (data.cells < data.exact) text += ' Neighbouring values are taken together: ' + data.cells + ' of ' + data.exact + ' combinations are told apart.';
  if (data.n < data.cells) text += ' Every ' + Math.round(data.cells / data.n) + 'th combination is in the page.';
  byId('value').textContent = text;
}
function draw() {
  const t = fold();
  mark = null;
  byId('picture').hidden = state.y < 0;
  if (state.y >= 0) draw_map(t);
  shown = t;
  draw_lines(t);
  note();
}
build_choices();
draw();
let width = document.body.clientWidth;
addEventListener('resize', () => {
  if (document.body.clientWidth === width) return;
  width = document.body.clientWidth;
  draw();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
document.body.dataset.ready = 'yes';
})();
