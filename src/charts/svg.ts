import type { Color } from "./types";

/** What pictures that leave the page are put together from: no style sheet goes with them. */

export const SVG = "http://www.w3.org/2000/svg";

/** In the page's writing, 13 pixels high. */
export function svgText(
  content: string,
  x: number,
  y: number,
  style: CSSStyleDeclaration,
  weight: string,
): SVGElement {
  const font = { "font-family": style.fontFamily, "font-size": 13, "font-weight": weight };
  return element("text", { x, y, fill: style.color, ...font }, content);
}

export function element(
  name: string,
  attributes: Record<string, string | number>,
  content?: string,
): SVGElement {
  const created = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, String(value));
  if (content !== undefined) created.textContent = content;
  return created;
}

/** `var(--…)` means nothing outside the page. */
export function resolved(color: Color, where: Element): string {
  const probe = document.createElement("span");
  probe.style.color = color;
  (where.parentElement ?? document.body).append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return plainColor(computed);
}

const modern = /^(oklch|oklab|lch|lab|color)\(/;
const plain = new Map<string, string>();

/** Drawing programs know red, green and blue, not what style sheets have learned since. What is no such color stays. */
export function plainColor(value: string): string {
  if (!modern.test(value)) return value;
  const known = plain.get(value);
  if (known !== undefined) return known;
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  if (!context) return value;
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  const found = `rgb(${red}, ${green}, ${blue})`;
  plain.set(value, found);
  return found;
}

/** The first background behind the plot that is not see-through. */
export function surfaceBehind(plot: Element): string {
  for (let at: Element | null = plot; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (backgroundColor !== "transparent" && !backgroundColor.endsWith(", 0)")) return backgroundColor;
  }
  return "white";
}

/** Markup that was written in the page's variables, with the values that they have at this place and moment. */
export function withColors(markup: string, where: Element): string {
  const style = getComputedStyle(where);
  const known = new Map<string, string>();
  const valueFor = (variable: string) => {
    const found = known.get(variable) ?? colorOf(variable);
    known.set(variable, found);
    return found;
  };
  const colorOf = (variable: string) =>
    variable === "var(--font)" ? style.fontFamily.replaceAll('"', "'") : resolved(variable, where);
  return markup.replace(/var\(--[\w-]+\)/g, valueFor);
}

/** Pixels that a text takes in the page's writing. */
export function textMeasure(
  { fontFamily }: CSSStyleDeclaration,
  size = 13,
): (text: string, isStrong?: boolean) => number {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  if (!context) return (text) => 0.62 * size * text.length;
  return (text, isStrong = false) => {
    context.font = `${isStrong ? 600 : 400} ${size}px ${fontFamily}`;
    return context.measureText(text).width;
  };
}
