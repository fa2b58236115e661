import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { encodeExperiment } from "../../src/protocol/links/codec";
import type { MetricName } from "../../src/protocol/metrics/metrics";
import type { SchemeMethod } from "../../src/protocol/schemes";
import { type Candidate, seeded } from "./grid";

/** One finished run of a search: a line of its file. */
export interface SearchRecord {
  /** The experiment with one seed; what a run is recognized by. */
  readonly link: string;
  readonly method: SchemeMethod;
  readonly change: string;
  readonly tflops: number;
  readonly seed: number;
  readonly steps: number;
  /** Shares, on validation images after the last step; absent for measures that the method has none of. */
  readonly validation: Readonly<
    Partial<Record<"knnTop1" | "probeTop1" | "top1" | "teacherKnnTop1" | "teacherTop1", number>>
  >;
  readonly floors: { readonly pixels: number; readonly calibrated: number };
  readonly seconds: number;
  /** Where it was trained. */
  readonly device: string;
  /** The commit of the page. */
  readonly commit: string;
}

/** The part of the page's metrics.json that records are made of. */
export interface Saved {
  readonly device?: string;
  readonly runs: readonly SavedRun[];
}

interface SavedRun {
  readonly floors?: {
    readonly pixels: { readonly knnTop1: number };
    readonly calibrated: { readonly knnTop1: number };
  };
  readonly final?: unknown;
  readonly failure?: unknown;
  readonly rows: readonly {
    readonly stage: string;
    readonly step: number;
    readonly wallMs: number;
    readonly values: Readonly<Partial<Record<MetricName, number>>>;
  }[];
}

const measures = ["knnTop1", "probeTop1", "top1", "teacherKnnTop1", "teacherTop1"] as const;

/** The last evaluation of each measure. @throws if the run has not finished */
export function lastEvaluation(run: SavedRun): Pick<SearchRecord, "validation" | "floors" | "seconds"> {
  if (!run.final || !run.floors || run.failure) throw new Error("The run did not finish.");
  const last = (measure: (typeof measures)[number]) =>
    run.rows.findLast(({ values }) => values[measure] !== undefined)?.values[measure];
  const found = measures.flatMap((measure) => {
    const value = last(measure);
    return value === undefined ? [] : [[measure, value] as const];
  });
  return {
    validation: Object.fromEntries(found),
    floors: { pixels: run.floors.pixels.knnTop1, calibrated: run.floors.calibrated.knnTop1 },
    seconds: Math.round((run.rows.at(-1)?.wallMs ?? 0) / 1_000),
  };
}

/** A last line that an interruption cut off is ignored. */
export function readRecords(path: string): SearchRecord[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line ? [JSON.parse(line) as SearchRecord] : [];
      } catch {
        return [];
      }
    });
}

/** Those of runs that the search would train today. Settings that have changed since they were tried leave others behind. */
export function presentRecords(
  records: readonly SearchRecord[],
  candidates: readonly Candidate[],
  seeds: readonly number[],
): SearchRecord[] {
  const links = new Set(
    candidates.flatMap((candidate) => seeds.map((seed) => encodeExperiment(seeded(candidate, seed)))),
  );
  return records.filter(({ link }) => links.has(link));
}

export function appendRecord(path: string, record: SearchRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  const cut = existsSync(path) && !readFileSync(path, "utf8").endsWith("\n");
  appendFileSync(path, `${cut ? "\n" : ""}${JSON.stringify(record)}\n`);
}
