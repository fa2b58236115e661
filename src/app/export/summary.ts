import { verdictsOf } from "../../charts/differences/verdicts";
import { formatAccuracy, formatDuration, formatMacs, formatPercent } from "../../charts/format";
import { differenceText } from "../../charts/sentences";
import type { ResultRow, SeedSummary } from "../../charts/types";
import type { DatasetSummary } from "../../protocol/dataset";
import type { Failure } from "../../protocol/failures";
import { armNames } from "../../series/arm-names";
import { deviceWords } from "../../series/device-words";
import type { Overlay } from "../../store/history/history-state";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { foundSentences } from "../data/found-sentences";

/** The results as a Markdown page. */

const accuracy = (summary: SeedSummary | undefined) => (summary ? formatAccuracy(summary) : "–");
const percent = (value: number | undefined) => (value === undefined ? "–" : formatPercent(value));

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...lines.map(row)].join("\n");
}

function results(rows: readonly ResultRow[]): string {
  const columns = texts().resultsTable;
  return table(
    [
      columns.arm,
      columns.seeds,
      columns.metrics.finalKnn,
      columns.metrics.balancedKnn,
      columns.metrics.bestKnn,
      columns.metrics.finalLinear,
      columns.metrics.balancedLinear,
      columns.metrics.bestLinear,
      columns.topFive,
      columns.metrics.finalClassifier,
      columns.metrics.bestClassifier,
      columns.metrics.finalDetection,
      columns.compute,
      columns.time,
    ],
    rows.map(
      ({ label, finishedSeeds, plannedSeeds, accuracy: reached, linearTopFive, trainingMacs, wallMs }) => [
        label,
        `${finishedSeeds} / ${plannedSeeds}`,
        accuracy(reached.finalKnn),
        accuracy(reached.balancedKnn),
        accuracy(reached.bestKnn),
        accuracy(reached.finalLinear),
        accuracy(reached.balancedLinear),
        accuracy(reached.bestLinear),
        accuracy(linearTopFive),
        accuracy(reached.finalClassifier),
        accuracy(reached.bestClassifier),
        accuracy(reached.finalDetection),
        trainingMacs === undefined ? "–" : formatMacs(trainingMacs),
        wallMs ? formatDuration(wallMs.mean) : "–",
      ],
    ),
  );
}

/** Each student compared with the same encoder untrained. */
function floors(run: RunState): string {
  const words = texts().report.floors;
  const names = armNames(run);
  return table(
    [
      words.run,
      "kNN",
      words.knnUntrained,
      words.knnCalibrated,
      words.pixels,
      words.majority,
      words.linear,
      words.linearCalibrated,
    ],
    run.runs.flatMap(({ planned, floors: known, final }) => {
      const floor = (final && known?.final) ?? known;
      return floor
        ? [
            [
              texts().run.runName(names[planned.arm] ?? texts().run.arm, planned.seed),
              percent(final?.knnTop1),
              percent(floor.untrained.knnTop1),
              percent(floor.calibrated.knnTop1),
              percent(floor.pixels.knnTop1),
              percent(floor.majority?.top1),
              percent(final?.linearTop1),
              percent(floor.calibrated.probeTop1),
            ],
          ]
        : [];
    }),
  );
}

function differences(rows: readonly ResultRow[], baselineId: string | undefined): string {
  const baseline = rows.find(({ id }) => id === baselineId);
  if (!baseline) return "";
  const verdicts = verdictsOf(rows, baselineId, "finalKnn");
  return rows
    .filter(({ id }) => id !== baselineId)
    .map((row) => `- ${differenceText(row, baseline, "finalKnn", verdicts.get(row.id))}`)
    .join("\n");
}

export interface SummaryFacts {
  readonly run: RunState;
  readonly rows: readonly ResultRow[];
  readonly baselineId: string | undefined;
  /** Saved trainings shown for comparison. */
  readonly overlays?: readonly Overlay[];
  /** The loaded images. */
  readonly dataset?: DatasetSummary | undefined;
  /** The device that trained it. */
  readonly device: string | undefined;
  /** The experiment author's notes, as Markdown. */
  readonly notes?: string;
  readonly link: string;
}

function failureText(failure: Failure): string {
  const { title, cause } = texts().failures.explain(failure);
  return `${title}. ${cause}`;
}

/** A line per failed run with its reason. */
export function failedRuns(run: RunState): readonly string[] {
  const { runName, arm } = texts().run;
  return run.runs.flatMap(({ planned, failure }) =>
    failure ? [`${runName(armNames(run)[planned.arm] ?? arm, planned.seed)}: ${failureText(failure)}`] : [],
  );
}

/** How the visitor's files were read, and what was left out. */
const found = (dataset: DatasetSummary) =>
  foundSentences(dataset)
    .map((sentence) => `- ${sentence}`)
    .join("\n");

export function summaryMarkdown(facts: SummaryFacts): string {
  const { run, rows, baselineId, dataset, device, notes, link } = facts;
  const words = texts().report;
  const failures = failedRuns(run).map((text) => `- ${text}`);
  const parts = [
    `# ${words.results}`,
    `${words.statusOf(device ? deviceWords(device) : words.unknownDevice, words.statuses[run.status])} [${words.openExperiment}](${link}).`,
    ...(dataset && run.experiment?.dataset.source === "files"
      ? [`## ${texts().data.source}`, found(dataset)]
      : []),
    ...(notes ? [`## ${words.notes}`, notes] : []),
    results(rows),
    words.accuracies,
    `## ${words.differences}`,
    differences(rows, baselineId) || words.oneArm,
    `## ${words.untrained}`,
    floors(run),
    ...(failures.length > 0 ? [`## ${words.failed}`, failures.join("\n")] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}
