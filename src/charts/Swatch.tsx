import { markerOf } from "./markers";
import type { Color } from "./types";

/** A sample of a line as drawn on the plot, with the marker of its arm. */
export function Swatch({ color, dash }: { readonly color: Color; readonly dash?: string | undefined }) {
  const marker = markerOf(color);
  return (
    <svg className="chart-swatch" width="26" height="10" aria-hidden="true">
      <line x1="1" x2="25" y1="5" y2="5" stroke={color} strokeWidth="2.5" strokeDasharray={dash} />
      {marker && <path className="chart-marker" d={marker} transform="translate(13 5)" fill={color} />}
    </svg>
  );
}
