import { FigureTable } from "../../charts/FigureTable";
import { formatPercent, formatPoints } from "../../charts/format";
import { Swatch } from "../../charts/Swatch";
import type { Column } from "../../charts/sorting";
import { latestValue } from "../../store/series";
import { texts } from "../../texts/texts";
import { armColor, armDash } from "../arm-colors";
import { useRunInTurns } from "../run-in-turns";
import { armNames } from "./arm-names";

interface Row {
  readonly runId: string;
  readonly slot: number;
  readonly name: string;
  readonly knn: number | undefined;
  readonly knnBefore: number | undefined;
  readonly pixels: number | undefined;
  readonly linear: number | undefined;
  readonly linearBefore: number | undefined;
}

/** Each run's student beside the same encoder before its first step. */
export function FloorsTable() {
  const run = useRunInTurns();
  const names = armNames(run);
  const rows = run.runs.flatMap(({ planned, floors, final, series }): Row[] => {
    if (!floors) return [];
    return [
      {
        runId: planned.runId,
        slot: run.armSlots[planned.arm] ?? 0,
        name: texts().results.ofSeed(names[planned.arm] ?? texts().run.arm, planned.seed),
        knn: final?.knnTop1 ?? latestValue(series, "knnTop1"),
        knnBefore: floors.calibrated.knnTop1,
        pixels: floors.pixels.knnTop1,
        linear: final?.linearTop1,
        linearBefore: floors.calibrated.probeTop1,
      },
    ];
  });
  if (rows.length === 0) return null;
  const words = texts().floors;
  return (
    <details className="disclosure">
      <summary>{words.summary}</summary>
      <FigureTable
        label={words.label}
        columns={columnsOf()}
        rows={rows}
        keyOf={({ runId }) => runId}
        head={({ slot, name }) => (
          <>
            <Swatch color={armColor(slot)} dash={armDash(slot)} /> {name}
          </>
        )}
        fileName="floors"
      />
      <p className="small muted">{words.help}</p>
    </details>
  );
}

function columnsOf(): readonly Column<Row>[] {
  const words = texts().floors;
  const share = (id: string, label: string, value: (row: Row) => number | undefined) => ({
    id,
    label,
    value,
    text: (row: Row) => percent(value(row)),
  });
  const added = (
    id: string,
    now: (row: Row) => number | undefined,
    before: (row: Row) => number | undefined,
  ) => ({
    id,
    label: words.gain,
    value: (row: Row) => difference(now(row), before(row)),
    text: (row: Row) => points(difference(now(row), before(row))),
  });
  return [
    { id: "run", label: words.run, value: ({ name }) => name, text: ({ name }) => name },
    share("knn", words.knnNow, ({ knn }) => knn),
    share("knn_untrained", words.untrained, ({ knnBefore }) => knnBefore),
    added(
      "knn_gain",
      ({ knn }) => knn,
      ({ knnBefore }) => knnBefore,
    ),
    share("knn_pixels", words.pixels, ({ pixels }) => pixels),
    share("linear", words.linearFinal, ({ linear }) => linear),
    share("linear_untrained", words.untrained, ({ linearBefore }) => linearBefore),
    added(
      "linear_gain",
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
