import type { Color } from "./types";

/** A sample of a line as drawn on the plot. */
export function Swatch({ color, dash }: { readonly color: Color; readonly dash?: string | undefined }) {
  return (
    <svg className="chart-swatch" width="20" height="8" aria-hidden="true">
      <line x1="1" x2="19" y1="4" y2="4" stroke={color} strokeWidth="2.5" strokeDasharray={dash} />
    </svg>
  );
}
