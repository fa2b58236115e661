import { formatAccuracy, formatDuration, formatMacs, formatPoints } from "../../charts/format";
import { differenceText } from "../../charts/sentences";
import type { ResultRow, SeedSummary } from "../../charts/types";
import { texts } from "../../texts/texts";
import { settingDifferences } from "../arms/setting-differences";
import type { SummaryFacts } from "./summary";

/** A page of its own that says what was compared, how it went and what came out: it needs neither this one nor a network. */

export interface ReportFacts extends SummaryFacts {
  /** The charts as one SVG document; left out while none is drawn. */
  readonly curves: string | undefined;
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const cells = (tag: "th" | "td", values: readonly string[]) =>
  values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join("");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n");
  return `<table><thead><tr>${cells("th", head)}</tr></thead><tbody>\n${lines}\n</tbody></table>`;
}

const accuracy = (summary: SeedSummary | undefined) => (summary ? formatAccuracy(summary) : "–");

function results(rows: readonly ResultRow[], baselineId: string | undefined): string {
  const { report: words, resultsTable: columns } = texts();
  return table(
    [
      words.arm,
      words.seeds,
      columns.metrics.finalKnn,
      columns.metrics.finalLinear,
      words.againstBaseline,
      columns.compute,
      columns.time,
    ],
    rows.map((row) => [
      row.label,
      `${row.finishedSeeds} / ${row.plannedSeeds}`,
      accuracy(row.accuracy.finalKnn),
      accuracy(row.accuracy.finalLinear),
      row.id === baselineId
        ? columns.isBaseline
        : row.difference?.finalKnn
          ? formatPoints(row.difference.finalKnn)
          : "–",
      row.trainingMacs === undefined ? "–" : formatMacs(row.trainingMacs),
      row.wallMs ? formatDuration(row.wallMs.mean) : "–",
    ]),
  );
}

function differences(rows: readonly ResultRow[], baselineId: string | undefined): string {
  const baseline = rows.find(({ id }) => id === baselineId);
  if (!baseline) return "";
  const sentences = rows
    .filter(({ id }) => id !== baselineId)
    .map((row) => differenceText(row, baseline, "finalKnn"));
  return `<ul>${sentences.map((sentence) => `<li>${escaped(sentence)}</li>`).join("")}</ul>`;
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1a2127}
table{border-collapse:collapse;font-size:.9em}th,td{padding:.3rem .8rem .3rem 0;text-align:start;border-bottom:1px solid #d5dde1}
svg{max-width:100%;height:auto}pre{overflow-x:auto;white-space:pre-wrap;background:#eef2f3;padding:1rem;font-size:.8em}`;

export function reportHtml({ run, rows, baselineId, device, notes, link, curves }: ReportFacts): string {
  const words = texts().report;
  const { experiment } = run;
  const arms = experiment?.arms ?? [];
  const differing = settingDifferences(arms);
  const settings = table(
    [words.setting, ...arms.map(({ name }) => name)],
    differing.map(({ setting, values }) => [setting, ...values]),
  );
  const title = arms.map(({ name }) => name).join(", ");
  return `<!doctype html>
<html lang="${texts().locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Retort: ${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(words.trainedOn(device ?? words.unknownDevice, (experiment?.seeds ?? []).join(", ")))} <a href="${escaped(link)}">${words.openExperiment}</a>.</p>
${notes ? `<h2>${words.notes}</h2>\n<pre>${escaped(notes)}</pre>` : ""}
<h2>${words.whatWasCompared}</h2>
<p>${words.differing}</p>
${settings}
<h2>${words.howItWent}</h2>
${curves ?? `<p>${words.noCurve}</p>`}
<h2>${words.whatItMeans}</h2>
${results(rows, baselineId)}
<p>${words.accuracies}</p>
${differences(rows, baselineId)}
<h2>${words.allSettings}</h2>
<pre>${escaped(JSON.stringify(experiment, null, 1))}</pre>
</body>
</html>
`;
}
