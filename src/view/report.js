// SPDX-License-Identifier: MIT
// The picture of a report, ended by report_figures.js: combinations are folded onto one or two chosen axes, at chosen values of the others, and
// drawn as a heatmap and as curves. Every text from the sweep is put in as text.
'use strict';
(() => {
const holder = document.getElementById('data');
if (!holder) {
  document.body.dataset.ready = 'yes';
  return;
}
const data = JSON.parse(holder.textContent), byId = id => document.getElementById(id);
const MOST_LINES = 8, NARROW = 560, BAD = [150, 150, 150], pen = document.createElement('canvas').getContext('2d');
pen.font = "13px 'DejaVu Sans', system-ui, sans-serif"; // as the page's style has it for figures
const width_of = text => pen.measureText(text).width, widest = list => Math.max(0, ...list.map(width_of));

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
// Numbers with three digits, or as many as tell them apart.
function short_labels(labels) {
  if (!labels.every(text => Number.isFinite(Number(text)))) return labels;
  for (let digits = 3; digits < 18; digits++) {
    const out = labels.map(text => short_of(Number(text), digits));
    if (new Set(out).size === labels.length) return out;
  }
  return labels;
}
const axes = data.axes.map(a => ({ ...a, n: a.labels.length, span: a.span || 1, short: short_labels(a.labels),
  texts: a.labels.some(text => Number.isNaN(parseFloat(text))),
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
