import type { DatasetSummary } from "../../protocol/dataset";
import { isSameDataset } from "../../protocol/experiment";
import type { WeightsFormat } from "../../protocol/weights";
import { curveGroups } from "../../series/curve-groups";
import { overlayRuns } from "../../series/overlay-series";
import { baselineOf, groupOfSlot, resultRows } from "../../series/tables/result-rows";
import { linkForOthers } from "../../sharing/address-bar";
import { recordedFile } from "../../sharing/link";
import { type AppState, experimentToShare } from "../../store/app-store";
import type { EngineActions } from "../../store/engine-actions";
import { recordForFile } from "../../store/experiment/recorded-run";
import { texts } from "../../texts/texts";
import { curvesPng, curvesSvg } from "./curves-picture";
import { metricsCsv, metricsJson } from "./metrics-files";
import { type SummaryFacts, summaryMarkdown } from "./summary";

/** Creates files from the page's state; loaded when the first one is requested. */

/** The device that trained the current results; for a training from the history, not the device in use now. */
const deviceOf = ({ engine, run: { reopened } }: AppState) =>
  reopened
    ? reopened.device
    : engine.status === "ready"
      ? `${engine.device.name} (${engine.device.backend})`
      : undefined;

/** The loaded images, if they are those of the training. */
function datasetOf({ run, dataset: { loaded } }: AppState): DatasetSummary | undefined {
  const wanted = run.experiment?.dataset;
  return loaded && wanted && isSameDataset(loaded.settings, wanted) ? loaded.summary : undefined;
}

function factsOf(state: AppState): SummaryFacts {
  const { run, view } = state;
  const baseline = baselineOf(run, view.baselineSlot);
  const groups = curveGroups(run, view);
  return {
    run,
    rows: resultRows(run, baseline, groups, overlayRuns(state.history.overlays)),
    overlays: state.history.overlays,
    baselineId: groupOfSlot(groups, baseline)?.id,
    device: deviceOf(state),
    dataset: datasetOf(state),
    notes: state.experiment.notes,
    link: linkForOthers(experimentToShare(state)),
  };
}

function recorded(state: AppState): string {
  const recording = recordForFile(state.run, deviceOf(state) ?? texts().report.unknownDevice);
  if (!recording) throw new Error(texts().exports.noCurve);
  return recordedFile(experimentToShare(state), recording);
}

function metrics(state: AppState): string {
  const { run, device, rows, baselineId } = factsOf(state);
  return metricsJson(run, device, rows, baselineId);
}

async function report(state: AppState): Promise<string> {
  const [{ reportHtml }, { reportCharts }, { nodesOfMarkdown }] = await Promise.all([
    import("./report"),
    import("./report-charts"),
    import("../notes/markdown"),
  ]);
  const { run, view, experiment } = state;
  const notes = document.createElement("div");
  notes.append(nodesOfMarkdown(experiment.notes ?? ""));
  const { chartOptions, report: words } = texts();
  return reportHtml({
    ...factsOf(state),
    charts: reportCharts(state),
    drawn: words.drawn(chartOptions.bands[view.band].title, view.smoothing),
    notesHtml: notes.innerHTML,
    version: RETORT_VERSION,
    written: new Date(),
    ...(run.reopened && { trained: new Date(run.reopened.startedAt) }),
  });
}

async function latex(state: AppState): Promise<string> {
  const { resultsLatex } = await import("./text-tables");
  return resultsLatex(factsOf(state));
}

type Maker = (state: AppState, engine: EngineActions) => Promise<string | Blob> | string;

const weights =
  (format: WeightsFormat): Maker =>
  async (state, engine) => {
    const { weightsZip } = await import("./weights-files");
    return weightsZip(factsOf(state), await engine.weights(format), format);
  };

const pytorch: Maker = async (state, engine) => {
  const { pytorchZip, tracedSteps } = await import("./pytorch-project");
  const experiment = experimentToShare(state);
  return pytorchZip(experiment, await engine.trace(experiment, tracedSteps));
};

async function tensorBoard(state: AppState): Promise<Blob> {
  const { tensorBoardZip } = await import("./tensorboard/log-folder");
  return tensorBoardZip(state.run, datasetOf(state)?.classNames ?? [], Date.now());
}

const makers = {
  "experiment.json": ["application/json", (state) => JSON.stringify(experimentToShare(state), null, 1)],
  "recorded.json": ["application/json", recorded],
  "metrics.csv": ["text/csv", ({ run }) => metricsCsv(run)],
  "metrics.json": ["application/json", metrics],
  "summary.md": ["text/markdown", (state) => summaryMarkdown(factsOf(state))],
  "curves.svg": ["image/svg+xml", ({ run, view }) => curvesSvg(run, view.hiddenSlots)],
  "curves.png": ["image/png", ({ run, view }) => curvesPng(run, view.hiddenSlots)],
  "tensorboard.zip": ["application/zip", tensorBoard],
  "weights.zip": ["application/zip", weights("safetensors")],
  "weights-tfjs.zip": ["application/zip", weights("tfjs")],
  "weights-onnx.zip": ["application/zip", weights("onnx")],
  "weights-tfjs-int8.zip": ["application/zip", weights("tfjs-int8")],
  "weights-onnx-int8.zip": ["application/zip", weights("onnx-int8")],
  "pytorch.zip": ["application/zip", pytorch],
  "results.tex": ["application/x-tex", latex],
  "report.html": ["text/html", report],
} as const satisfies Record<string, readonly [type: string, make: Maker]>;

export type ExportName = keyof typeof makers;

/** @throws Error with a sentence for the visitor */
export async function makeFile(name: ExportName, state: AppState, engine: EngineActions): Promise<Blob> {
  const [type, make]: readonly [string, Maker] = makers[name];
  const content = await make(state, engine);
  return typeof content === "string" ? new Blob([content], { type }) : content;
}
