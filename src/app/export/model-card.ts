import { formatAccuracy, formatPercent } from "../../charts/format";
import type { ResultRow, SeedSummary } from "../../charts/types";
import type { Experiment } from "../../protocol/experiment";
import type { TrainedImages, WeightsFile, WeightsFormat } from "../../protocol/weights";
import { deviceWords } from "../../series/device-words";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { snippetFor } from "./load-snippets";
import { failedRuns, type SummaryFacts } from "./summary";
import { weightsReadme } from "./weights-readme";

/**
 * The README of exported networks: a model card whose head is read by the Hugging Face hub
 * (https://huggingface.co/docs/hub/model-cards). Its license is left to the author.
 */

const libraryOf = (format: WeightsFormat) => format.replace("-int8", "");

/** A JSON string is a YAML string, too. */
const yaml = (text: string | number) => JSON.stringify(text);

const measures = ["finalKnn", "finalLinear"] as const;

function spread({ n, mean, deviation }: SeedSummary): string {
  const words = texts().exports.card;
  return words.measured(formatAccuracy({ n, mean, deviation }), n);
}

const nameOf = ({ dataset }: Experiment) =>
  dataset.source === "files" ? dataset.name : texts().data.sources[dataset.source];
const idOf = ({ dataset }: Experiment) =>
  dataset.source === "files" ? (dataset.hub ?? dataset.name) : dataset.source;

function resultLines(rows: readonly ResultRow[], experiment: Experiment): string[] {
  const { metrics } = texts().resultsTable;
  const models = rows.flatMap(({ label, accuracy, isOther }) => {
    const found = measures.flatMap((measure) => {
      const summary = accuracy[measure];
      return summary ? [[metrics[measure], summary] as const] : [];
    });
    if (isOther || found.length === 0) return [];
    return [
      `  - name: ${yaml(label)}`,
      "    results:",
      "      - task: { type: image-classification }",
      `        dataset: { type: ${yaml(idOf(experiment))}, name: ${yaml(nameOf(experiment))} }`,
      "        metrics:",
      ...found.flatMap(([name, summary]) => [
        "          - type: accuracy",
        `            name: ${yaml(`${name}, ${spread(summary)}`)}`,
        `            value: ${summary.mean}`,
      ]),
    ];
  });
  return models.length > 0 ? ["model-index:", ...models] : [];
}

function head({ rows }: SummaryFacts, experiment: Experiment, format: WeightsFormat): string {
  const methods = [...new Set(experiment.arms.map(({ scheme }) => scheme.method))];
  const { dataset } = experiment;
  return [
    "---",
    `# ${texts().exports.card.license}`,
    "# license: apache-2.0",
    `library_name: ${libraryOf(format)}`,
    "pipeline_tag: image-feature-extraction",
    "tags:",
    ...["retort", "knowledge-distillation", ...methods].map((tag) => `  - ${yaml(tag)}`),
    ...(dataset.source === "files" && dataset.hub ? ["datasets:", `  - ${yaml(dataset.hub)}`] : []),
    ...resultLines(rows, experiment),
    "---",
  ].join("\n");
}

function resultsTable(rows: readonly ResultRow[]): string {
  const { metrics, arm } = texts().resultsTable;
  const own = rows.filter(({ isOther }) => !isOther);
  const cell = (summary: SeedSummary | undefined) => (summary ? spread(summary) : "–");
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    line([arm, ...measures.map((measure) => metrics[measure])]),
    line(["---", "---", "---"]),
    ...own.map(({ label, accuracy }) => line([label, ...measures.map((measure) => cell(accuracy[measure]))])),
  ].join("\n");
}

/** What weights in 8 bits cost, where they are. */
function int8Lines(files: readonly (Pick<WeightsFile, "measured"> & { readonly name: string })[]): string[] {
  const lines = files.flatMap(({ name, measured }) => {
    if (!measured) return [];
    const [whole, int8] = [measured.whole, measured.int8].map(({ top1 }) => formatPercent(top1, 1));
    return [`- \`${name}\`: ${whole} → ${int8} (${integer(measured.images)})`];
  });
  return lines.length > 0 ? [texts().exports.card.int8, lines.join("\n")] : [];
}

/** @param paths of the networks' files, relative to the card; at least one */
export function modelCard(
  facts: SummaryFacts,
  format: WeightsFormat,
  paths: readonly string[],
  images: TrainedImages | undefined,
  files: readonly (Pick<WeightsFile, "measured"> & { readonly name: string })[] = [],
): string {
  const { run, rows, device, link, notes } = facts;
  const { experiment } = run;
  const { card: words, noWeights } = texts().exports;
  const [first] = paths;
  if (!experiment || first === undefined) throw new Error(noWeights);
  const report = texts().report;
  const failures = failedRuns(run).map((text) => `- ${text}`);
  const { title, language, code } = snippetFor(format, first);
  const parts = [
    head(facts, experiment, format),
    `# ${experiment.arms.map(({ name }) => name).join(", ")}`,
    words.lead(nameOf(experiment), device ? deviceWords(device) : report.unknownDevice, link),
    ...(notes ? [`## ${report.notes}`, notes] : []),
    `## ${report.results}`,
    resultsTable(rows),
    words.figures(report.statuses[run.status]),
    ...int8Lines(files),
    ...(failures.length > 0 ? [`### ${report.failed}`, failures.join("\n")] : []),
    weightsReadme(paths, images).trimEnd(),
    `### ${title}`,
    `\`\`\`${language}\n${code}\`\`\``,
  ];
  return `${parts.join("\n\n")}\n`;
}
