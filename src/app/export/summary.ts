import { formatAccuracy, formatDuration, formatMacs, formatPercent } from "../../charts/format";
import { differenceText } from "../../charts/sentences";
import type { ResultRow, SeedSummary } from "../../charts/types";
import type { RunState } from "../../store/run-state";
import { armNames } from "../results/arm-names";

/** The outcome as a page of Markdown. */

const accuracy = (summary: SeedSummary | undefined) => (summary ? formatAccuracy(summary) : "–");
const percent = (value: number | undefined) => (value === undefined ? "–" : formatPercent(value));

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...lines.map(row)].join("\n");
}

function results(rows: readonly ResultRow[]): string {
  return table(
    ["Arm", "Seeds", "kNN, final", "kNN, best", "Linear, final", "Linear, best", "Compute", "Time"],
    rows.map(({ label, finishedSeeds, plannedSeeds, accuracy: reached, trainingMacs, wallMs }) => [
      label,
      `${finishedSeeds} / ${plannedSeeds}`,
      accuracy(reached.finalKnn),
      accuracy(reached.bestKnn),
      accuracy(reached.finalLinear),
      accuracy(reached.bestLinear),
      trainingMacs === undefined ? "–" : formatMacs(trainingMacs),
      wallMs ? formatDuration(wallMs.mean) : "–",
    ]),
  );
}

/** Each student beside the same encoder untrained. */
function floors(run: RunState): string {
  const names = armNames(run);
  return table(
    [
      "Run",
      "kNN",
      "kNN untrained",
      "kNN untrained, calibrated",
      "kNN on pixels",
      "Linear",
      "Linear untrained, calibrated",
    ],
    run.runs.flatMap(({ planned, floors: floor, final }) =>
      floor
        ? [
            [
              `${names[planned.arm]}, seed ${planned.seed}`,
              percent(final?.knnTop1),
              percent(floor.untrained.knnTop1),
              percent(floor.calibrated.knnTop1),
              percent(floor.pixels.knnTop1),
              percent(final?.linearTop1),
              percent(floor.calibrated.probeTop1),
            ],
          ]
        : [],
    ),
  );
}

function differences(rows: readonly ResultRow[], baselineId: string | undefined): string {
  const baseline = rows.find(({ id }) => id === baselineId);
  if (!baseline) return "";
  const none = { n: 0, mean: Number.NaN, deviation: Number.NaN };
  return rows
    .filter(({ id }) => id !== baselineId)
    .map(
      ({ label, difference }) => `- ${differenceText(label, baseline.label, difference?.finalKnn ?? none)}`,
    )
    .join("\n");
}

export interface SummaryFacts {
  readonly run: RunState;
  readonly rows: readonly ResultRow[];
  readonly baselineId: string | undefined;
  /** Where it was trained. */
  readonly device: string | undefined;
  /** Markdown of the experiment's author. */
  readonly notes?: string;
  readonly link: string;
}

export function summaryMarkdown({ run, rows, baselineId, device, notes, link }: SummaryFacts): string {
  const failures = run.runs.flatMap(({ planned, failure }) =>
    failure
      ? [`- ${armNames(run)[planned.arm]}, seed ${planned.seed}: ${failure.title}. ${failure.cause}`]
      : [],
  );
  const parts = [
    "# Results",
    `Trained on ${device ?? "an unknown device"}; the training ${run.status === "finished" ? "finished" : `is ${run.status}`}. [Open the experiment](${link}).`,
    ...(notes ? ["## Notes", notes] : []),
    results(rows),
    "Accuracies are of held-out images, mean ± sample standard deviation over seeds.",
    "## Differences in final kNN accuracy, seed by seed",
    differences(rows, baselineId) || "There is one arm only.",
    "## Each student beside itself untrained",
    floors(run),
    ...(failures.length > 0 ? ["## Runs that failed", failures.join("\n")] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}
