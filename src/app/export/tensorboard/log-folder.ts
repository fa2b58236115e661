import { zipSync } from "fflate";
import type { Inspection } from "../../../protocol/messages";
import { metricNames } from "../../../protocol/metrics/metrics";
import { armNames } from "../../../series/arm-names";
import { lastOf } from "../../../store/measurements/column";
import type { RunRecord, RunState } from "../../../store/run-state";
import { rowsOf } from "../metrics-files";
import { plainName } from "../plain-name";
import { encodeEvents, type ScalarEvent } from "./event-file";

/**
 * A folder of logs for TensorBoard: a folder for each run, with its curves, its settings, and its held-out images as
 * points for the projector. W&B, Aim, trackio and SwanLab import the same files.
 */

const encoder = new TextEncoder();

/** Metrics by stage, since each stage counts its steps from 1; and the final figures at the last step. */
function scalarsOf(record: RunRecord, startedAt: number): ScalarEvent[] {
  const rows = rowsOf(record);
  const measured = rows.flatMap(({ stage, step, wallMs, values }) =>
    metricNames.flatMap((name): ScalarEvent[] => {
      const value = values[name];
      const wallSeconds = (startedAt + wallMs) / 1_000;
      return value === undefined ? [] : [{ tag: `${stage}/${name}`, wallSeconds, step, value }];
    }),
  );
  const last = rows.at(-1);
  const { final } = record;
  if (!last || !final) return measured;
  const at = { wallSeconds: (startedAt + last.wallMs) / 1_000, step: last.step };
  const figures: readonly (readonly [string, number | undefined])[] = [
    ["knnTop1", final.knnTop1],
    ["linearTop1", final.linearTop1],
    ["linearTop5", final.linearTop5],
    ["teacherKnnTop1", final.teacher?.knnTop1],
    ["teacherLinearTop1", final.teacher?.linearTop1],
  ];
  const ends = figures.flatMap(([name, value]): ScalarEvent[] =>
    value === undefined ? [] : [{ tag: `final/${name}`, ...at, value }],
  );
  return [...measured, ...ends];
}

/** Settings as a table in Markdown, one line for each value. */
function settingsTable(settings: object): string {
  const lines = flattened(settings).map(([name, value]) => `| ${name} | ${value.replaceAll("|", "\\|")} |`);
  return ["| setting | value |", "|---|---|", ...lines].join("\n");
}

function flattened(value: object, before = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    const name = before === "" ? key : `${before}.${key}`;
    return typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? flattened(inner, name)
      : [[name, typeof inner === "string" ? inner : JSON.stringify(inner)]];
  });
}

/** A cell may contain neither tabs nor line breaks. */
const cell = (value: string) => value.replace(/[\t\r\n]+/g, " ");
const table = (rows: readonly (readonly (string | number)[])[]) =>
  encoder.encode(rows.map((row) => `${row.join("\t")}\n`).join(""));

/** The projector's two tables: coordinates along the first principal components, and what each point is. */
function projectorFiles(name: string, inspection: Inspection, classNames: readonly string[]) {
  const { images, labels, predictions, map } = inspection;
  const { dimensions, places } = inspection.components ?? { dimensions: 2, places: map };
  const className = (label: number | undefined) => cell(classNames[label ?? -1] ?? `class ${label}`);
  const points = images.map((_, at) => places.slice(at * dimensions, (at + 1) * dimensions));
  const meanings = images.map((image, at) => [className(labels[at]), className(predictions[at]), image]);
  return {
    [`${name}.tsv`]: table(points),
    [`${name}-images.tsv`]: table([["label", "prediction", "image"], ...meanings]),
  };
}

const projectorEntry = (name: string) => `embeddings {
  tensor_name: "${name}"
  tensor_path: "${name}.tsv"
  metadata_path: "${name}-images.tsv"
}
`;

function runFiles(
  record: RunRecord,
  experiment: NonNullable<RunState["experiment"]>,
  classNames: readonly string[],
  startedAt: number,
): Record<string, Uint8Array> {
  const { final, planned } = record;
  const { arms, seeds: _, notes: __, ...shared } = experiment;
  const wallSeconds = startedAt / 1_000;
  const events = encodeEvents({
    wallSeconds,
    notes: {
      "settings/arm/text_summary": settingsTable({ ...arms[planned.arm], seed: planned.seed }),
      "settings/shared/text_summary": settingsTable(shared),
    },
    scalars: scalarsOf(record, startedAt),
  });
  const encoders = Object.entries({ student: final?.inspection, teacher: final?.teacher?.inspection });
  const shown = encoders.flatMap(([name, inspection]) => (inspection ? [[name, inspection] as const] : []));
  const projector = shown.map(([name]) => projectorEntry(name)).join("");
  return {
    [`events.out.tfevents.${Math.floor(wallSeconds)}.retort`]: events,
    ...Object.assign({}, ...shown.map(([name, inspection]) => projectorFiles(name, inspection, classNames))),
    ...(projector !== "" && { "projector_config.pbtxt": encoder.encode(projector) }),
  };
}

/**
 * The folder as a zip file. @param now milliseconds since 1970: a training that is not from the history is dated by its
 * last row
 */
export function tensorBoardZip(run: RunState, classNames: readonly string[], now: number): Blob {
  const { experiment } = run;
  if (!experiment) throw new Error("There is no training to export.");
  const names = armNames(run);
  const longest = Math.max(0, ...run.runs.map(({ series }) => lastOf(series.wall) ?? 0));
  const startedAt = run.reopened?.startedAt ?? now - longest;
  const files = run.runs.flatMap((record) => {
    const { arm, seed } = record.planned;
    // Arms may have the same name.
    const folder = `${arm + 1} ${plainName(names[arm] ?? "arm")}, seed ${seed}`;
    const own = runFiles(record, experiment, classNames, startedAt);
    return Object.entries(own).map(([name, content]) => [`${folder}/${name}`, content] as const);
  });
  const zip = zipSync(Object.fromEntries(files));
  return new Blob([zip as Uint8Array<ArrayBuffer>], { type: "application/zip" });
}
