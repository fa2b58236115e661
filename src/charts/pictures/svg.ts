import type { Color } from "../types";

/** Building blocks of self-contained pictures, which have no style sheet. */

export const SVG = "http://www.w3.org/2000/svg";

/** In the page's font, 13 pixels high. */
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

/** `var(--…)` has no meaning outside the page. */
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

/** Drawing programs understand RGB but not newer CSS color notation. Other values are left unchanged. */
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

/** The first opaque background behind the plot. */
export function surfaceBehind(plot: Element): string {
  for (let at: Element | null = plot; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (backgroundColor !== "transparent" && !backgroundColor.endsWith(", 0)")) return backgroundColor;
  }
  return "white";
}

/** Replaces the page's CSS variables in markup by their current values at this element. */
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

/** Width of a text in the page's font, in pixels. */
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
