// SPDX-License-Identifier: MIT
// The second half of report.js, in its scope: how what is folded is drawn.

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
function minor_ticks(s) {
  const out = [], first = Math.floor(Math.log10(s.low)), last = Math.log10(s.high);
  for (let k = first; s.log && last - first <= 12 && k <= last; k++)
    for (let part = 2; part < 10; part++) out.push(Number(part + 'e' + k));
  return out.filter(x => x > s.low && x < s.high);
}
// Of a scale: [share of its length, text]; those without text are smaller.
function ticks(s, about) {
  const logs = s.log ? log_ticks(s, about) : [], at = x => at_scale(s, x);
  return (logs.length > 1 ? logs : linear_ticks(s, about)).map(x => [at(x), short_of(x)])
    .concat(minor_ticks(s).map(x => [at(x), '']));
}
const text_of = x => Number.isNaN(x) ? 'no value' : String(Number(x.toPrecision(6)));
function short_of(x, digits = 4) {
  const t = Number(x.toPrecision(digits)), a = Math.abs(t);
  return a !== 0 && (a < 1e-3 || a >= 1e6) ? t.toExponential().replace('e+', 'e') : String(t);
}
const cut = (text, n) => text.length > n ? text.slice(0, n - 1) + '\u2026' : text;
// Of an axis: values that can be told one by one are.
function axis_ticks(a, most) {
  if (a.spacing === 'list' || a.n <= Math.min(most, 12)) {
    const stride = Math.max(1, Math.ceil(a.n / Math.max(1, most))), out = [];
    for (let i = 0; i < a.n; i += stride) out.push([(i + 0.5) / a.n * a.span, a.short[i]]);
    return out.filter(t => t[0] <= 1);
  }
  return ticks({ low: a.low, high: a.high, log: a.spacing === 'log' }, most);
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
    bar: [0, 0.25, 0.5, 0.75, 1].map(p => [p, short_of(value_at(p), 3)]),
  };
}
function scale_shade(low, high, is_signed, log) {
  const reach = Math.max(-low, high);
  const scale = is_rate(values[state.value]) && !log ? { low: 0, high: 1, log }
    : is_signed ? make_scale(-reach, reach, false) : make_scale(low, high, log);
  return { place: x => at_scale(scale, x), bar: ticks(scale, 6) };
}
// The greatest share of different values that a third of the colours show, as in the pictures of luron plot.
function crowding(values, log) {
  const s = make_scale(values[0], values[values.length - 1], log);
  let most = 0;
  for (let i = 0, j = 0; i < values.length; i++) {
    while (j < values.length && at_scale(s, values[j]) - at_scale(s, values[i]) <= 1 / 3) j++;
    most = Math.max(most, j - i);
  }
  return most / values.length;
}
function usual_shade(shown, is_signed) {
  const v = values[state.value], low = shown[0], high = shown[shown.length - 1];
  const least = low === 0 && !is_rate(v) ? shown.find(x => x > 0) : low;
  if (v.name === 'trainability') return 'rank';
  if (least > 0 && high / least > 100) return 'log';
  const different = shown.filter((x, i) => i === 0 || x !== shown[i - 1]);
  if (is_rate(v) || is_signed || different.length <= 4 || crowding(different, false) <= 0.6) return 'linear';
  return low > 0 && crowding(different, true) <= 0.7 ? 'log' : 'rank';
}
function make_shade(t) {
  const shown = t.value.filter(x => !Number.isNaN(x)).sort(), low = shown[0], high = shown[shown.length - 1];
  const is_signed = low < 0 && high > 0;
  const least = low === 0 ? shown.find(x => x > 0) : low; // above 0, for logarithms
  const kind = !shown.length ? 'linear' : state.shade === 'auto' ? usual_shade(shown, is_signed) : state.shade;
  const shade = kind === 'rank' ? rank_shade(shown, is_signed)
    : kind === 'log' && least > 0 ? scale_shade(least, high, false, true) : scale_shade(low, high, is_signed, false);
  return { kind, ramp: is_signed ? ramps.signed : ramps.even, bar: shown.length ? shade.bar : [],
    color: x => Math.max(0, Math.min(n_colors - 1, Math.floor(shade.place(x) * n_colors))) };
}
// A pixel a place; nothing where there is no run.
function paint(canvas, t, shade) {
  const context = canvas.getContext('2d');
  canvas.width = t.nx;
  canvas.height = t.ny;
  const image = context.createImageData(t.nx, t.ny);
  for (let k = 0; k < t.value.length; k++) {
    if (!t.runs[k]) continue;
    const at = 4 * ((t.ny - 1 - Math.floor(k / t.nx)) * t.nx + k % t.nx), c = 3 * shade.color(t.value[k]);
    image.data.set(Number.isNaN(t.value[k]) ? BAD : shade.ramp.subarray(c, c + 3), at);
    image.data[at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

const room = () => Math.max(240, byId('said').clientWidth);

// ---- What both figures have: SVG, whose colours are the page's, in the light, in the dark and on paper ----
const template = document.createElement('template');
template.innerHTML = '<svg></svg>';
function svg(name, attributes, text) {
  const out = document.createElementNS(template.content.firstChild.namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
  if (text !== undefined) out.textContent = text;
  return out;
}
function new_figure(l, title) {
  const out = svg('svg', { class: 'figure', width: l.width, height: l.height, role: 'img',
    viewBox: `0 0 ${l.width} ${l.height}` });
  out.append(svg('title', {}, title));
  return out;
}
// Labels that would touch the one before are left out; the last one stays on the figure.
function add_x(out, l, grid) {
  const a = axes[state.x], low = l.top + l.h, room = (l.narrow ? 64 : 80) * (a.spacing === 'list' ? 0.75 : 1);
  let end = -Infinity;
  for (const [at, whole] of axis_ticks(a, Math.floor(l.w / room))) {
    const x = l.left + at * l.w, text = cut(whole, 14), half = width_of(text) / 2, middle = Math.min(x, l.width - half);
    if (grid && text) out.append(svg('path', { class: 'l-faint', d: `M${x} ${l.top}V${low}` }));
    out.append(svg('path', { class: 'l-ink', d: `M${x} ${low}v${text ? 5 : 3}` }));
    if (!text || middle - half < end + 8) continue;
    out.append(svg('text', { x: middle, y: low + 19, 'text-anchor': 'middle' }, text));
    end = middle + half;
  }
  out.append(svg('text', { x: l.left + l.w / 2, y: low + 40, 'text-anchor': 'middle' }, a.name));
}
function add_y(out, l, name, grid) {
  for (const [at, text] of l.ticks_y) {
    const y = l.top + l.h * (1 - at);
    if (grid && text) out.append(svg('path', { class: 'l-faint', d: `M${l.left} ${y}h${l.w}` }));
    out.append(svg('path', { class: 'l-ink', d: `M${l.left} ${y}h${text ? -5 : -3}` }),
      svg('text', { x: l.left - 8, y: y + 4.5, 'text-anchor': 'end' }, text));
  }
  out.append(svg('text', { transform: `translate(13 ${l.top + l.h / 2}) rotate(-90)`, 'text-anchor': 'middle' }, name));
}
function add_frame(out, l) {
  out.append(svg('rect', { class: 'frame l-ink', x: l.left, y: l.top, width: l.w, height: l.h }));
}

// ---- The heatmap: its cells are a canvas that lies below the figure ----
const view = { table: null, layout: null, mark: null }; // what is drawn, where it lies, what frames the cell pointed at
function lay_out(width, shade) {
  const narrow = width < NARROW, height = Math.round(Math.min(560, Math.max(300, width * 0.62))), y = axes[state.y];
  const ticks_y = axis_ticks(y, Math.floor((height - 70) / 34)).map(([at, text]) => [at, cut(text, narrow ? 9 : 14)]);
  const left = Math.ceil(widest(ticks_y.map(t => t[1]))) + 34;
  const right = Math.ceil(widest(shade.bar.map(t => t[1]))) + (narrow ? 32 : 48);
  return { narrow, width, height, ticks_y, left, top: 8, w: width - left - right, h: height - 56 };
}
function draw_map(t) {
  const figure = byId('picture'), shade = make_shade(t), l = view.layout = lay_out(room(), shade);
  const canvas = figure.querySelector('canvas') || new_canvas(figure), cells = canvas.parentNode.style;
  const out = new_figure(l, caption(t)), mark = view.mark = svg('rect', { class: 'mark' });
  const share = (part, whole) => 100 * part / whole + '%';
  cells.left = share(l.left, l.width);
  cells.top = share(l.top, l.height);
  cells.width = share(l.w, l.width);
  cells.height = share(l.h, l.height);
  canvas.style.width = share(axes[state.x].span, 1);
  canvas.style.height = share(axes[state.y].span, 1);
  canvas.classList.toggle('smooth', t.nx > l.w || t.ny > l.h);
  canvas.dataset.shade = shade.kind;
  paint(canvas, t, shade);
  add_x(out, l, false);
  add_y(out, l, axes[state.y].name, false);
  add_bar(out, l, shade);
  add_frame(out, l);
  out.append(mark);
  figure.replaceChildren(canvas.parentNode, out);
}
function add_bar(out, l, shade) {
  const left = l.left + l.w + (l.narrow ? 8 : 14), wide = l.narrow ? 10 : 18, low = l.top + l.h, n = 32;
  const colors = svg('linearGradient', { id: 'ramp', x1: 0, x2: 0, y1: 1, y2: 0 });
  for (let i = 0; i <= n; i++) {
    const k = 3 * Math.round(i * (n_colors - 1) / n);
    colors.append(svg('stop', { offset: i / n, 'stop-color': `rgb(${shade.ramp.slice(k, k + 3)})` }));
  }
  out.append(colors, svg('rect', { x: left, y: l.top, width: wide, height: l.h, fill: 'url(#ramp)' }));
  for (const [at, text] of shade.bar) {
    const y = low - at * l.h;
    out.append(svg('path', { class: 'l-ink', d: `M${left + wide} ${y}h${text ? 5 : 3}` }),
      svg('text', { x: left + wide + 8, y: Math.min(low, Math.max(l.top + 9, y + 4.5)) }, text));
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
  const t = view.table, l = view.layout;
  if (x < 0 || y < 0 || x >= t.nx || y >= t.ny) return;
  view.at = [x, y];
  byId('value').textContent = describe(t, x, y);
  const w = l.w * axes[state.x].span / t.nx, h = l.h * axes[state.y].span / t.ny;
  Object.entries({ x: l.left + x * w, y: l.top + l.h - (y + 1) * h, width: w, height: h })
    .forEach(([name, value]) => view.mark.setAttribute(name, value));
}
function on_pointer(event) {
  const box = view.canvas.getBoundingClientRect(), t = view.table;
  point_at(Math.floor((event.clientX - box.left) / box.width * t.nx),
    Math.floor((box.bottom - event.clientY) / box.height * t.ny));
}
function on_key(event) {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  if (!step) return;
  event.preventDefault();
  const [x, y] = view.at || [-step[0], -step[1]];
  point_at(x + step[0], y + step[1]);
}
function new_canvas(figure) {
  const canvas = view.canvas = document.createElement('canvas'), cells = document.createElement('div');
  cells.className = 'cells';
  cells.append(canvas);
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'heatmap');
  canvas.addEventListener('pointermove', on_pointer);
  canvas.addEventListener('pointerdown', on_pointer);
  canvas.addEventListener('keydown', on_key);
  figure.replaceChildren(cells);
  return canvas;
}

// ---- Curves: over the axis to the right, one for each of a few values of the one that runs upwards ----
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
  const s = is_rate(values[state.value]) ? { low: 0, high: Math.min(1.04, high * 1.08 || 1), log: false }
    : make_scale(low, high, high / low > 100);
  const ticks_y = ticks(s, 5), left = Math.ceil(widest(ticks_y.map(t => t[1]))) + 36;
  const w = width - left - (keyed && !narrow ? 170 : 16), step = w * a.span / a.n;
  // Nothing lies between texts, and nothing is known where most are gaps.
  const points = a.texts || rows.every(r => t.value.subarray(r * t.nx, (r + 1) * t.nx)
    .reduce((n, x) => n + Number.isNaN(x), 0) > t.nx / 4);
  return { points, rows, ticks_y, narrow, keyed, width, left, top, w, h, s, height: top + h + 52 + key_height, step,
    aside: Math.min(0.12, 0.7 / rows.length) * step, seen: new Set(), x: i => left + (i + 0.5) * step,
    y: value => top + h * (1 - Math.max(-1, Math.min(2, at_scale(s, value)))) };
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
  out.append(svg('path', { class: (l.seen.has(line) ? 'line dashed l-s' : 'line l-s') + k, d: line }));
  l.seen.add(line);
}
function add_points(out, t, l, r, k) {
  for (let i = 0; i < t.nx; i++) {
    const at = r * t.nx + i, x = l.x(i) + l.aside * (k - (l.rows.length - 1) / 2);
    if (Number.isNaN(t.value[at])) continue;
    if (!Number.isNaN(t.low[at])) {
      const low = l.y(t.low[at]), high = l.y(t.high[at]);
      out.append(svg('path', { class: 'line l-s' + k, d: `M${x} ${low}V${high}M${x - 4} ${low}h8M${x - 4} ${high}h8` }));
    }
    out.append(svg('circle', { class: 'point f-s' + k, cx: x, cy: l.y(t.value[at]), r: 4.5 }));
  }
}
function add_key(out, l) {
  const place = k => l.narrow ? [l.left + (k % 2) * l.w / 2, l.top + l.h + 60 + 20 * (k >> 1)]
    : [l.left + l.w + 12, l.top + 8 + 20 * k];
  const y = axes[state.y], [first_x, first_y] = place(0);
  out.append(svg('text', { x: first_x, y: first_y + 4 }, cut(y.name, 18)));
  l.rows.forEach((r, k) => {
    const [px, py] = place(k + 1);
    out.append(l.points ? svg('circle', { class: 'f-s' + k, cx: px + 9, cy: py, r: 4.5 })
      : svg('path', { class: 'line l-s' + k, d: `M${px} ${py}h18` }),
    svg('text', { x: px + 24, y: py + 4 }, cut(y.short[r], 18)));
  });
}
function draw_lines(t) {
  const figure = byId('lines'), l = lines_layout(t, room()), a = axes[state.x];
  const out = new_figure(l, values[state.value].name + ' over ' + a.name), hair = svg('path', { class: 'hair' });
  add_x(out, l, !a.texts);
  add_y(out, l, values[state.value].name, true);
  l.rows.forEach((r, k) => (l.points ? add_points : add_line)(out, t, l, r, k));
  add_frame(out, l);
  out.append(hair);
  if (l.keyed) add_key(out, l);
  out.addEventListener('pointermove', event => {
    const i = Math.floor((event.clientX - out.getBoundingClientRect().left - l.left) / l.step);
    if (i < 0 || i >= t.nx) return;
    hair.setAttribute('d', `M${l.x(i)} ${l.top}V${l.top + l.h}`);
    byId('value').textContent = !l.keyed ? describe(t, i, 0) : a.name + ' ' + a.labels[i] + ': ' +
      l.rows.map(r => axes[state.y].labels[r] + ' \u2192 ' + text_of(t.value[r * t.nx + i])).join(', ');
  });
  figure.replaceChildren(out);
}

// ---- All of it ----
// What is folded, over how many runs.
function caption(t) {
  const v = values[state.value], n = Array.from(t.runs).filter(x => x > 0), most = Math.max(0, ...n.slice(0, 65536));
  const least = n.slice(0, 65536).reduce((a, b) => Math.min(a, b), most);
  const folded = !v.share && (others().length || data.cells < data.exact || data.repeated);
  return (folded ? state.fold + ' ' : '') + v.name + (v.share === runs || most < 2 ? ''
    : ` of ${least < most ? least + ' to ' : ''}${most} runs per ${state.y < 0 ? 'point' : 'cell'}`) +
    (state.y < 0 && folded ? ', with quartiles' : '');
}
function note(t) {
  const said = [caption(t) + '.'];
  if (data.repeated && !values[state.value].share) said.push('Each combination stands with the median over its runs.');
  if (data.cells < data.exact)
    said.push(`Neighbouring values are taken together: of ${data.exact} combinations, ${data.cells} are told apart.`);
  if (data.n < data.cells) said.push(`${data.n} of them, evenly chosen, are in the page.`);
  byId('said').textContent = said.join(' ').replace(/^./, c => c.toUpperCase());
  byId('value').textContent = 'Point at the picture to read its values.';
}
function draw() {
  const t = fold();
  view.table = t;
  view.at = null;
  byId('picture').hidden = state.y < 0;
  if (state.y >= 0) draw_map(t);
  draw_lines(t);
  note(t);
}
rebuild();
let width = document.body.clientWidth;
addEventListener('resize', () => {
  if (document.body.clientWidth === width) return;
  width = document.body.clientWidth;
  draw();
});
document.body.dataset.ready = 'yes';
})();
