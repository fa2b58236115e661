import { formatPercent, formatPoints } from "../../charts/format";
import type { Column } from "../../charts/tables/sorting";
import { latestValue } from "../../store/measurements/series";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { armNames } from "../arm-names";

export interface FloorRow {
  readonly runId: string;
  readonly slot: number;
  readonly name: string;
  readonly knn: number | undefined;
  readonly knnBefore: number | undefined;
  readonly knnBalanced: number | undefined;
  readonly pixels: number | undefined;
  readonly majority: number | undefined;
  readonly linear: number | undefined;
  readonly linearBefore: number | undefined;
}

/** Each run's student next to the same encoder before its first step, where both are known. */
export function floorRows(run: RunState): readonly FloorRow[] {
  const names = armNames(run);
  return run.runs.flatMap(({ planned, floors, final, series }): FloorRow[] => {
    if (!floors) return [];
    // Final results beside baselines measured like them, points of curves beside baselines measured like these.
    const { calibrated, pixels, majority } = (final && floors.final) ?? floors;
    return [
      {
        runId: planned.runId,
        slot: run.armSlots[planned.arm] ?? 0,
        name: texts().results.ofSeed(names[planned.arm] ?? texts().run.arm, planned.seed),
        knn: final?.knnTop1 ?? latestValue(series, "knnTop1"),
        knnBefore: calibrated.knnTop1,
        knnBalanced: final ? final.knnBalanced : latestValue(series, "knnBalanced"),
        pixels: pixels.knnTop1,
        majority: majority?.top1,
        linear: final?.linearTop1 ?? latestValue(series, "probeTop1"),
        linearBefore: calibrated.probeTop1,
      },
    ];
  });
}

export function floorColumns(): readonly Column<FloorRow>[] {
  const words = texts().floors;
  const share = (id: string, label: string, value: (row: FloorRow) => number | undefined) => ({
    id,
    label,
    value,
    text: (row: FloorRow) => percent(value(row)),
  });
  const added = (
    id: string,
    label: string,
    now: (row: FloorRow) => number | undefined,
    before: (row: FloorRow) => number | undefined,
  ) => ({
    id,
    label,
    value: (row: FloorRow) => difference(now(row), before(row)),
    text: (row: FloorRow) => points(difference(now(row), before(row))),
  });
  return [
    { id: "run", label: words.run, value: ({ name }) => name, text: ({ name }) => name },
    share("knn", words.knnNow, ({ knn }) => knn),
    share("knn_balanced", words.knnBalanced, ({ knnBalanced }) => knnBalanced),
    share("knn_untrained", words.knnUntrained, ({ knnBefore }) => knnBefore),
    added(
      "knn_gain",
      words.knnGain,
      ({ knn }) => knn,
      ({ knnBefore }) => knnBefore,
    ),
    share("knn_pixels", words.pixels, ({ pixels }) => pixels),
    share("majority", words.majority, ({ majority }) => majority),
    share("linear", words.linearNow, ({ linear }) => linear),
    share("linear_untrained", words.linearUntrained, ({ linearBefore }) => linearBefore),
    added(
      "linear_gain",
      words.linearGain,
      ({ linear }) => linear,
      ({ linearBefore }) => linearBefore,
    ),
  ];
}

const percent = (value: number | undefined) => (value === undefined ? "–" : formatPercent(value));
const difference = (now: number | undefined, before: number | undefined) =>
  now === undefined || before === undefined ? undefined : now - before;
const points = (mean: number | undefined) =>
  mean === undefined ? "–" : formatPoints({ mean, deviation: Number.NaN });
