import type { Color } from "./types";

/** SVG paths around 0 0, about 9 pixels wide, in the order of the palette: neither color nor dash is the only difference. */
const shapes = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z",
  "M-3.5 -3.5H3.5V3.5H-3.5Z",
  "M0 -4.5L4.5 3.5H-4.5Z",
  "M0 -5L5 0L0 5L-5 0Z",
  "M0 4.5L4.5 -3.5H-4.5Z",
  "M-1.5 -4.5H1.5V-1.5H4.5V1.5H1.5V4.5H-1.5V1.5H-4.5V-1.5H-1.5Z",
  "M-4.5 0L-2.25 -4H2.25L4.5 0L2.25 4H-2.25Z",
  "M-4.5 -2.5L-2.5 -4.5L0 -2L2.5 -4.5L4.5 -2.5L2 0L4.5 2.5L2.5 4.5L0 2L-2.5 4.5L-4.5 2.5L-2 0Z",
] as const;

/** The marker of the arm with this color of the palette, wherever the arm appears; undefined for other colors. */
export function markerOf(color: Color): string | undefined {
  const place = /^var\(--arm-(\d+)\)$/.exec(color)?.[1];
  return place === undefined ? undefined : shapes[Number(place) - 1];
}
