/** Combines several standalone pictures into one, row by row. */

const SVG = "http://www.w3.org/2000/svg";
const GAP = 16;

/** @param pictures SVG documents with width and height, as `standaloneSvg` writes them. */
export function sheetSvg(pictures: readonly string[], columns = 2): string {
  const parsed = pictures.map(
    (text) => new DOMParser().parseFromString(text, "image/svg+xml").documentElement,
  );
  const size = (element: Element, name: "width" | "height") => Number(element.getAttribute(name));
  const widest = Math.max(...parsed.map((element) => size(element, "width")));
  const sheet = document.createElementNS(SVG, "svg");
  let [top, bottom] = [0, 0];
  parsed.forEach((element, at) => {
    if (at % columns === 0) top = bottom === 0 ? 0 : bottom + GAP;
    element.setAttribute("x", String((at % columns) * (widest + GAP)));
    element.setAttribute("y", String(top));
    bottom = Math.max(bottom, top + size(element, "height"));
    sheet.append(element);
  });
  const width = Math.min(columns, parsed.length) * (widest + GAP) - GAP;
  sheet.setAttribute("viewBox", `0 0 ${width} ${bottom}`);
  sheet.setAttribute("width", String(width));
  sheet.setAttribute("height", String(bottom));
  return new XMLSerializer().serializeToString(sheet);
}
