/* SPDX-License-Identifier: MIT
 * The report's style and script. The script reads a cell's value off the figure's data and writes it as text. */
#include "view/report.h"

const char lur_report_style[] =
    "body{font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff;max-width:60rem;margin:0 auto;"
    "padding:1rem}\n"
    "h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}\n"
    "pre{overflow-x:auto;font-size:.8rem;line-height:1.4;background:#f4f4f6;padding:.75rem;border-radius:6px}\n"
    "table{border-collapse:collapse}th{text-align:left;font-weight:600;padding-right:1.5rem;vertical-align:top}\n"
    "td{overflow-wrap:anywhere}figure{margin:0}img,svg{max-width:100%;height:auto}\n"
    ".map img{background:#fff;border-radius:6px}figcaption{font-variant-numeric:tabular-nums}\n"
    ".curves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem}\n"
    "@media (prefers-color-scheme:dark){body{color:#ddd;background:#181a1f}pre{background:#23262d}}\n";

const char lur_report_script[] =
    "'use strict';\n"
    "for (const map of document.querySelectorAll('.map')) {\n"
    "  const d = map.dataset, image = map.querySelector('img'), caption = map.querySelector('figcaption');\n"
    "  const [left, top, width, height, nx, ny] = d.place.split(' ').map(Number);\n"
    "  if (!d.values) continue;\n"
    "  const bytes = Uint8Array.from(atob(d.values), c => c.charCodeAt(0)), view = new DataView(bytes.buffer);\n"
    "  const xs = d.x.split('\\t'), ys = d.y.split('\\t');\n"
    "  caption.textContent = 'Point at a cell to read its value.';\n"
    "  image.addEventListener('mousemove', event => {\n"
    "    const box = image.getBoundingClientRect(), scale = image.naturalWidth / box.width;\n"
    "    const x = Math.floor(((event.clientX - box.left) * scale - left) / width);\n"
    "    const y = ny - 1 - Math.floor(((event.clientY - box.top) * scale - top) / height);\n"
    "    if (x < 0 || y < 0 || x >= nx || y >= ny) return;\n"
    "    const value = view.getFloat32(4 * (y * nx + x), true);\n"
    "    caption.textContent = d.xName + ' ' + xs[x] + ', ' + d.yName + ' ' + ys[y] + ': ' +\n"
    "      (isNaN(value) ? 'no value' : Number(value.toPrecision(6)));\n"
    "  });\n"
    "}\n"
    "document.body.dataset.ready = 'yes';\n";
