import { DropdownMenu } from "radix-ui";
import { useRef, useState } from "react";
import { download } from "../../charts/export";
import { experimentLink } from "../../sharing/link";
import { type AppState, experimentToShare } from "../../store/app-store";
import type { EngineActions } from "../../store/engine-actions";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine, useReadApp } from "../app-context";
import { armId } from "../arm-colors";
import { baselineOf, resultRows } from "../results/result-rows";
import { curvesPng, curvesSvg } from "./curves-picture";
import { metricsCsv, metricsJson } from "./metrics-files";
import { type SummaryFacts, summaryMarkdown } from "./summary";

interface ExportFile {
  readonly name: keyof ReturnType<typeof texts>["exports"]["files"];
  readonly type: string;
  readonly needsRuns: boolean;
  readonly make: (state: AppState, engine: EngineActions) => Promise<string | Blob> | string;
}

const deviceOf = ({ engine }: AppState) =>
  engine.status === "ready" ? `${engine.device.name} (${engine.device.backend})` : undefined;

function factsOf(state: AppState): SummaryFacts {
  const { run, view } = state;
  const baseline = baselineOf(run, view.baselineSlot);
  return {
    run,
    rows: resultRows(run, baseline),
    baselineId: baseline === undefined ? undefined : armId(baseline),
    device: deviceOf(state),
    notes: state.experiment.notes,
    link: experimentLink(experimentToShare(state), window.location.href),
  };
}

async function report(state: AppState): Promise<string> {
  const { reportHtml } = await import("./report");
  const curves = await curvesSvg(state.run, state.view.hiddenSlots).catch(() => undefined);
  return reportHtml({ ...factsOf(state), curves });
}

async function latex(state: AppState): Promise<string> {
  const { resultsLatex } = await import("./latex");
  const { rows, baselineId } = factsOf(state);
  return resultsLatex(rows, baselineId);
}

async function weights({ run }: AppState, engine: EngineActions): Promise<Blob> {
  if (run.reopened) throw new Error(texts().history.noWeights);
  const { weightsZip } = await import("./weights-files");
  return weightsZip(run, await engine.weights());
}

const files: readonly ExportFile[] = [
  {
    name: "experiment.json",
    type: "application/json",
    needsRuns: false,
    make: (state) => JSON.stringify(experimentToShare(state), null, 1),
  },
  {
    name: "metrics.csv",
    type: "text/csv",
    needsRuns: true,
    make: ({ run }) => metricsCsv(run),
  },
  {
    name: "metrics.json",
    type: "application/json",
    needsRuns: true,
    make: (state) => metricsJson(state.run, deviceOf(state)),
  },
  {
    name: "summary.md",
    type: "text/markdown",
    needsRuns: true,
    make: (state) => summaryMarkdown(factsOf(state)),
  },
  {
    name: "curves.svg",
    type: "image/svg+xml",
    needsRuns: true,
    make: ({ run, view }) => curvesSvg(run, view.hiddenSlots),
  },
  {
    name: "curves.png",
    type: "image/png",
    needsRuns: true,
    make: ({ run, view }) => curvesPng(run, view.hiddenSlots),
  },
  {
    name: "weights.zip",
    type: "application/zip",
    needsRuns: true,
    make: weights,
  },
  {
    name: "results.tex",
    type: "application/x-tex",
    needsRuns: true,
    make: latex,
  },
  {
    name: "report.html",
    type: "text/html",
    needsRuns: true,
    make: report,
  },
];

/** Everything that the page knows of the experiment, as files. */
export function ExportMenu() {
  const read = useReadApp();
  const { openFile } = useActions();
  const engine = useEngine();
  const picker = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const hasRuns = useApp((state) => state.run.runs.length > 0);

  async function save({ name, type, make }: ExportFile): Promise<void> {
    try {
      const content = await make(read(), engine);
      download(typeof content === "string" ? new Blob([content], { type }) : content, name);
      setProblem(undefined);
    } catch (error) {
      setProblem(texts().exports.notSaved(name, error instanceof Error ? error.message : ""));
    }
  }

  const words = texts().exports;
  return (
    <div className="export-menu">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button">{words.title}</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu menu-wide" align="end" sideOffset={4} collisionPadding={8}>
            {files.map((file) => (
              <DropdownMenu.Item
                key={file.name}
                disabled={file.needsRuns && !hasRuns}
                textValue={file.name}
                onSelect={() => void save(file)}
              >
                <strong>{file.name}</strong>
                <span className="muted">{words.files[file.name]}</span>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item onSelect={() => picker.current?.click()}>{words.open}</DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={words.input}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void file.text().then(openFile);
          event.currentTarget.value = "";
        }}
      />
      {problem && (
        <p className="export-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
