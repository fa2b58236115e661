import { texts } from "../../texts/texts";
import type { Color } from "../types";
import { element, plainColor, resolved, SVG, surfaceBehind, svgText } from "./svg";

/** Charts as image files. Colors are copied from the page's style sheet, which the files do not contain. */

const painted = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "image-rendering",
  "paint-order",
  "stroke-linejoin",
] as const;

const HEADER = 28;
const LEGEND_ROW = 20;

export interface PictureLegend {
  readonly label: string;
  readonly color: Color;
  readonly dash?: string;
}

/** The plot with its title above and the visible series' names below, in the page's current style. */
export function standaloneSvg(plot: SVGSVGElement, title: string, legend: readonly PictureLegend[]): string {
  const { width, height } = plot.getBoundingClientRect();
  const style = getComputedStyle(plot);
  const drawing = copyWithStyles(plot);
  drawing.setAttribute("y", String(HEADER));
  drawing.setAttribute("width", String(width));
  drawing.setAttribute("height", String(height));
  const total = height + HEADER + legend.length * LEGEND_ROW + 8;
  const svg = element("svg", { xmlns: SVG, width, height: total, viewBox: `0 0 ${width} ${total}` });
  svg.append(
    element("title", {}, title),
    element("rect", { width, height: total, fill: surfaceBehind(plot) }),
    svgText(title, 12, 18, style, "600"),
    drawing,
    ...legend.flatMap(({ label, color, dash }, i) => {
      const y = height + HEADER + 14 + i * LEGEND_ROW;
      const swatch = {
        x1: 12,
        x2: 36,
        y1: y - 4,
        y2: y - 4,
        stroke: resolved(color, plot),
        "stroke-width": 2,
      };
      return [
        element("line", dash === undefined ? swatch : { ...swatch, "stroke-dasharray": dash }),
        svgText(label, 44, y, style, "400"),
      ];
    }),
  );
  return new XMLSerializer().serializeToString(svg);
}

/** @param scale device pixels per CSS pixel. */
export async function pngOf(svg: string, scale = 2): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error(texts().charts.noCanvas);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(texts().charts.tooLarge))), "image/png");
  });
}

/** A deep copy in which every shape has its computed style as attributes. */
function copyWithStyles(plot: SVGSVGElement): SVGSVGElement {
  const copy = plot.cloneNode(true) as SVGSVGElement;
  const originals = [plot, ...plot.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, i) => {
    const computed = getComputedStyle(original);
    const target = copies[i] as SVGElement;
    for (const name of painted) target.setAttribute(name, plainColor(computed.getPropertyValue(name)));
    for (const name of ["class", "style", "tabindex", "role"]) target.removeAttribute(name);
  });
  return copy;
}
