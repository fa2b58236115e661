import { formatAccuracy, formatDuration, formatMacs } from "../../src/charts/format";
import { type FindingAnswer, findingVerdicts } from "../../src/protocol/findings/answers";
import { type Finding, findingSources, findings } from "../../src/protocol/findings/findings";
import { findingPlans } from "../../src/protocol/findings/records";
import { recordPlans } from "../../src/protocol/records/catalog";
import type { RecordEntry } from "../../src/protocol/records/register";
import {
  countSentence,
  fallenSentence,
  findingWords,
  meaningOf,
  measuredSentence,
} from "../../src/series/findings/sentences";

/** docs/findings.md, from the registers of what was recorded. Nothing in it is written by hand. */

/** Where `npm start` serves the page; a link opens settings, curves and tables. */
const PAGE = "http://localhost:4173/";

const linkTo = (record: string) => `${PAGE}?record=${record}`;
const plans = [...recordPlans, ...findingPlans];

const head = `# Findings

Claims of the papers as questions, answered at the size of a browser tab. All of this page is written by \`npm run findings\`, from
recorded comparisons that the page shows without training; \`npm run record -- ID\` trains one anew and writes what it answers here
and on the page (gallery and studies). \`npm run record -- ID --check\` trains its first seed anew and says whether curves and results
are the recorded ones, as they are on the same kind of machine.

- Each difference is taken seed by seed, between two arms of one recorded comparison that share images, order, views and initial
  weights and differ in the setting in question; three letters below say the accuracy: kNN (nearest neighbors on features), lin (ridge
  classifier on features), cls (the network's own classifier), AP (a detector's average precision, on canvases of these images). All are measured once, after the last step, on the 1,000 test images.
  Where rates of a linear classifier are compared, it is trained by SGD, as in papers; differences between its rates are taken
  within one arm, on validation images.
- Intervals are 95 % t-intervals of the mean over seeds, corrected by Holm's method for all findings of the same comparison: with at
  most 5 % probability any verdict of a comparison is false. They cover other seeds (initial weights, order, views), not another
  draw of the images, nor other settings; and no correction covers all comparisons together.
- "Over twenty new seeds" asks a question again that could not be answered at first, alone or with few others. These questions were picked
  by their first answers, so none of the seeds behind those answers is used again. Both answers are listed.
- Expected is what the source says; where it says nothing, that the question is answered with yes.
- **Seen**: a difference of the expected sign. **The opposite**: one of the other sign, or any where none was expected.
  **Not seen**: a difference of the expected sign is at most 2 points. **Cannot be told**: the interval includes both none
  and more than that, or no network has learned by then (less than 5 points above its untrained encoder or the largest class).
- The sources' figures are theirs, at their sizes: ImageNet or Fashion-MNIST, hundreds of epochs. Here networks are ResNet-8 of an
  eighth and a quarter of the usual width, on 4,000 images of 16 px, with some hundred steps. A verdict is about this size.
- "Cost" is that of all runs of the arms compared, teachers included, in multiply-accumulates as trained and in training time on the
  machine that recorded them, which did other work as well.
`;

/** @param entries of all registers, in the gallery's order */
export function findingsDocument(entries: readonly RecordEntry[], answers: readonly FindingAnswer[]): string {
  const answered = findings.filter(({ id }) => answers.some((answer) => answer.id === id));
  const used = entries.filter(({ id }) => findings.some(({ record }) => record === id));
  return [
    head,
    `**${countSentence(answers)}.**`,
    "",
    ...findingSources.flatMap(({ name, findings: own }) => section(name, own, answers)),
    ...missing(findings.filter((finding) => !answered.includes(finding))),
    "## Recorded comparisons",
    "",
    "| comparison | question | arms | seeds | recorded | commit | compute, time | command |",
    "|---|---|---|---|---|---|---|---|",
    ...used.map(recordRow),
    "",
  ].join("\n");
}

function section(name: string, own: readonly Finding[], answers: readonly FindingAnswer[]): string[] {
  const rows = own.flatMap((finding) => {
    const answer = answers.find(({ id }) => id === finding.id);
    return answer ? [{ finding, answer }] : [];
  });
  if (rows.length === 0) return [];
  const verdicts = findingVerdicts.flatMap((verdict) => {
    const count = rows.filter(({ answer }) => answer.verdict === verdict).length;
    return count > 0 ? [`${count} ${findingWords().verdicts[verdict]}`] : [];
  });
  return [
    `## ${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    "",
    `${verdicts.join(", ")}.`,
    "",
    "| question | in the source | here: difference, 95 % interval | verdict | cost | comparison |",
    "|---|---|---|---|---|---|",
    ...rows.map(({ finding, answer }) => row(finding, answer)),
    "",
  ];
}

const metricNames = {
  finalKnn: "kNN",
  finalLinear: "lin",
  finalClassifier: "cls",
  finalDetection: "AP",
} as const;

function row(finding: Finding, answer: FindingAnswer): string {
  const { question, reported, record, difference } = finding;
  const accuracies = [answer.arm, answer.against].map((value) =>
    formatAccuracy({ n: answer.n, mean: value, deviation: Number.NaN }),
  );
  const measured = `${measuredSentence(finding, answer)} ${fallenSentence(finding, answer)}`.trimEnd();
  const accuracy = difference.rates ? "lin, by SGD" : metricNames[difference.metric];
  const here = `${measured} ${accuracy} ${accuracies.join(" and ")}`;
  const verdict = `**${findingWords().verdicts[answer.verdict]}**. ${meaningOf(finding, answer)}`;
  const cost = `${formatMacs(answer.macs)}, ${formatDuration(answer.wallMs)}`;
  return cells([question, reported, here, verdict, cost, `[${record}](${linkTo(record)})`]);
}

function recordRow(entry: RecordEntry): string {
  const plan = plans.find(({ id }) => id === entry.id);
  return cells([
    `[${entry.id}](${linkTo(entry.id)})`,
    plan?.question ?? "",
    entry.arms.join("; "),
    String(entry.seeds),
    `${new Date(entry.recordedAt).toISOString().slice(0, 10)}, ${entry.device}`,
    entry.commit,
    `${formatMacs(entry.macs)}, ${formatDuration(entry.wallMs)}`,
    `\`npm run record -- ${entry.id}\``,
  ]);
}

const cells = (texts: readonly string[]) =>
  `| ${texts.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;

function missing(open: readonly Finding[]): string[] {
  if (open.length === 0) return [];
  return [
    "## Not recorded yet",
    "",
    ...open.map(({ question, record }) => `- ${question} (\`npm run record -- ${record}\`)`),
    "",
  ];
}
