import {
  type DatasetNotice,
  type DatasetSummary,
  datasetParts,
  type RejectedFile,
} from "../../protocol/dataset";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";

/** Files that were left out for one reason. */
export interface ReasonGroup {
  readonly count: number;
  readonly reason: string;
  readonly example: string;
}

/** The same sentence but for numbers and names is one reason. The most frequent first. */
export function groupByReason(rejected: readonly RejectedFile[]): readonly ReasonGroup[] {
  const groups = new Map<string, { count: number; readonly first: RejectedFile }>();
  for (const file of rejected) {
    const kind = file.detail.replace(/«[^»]*»|“[^”]*”|\d+/g, "…");
    const group = groups.get(`${file.reason} ${kind}`);
    if (group) group.count++;
    else groups.set(`${file.reason} ${kind}`, { count: 1, first: file });
  }
  return [...groups.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ count, first: { path, reason, detail } }) => ({
      count,
      reason: texts().data.rejection(reason, detail),
      example: path,
    }));
}

export interface Losses {
  readonly rejected: readonly RejectedFile[];
  readonly ignored: number;
}

const SHOWN_REASONS = 3;

/** Reasons as sentences; of many, the most frequent ones. */
export function lossSentences({ rejected, ignored }: Losses, shown = SHOWN_REASONS): readonly string[] {
  const words = texts().reading;
  const groups = groupByReason(rejected);
  const sentences = groups
    .slice(0, shown)
    .map(({ count, reason, example }) => words.group(integer(count), reason, example));
  if (groups.length > shown) sentences.push(words.otherReasons(groups.length - shown));
  if (ignored > 0) sentences.push(words.system(ignored));
  return sentences;
}

/** What stands in a notice about masks or copies need not be said again file by file. */
export function unsaid({ rejected, ignored }: Losses, notices: readonly DatasetNotice[]): Losses {
  const kinds = new Set(notices.map(({ kind }) => kind));
  const isSaid = ({ reason }: RejectedFile) =>
    (reason === "aside" && kinds.has("asides-left-out")) ||
    (reason === "copy" && kinds.has("copies-left-out")) ||
    (reason === "unlabelled" && kinds.has("unlabelled-left-out"));
  return { rejected: rejected.filter((file) => !isSaid(file)), ignored };
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
const SHOWN_CLASSES = 12;

/** How many classes, which, and how many images each part has. */
export function countSentences({
  classNames,
  counts,
}: DatasetSummary): readonly [classes: string, parts: string] {
  const words = texts().reading;
  const each = classNames
    .slice(0, SHOWN_CLASSES)
    .map((name, label) =>
      words.ofClass(name, integer(total(datasetParts.map((part) => counts[part][label] ?? 0)))),
    );
  const more = classNames.length > SHOWN_CLASSES ? " …" : "";
  const [train, validation, test] = datasetParts.map((part) => integer(total(counts[part])));
  return [
    `${words.classes(classNames.length)}: ${each.join(", ")}${more}`,
    words.parts(train as string, validation as string, test as string),
  ];
}

/** All of it as text, for files and terminals. */
export function foundSentences(summary: DatasetSummary): readonly string[] {
  return [
    ...countSentences(summary),
    ...summary.notices.map((notice) => texts().reading.notice(notice)),
    ...lossSentences(unsaid(summary, summary.notices), Number.POSITIVE_INFINITY),
  ];
}
