import type { XAxis } from "../../protocol/metrics/metrics";
import type { ChartSeries } from "../types";

/**
 * Quotes fields with a comma, a quote or a line break (RFC 4180), and escapes text that a spreadsheet would execute.
 */
export function csvField(value: string | number): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

const xColumns: Readonly<Record<XAxis, string>> = {
  step: "step",
  epoch: "epoch",
  wall: "wall_ms",
  macs: "macs",
};

/** Every measured point of every series, including hidden ones, neither smoothed nor decimated. */
export function curvesCsv(series: readonly ChartSeries[], xAxis: XAxis, title: string): string {
  const points = series.flatMap(({ label, runs }) =>
    runs.flatMap(({ seed, x, y }) =>
      Array.from({ length: Math.min(x.length, y.length) }, (_, i) => {
        return [label, seed, x[i] as number, y[i] as number];
      }),
    ),
  );
  return csvText([["series", "seed", xColumns[xAxis], title], ...points]);
}

/** A title as a file name: "kNN top-1" → "knn-top-1". */
export function fileName(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["chart"];
  return words.join("-");
}

/** Starts a download in the browser. */
export function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download starts after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
