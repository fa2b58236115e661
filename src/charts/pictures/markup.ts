/**
 * SVG and HTML as text, using the page's CSS variables, so that a document defining light and dark colors shows both.
 */

type Attributes = Readonly<Record<string, string | number | undefined>>;

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Any text, escaped for HTML and SVG. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one);

/** `content` is markup already; attributes without a value are omitted. */
export function tag(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(typeof value === "number" ? short(value) : value)}"`],
  );
  return `<${name}${written.join("")}>${content}</${name}>`;
}

/** Two decimals are enough. */
const short = (value: number): string => String(Math.round(100 * value) / 100);

/** A line of text. */
export const lettering = (content: string, x: number, y: number, attributes: Attributes = {}): string =>
  tag("text", { x, y, fill: "var(--text)", "font-size": 12, ...attributes }, escaped(content));

/** A complete picture; `label` is its accessible name. */
export function svgMarkup(label: string, width: number, height: number, content: string): string {
  const head = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` };
  return tag(
    "svg",
    { ...head, role: "img", "font-family": "var(--font)" },
    tag("title", {}, escaped(label)) + content,
  );
}
