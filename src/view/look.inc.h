/* SPDX-License-Identifier: MIT
 * The options of a figure's look: LUR_LOOK(name in Lua, name on the command line, what it takes, meaning). */
LUR_LOOK(size, "size", "WxH", "how large: 90x60mm, 15x10cm, 6x4in, or 800x600 for pixels")
LUR_LOOK(dpi, "dpi", "N", "pixels per inch of a PNG (default: 144)")
LUR_LOOK(font_size, "font-size", "N", "the size of labels, in points (default: 9)")
LUR_LOOK(title, "title", "TEXT", "what stands above the figure")
LUR_LOOK(xlabel, "xlabel", "TEXT", "what stands below the axis that runs to the right")
LUR_LOOK(ylabel, "ylabel", "TEXT", "what stands beside the axis that runs upwards")
LUR_LOOK(palette, "palette", "NAME", "colours of values: viridis magma cividis greys diverging")
LUR_LOOK(xlim, "xlim", "A,B", "the ends of the axis that runs to the right")
LUR_LOOK(ylim, "ylim", "A,B", "the ends of the axis that runs upwards")
LUR_LOOK(legend, "legend", "WHERE", "where the key stands: right below none")
LUR_LOOK(theme, "theme", "NAME", "light dark auto; auto is what the reader of an SVG likes (default: light)")
