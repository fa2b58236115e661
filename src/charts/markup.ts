/** Pictures written as text, in the page's own variables: a document that brings its colors along shows them in both. */

type Attributes = Readonly<Record<string, string | number | undefined>>;

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Any text as HTML and SVG show it. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one);

/** `content` is markup already; attributes without a value are left out. */
export function tag(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(typeof value === "number" ? short(value) : value)}"`],
  );
  return `<${name}${written.join("")}>${content}</${name}>`;
}

/** A hundredth of a pixel is nobody's business. */
const short = (value: number): string => String(Math.round(100 * value) / 100);

/** One line of writing. */
export const lettering = (content: string, x: number, y: number, attributes: Attributes = {}): string =>
  tag("text", { x, y, fill: "var(--text)", "font-size": 12, ...attributes }, escaped(content));

/** A whole picture; `label` is what it is called where it is not seen. */
export function svgMarkup(label: string, width: number, height: number, content: string): string {
  const head = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` };
  return tag(
    "svg",
    { ...head, role: "img", "font-family": "var(--font)" },
    tag("title", {}, escaped(label)) + content,
  );
}
