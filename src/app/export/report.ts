import type { CurvePicture } from "../../charts/curves/curve-picture";
import { forestOf } from "../../charts/differences/forest";
import { forestSvg } from "../../charts/differences/forest-picture";
import { verdictsOf } from "../../charts/differences/verdicts";
import { escaped, tag } from "../../charts/pictures/markup";
import { differenceText } from "../../charts/sentences";
import { type DatasetSummary, datasetParts } from "../../protocol/dataset";
import { deviceWords } from "../../series/device-words";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { reportStyle } from "./report-style";
import { failedRuns, type SummaryFacts } from "./summary";
import { type TableId, type TextTable, textTables } from "./text-tables";

/** A self-contained report of settings, curves and results. It needs neither this page nor a network connection. */

export interface ReportFacts extends SummaryFacts {
  readonly charts: readonly CurvePicture[];
  /** A sentence on how the charts are drawn. */
  readonly drawn: string;
  /** The author's notes as HTML without scripts. */
  readonly notesHtml: string;
  /** Version of this page. */
  readonly version: string;
  /** Time of writing, and of the training shown. */
  readonly written: Date;
  readonly trained?: Date;
}

const section = (title: string, content: string) =>
  content === "" ? "" : tag("section", {}, `${tag("h2", {}, escaped(title))}\n${content}`);
const paragraph = (text: string, look?: string) => tag("p", { class: look }, escaped(text));
const cells = (name: "th" | "td", values: readonly string[]) =>
  values.map((value) => tag(name, {}, escaped(value))).join("");

function tableMarkup(
  { title, head, rows }: Pick<TextTable, "title" | "head" | "rows">,
  look?: string,
): string {
  const line = ([first = "", ...rest]: readonly string[]) =>
    tag("tr", {}, tag("th", { scope: "row" }, escaped(first)) + cells("td", rest));
  const headings = head.map((name) => tag("th", { scope: "col" }, escaped(name))).join("");
  const table = tag("thead", {}, tag("tr", {}, headings)) + tag("tbody", {}, rows.map(line).join("\n"));
  const scrolls = { class: "wide", tabindex: 0, role: "region", "aria-label": title };
  return tag("div", scrolls, tag("table", { class: look }, table));
}

const part = (table: TextTable | undefined, look?: string) =>
  table
    ? tag("h3", {}, escaped(table.title)) +
      tableMarkup(table, look) +
      (table.help === undefined ? "" : paragraph(table.help, "muted"))
    : "";

/** In the page's colors, like the legend of its charts. */
const swatch = (color: string, dash: string | undefined) =>
  tag(
    "svg",
    { width: 24, height: 8, viewBox: "0 0 24 8", "aria-hidden": "true" },
    tag("line", { x1: 0, x2: 24, y1: 4, y2: 4, stroke: color, "stroke-width": 2, "stroke-dasharray": dash }),
  );

function chartMarkup(chart: CurvePicture): string {
  const legend = chart.legend
    .map(({ label, color, dash }) => tag("li", {}, `${swatch(color, dash)} ${escaped(label)}`))
    .join("");
  const figures = tag("summary", {}, escaped(texts().charts.dataTable)) + tableMarkup(chart);
  return tag(
    "figure",
    {},
    tag("h3", {}, escaped(chart.title)) +
      (chart.svg ?? "") +
      tag("ul", { class: "legend" }, legend) +
      tag("details", {}, figures),
  );
}

function imagesFact({ name, counts, classNames, size }: DatasetSummary): string {
  const words = texts().data;
  const parts = datasetParts.flatMap((one) => {
    const count = counts[one].reduce((sum, each) => sum + each, 0);
    return count > 0 ? [`${words.parts[one]} ${integer(count)}`] : [];
  });
  return [name, ...parts, `${words.classes} ${classNames.length}`, words.pixels(size)].join(" · ");
}

function head(facts: ReportFacts): string {
  const { run, device, dataset, link, version, written, trained } = facts;
  const words = texts().report;
  const date = (when: Date) =>
    when.toLocaleString(texts().locale, { dateStyle: "medium", timeStyle: "short" });
  const settings = run.experiment?.dataset;
  const known: readonly (readonly [string, string | undefined])[] = [
    [
      words.facts.images,
      dataset ? imagesFact(dataset) : settings && "name" in settings ? settings.name : undefined,
    ],
    [words.facts.hash, dataset?.hash ?? (settings && "hash" in settings ? settings.hash : undefined)],
    [words.facts.seeds, run.experiment?.seeds.join(", ")],
    [words.facts.device, device && deviceWords(device)],
    [words.facts.trained, trained && date(trained)],
    [words.facts.written, words.byVersion(date(written), version)],
  ];
  const list = known.flatMap(([name, value]) =>
    value ? [tag("div", {}, tag("dt", {}, escaped(name)) + tag("dd", {}, escaped(value)))] : [],
  );
  return tag(
    "header",
    {},
    tag("h1", {}, escaped(titleOf(facts))) +
      paragraph(
        words.statusOf(device ? deviceWords(device) : words.unknownDevice, words.statuses[run.status]),
        "muted",
      ) +
      tag("a", { class: "open", href: link }, escaped(words.openExperiment)) +
      tag("dl", {}, list.join("")),
  );
}

const titleOf = ({ run }: ReportFacts) => (run.experiment?.arms ?? []).map(({ name }) => name).join(", ");

/** The differences in sentences, and as a picture. */
function differences({ rows, baselineId }: ReportFacts): string {
  const baseline = rows.find(({ id }) => id === baselineId);
  if (!baseline) return "";
  const words = texts().resultsTable;
  return (["finalKnn", "finalLinear", "finalClassifier", "finalDetection"] as const)
    .map((metric) => {
      const verdicts = verdictsOf(rows, baselineId, metric);
      const sentences = rows
        .filter((row) => row !== baseline && (row.difference?.[metric]?.n ?? 0) > 0)
        .map((row) => tag("li", {}, escaped(differenceText(row, baseline, metric, verdicts.get(row.id)))));
      const forest = forestOf(rows, baselineId, metric);
      const title = words.differencesTitle(words.metrics[metric], baseline.label);
      return forest
        ? tag("ul", {}, sentences.join("")) + forestSvg(forest, title, texts().charts.points)
        : "";
    })
    .join("");
}

export function reportHtml(facts: ReportFacts): string {
  const words = texts().report;
  const { run, charts, drawn, notesHtml } = facts;
  const tables: Partial<Record<TableId, TextTable>> = textTables(facts);
  const picture = differences(facts);
  const failed = failedRuns(run).map((text) => tag("li", {}, escaped(text)));
  const json = JSON.stringify(run.experiment, null, 1);
  const content = [
    head(facts),
    section(words.notes, notesHtml && tag("div", { class: "notes" }, notesHtml)),
    section(
      words.compared,
      (tables.settings ? paragraph(words.differing) + tableMarkup(tables.settings, "words") : "") +
        part(tables.trainings, "words"),
    ),
    section(
      words.curves,
      charts.length > 0
        ? paragraph(drawn, "muted") + tag("div", { class: "charts" }, charts.map(chartMarkup).join("\n"))
        : paragraph(words.noCurve),
    ),
    section(
      words.results,
      part(tables.results) +
        part(tables.differences) +
        (picture && picture + paragraph(texts().resultsTable.forestHelp, "muted")) +
        part(tables.floors),
    ),
    section(words.cost, part(tables.ledger)),
    section(words.failed, failed.length > 0 ? tag("ul", {}, failed.join("")) : ""),
    section(
      words.allSettings,
      tag("details", {}, tag("summary", {}, "experiment.json") + tag("pre", {}, escaped(json ?? ""))),
    ),
  ];
  return `<!doctype html>
<html lang="${texts().locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Retort: ${escaped(titleOf(facts))}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${content.filter((one) => one !== "").join("\n")}
</main>
</body>
</html>
`;
}
