import { formatBound, formatPoints, formatPointsRange } from "../../charts/format";
import { type FindingAnswer, findingVerdicts } from "../../protocol/findings/answers";
import type { Finding } from "../../protocol/findings/findings";
import { englishFindings, type FindingWords } from "../../protocol/findings/words";
import { texts } from "../../texts/texts";

/** Findings and their answers in the current language. */

export const findingWords = (): FindingWords => texts().findings ?? englishFindings;

export function findingInWords(finding: Finding): Pick<Finding, "question" | "reported"> {
  return findingWords().findings[finding.id] ?? finding;
}

/** "Consistent − Independent: +6.3 pp over 8 seeds, 95 % interval +1.5 to +11.1 pp, corrected for 5 findings." */
export function measuredSentence(finding: Finding, { mean, n, interval, together }: FindingAnswer): string {
  const points = formatPoints({ mean, deviation: Number.NaN });
  return findingWords().measured(differenceName(finding), points, n, formatPointsRange(interval), together);
}

function differenceName({ difference, beyond }: Finding): string {
  const { arms } = texts().charts.difference;
  const name = (arm: string) => texts().arms.ofPreset(arm);
  const { rates } = difference;
  const of = (one: NonNullable<Finding["beyond"]>) =>
    rates ? findingWords().rates(name(one.arm), ...rates) : arms(name(one.arm), name(one.against));
  return beyond ? findingWords().beyond(of(difference), of(beyond)) : of(difference);
}

/** "A peer: at chance at the end in 2 of 8 seeds."; empty where no network ended there. */
export function fallenSentence({ difference }: Finding, { fallen, n }: FindingAnswer): string {
  const [arm = 0, against = 0] = fallen ?? [];
  const of = [
    [difference.arm, arm],
    [difference.against, against],
  ] as const;
  const name = texts().arms.ofPreset;
  return of
    .flatMap(([one, count]) => (count > 0 ? [texts().guides.atChance(name(one), count, n)] : []))
    .join(" ");
}

/** What the verdict means, with the bound that belongs to it. */
export function meaningOf({ predicts }: Finding, { verdict, why, interval }: FindingAnswer): string {
  const { means } = findingWords();
  const [low, high] = interval;
  const largest = formatBound(Math.max(Math.abs(low), Math.abs(high)));
  const expected = predicts === "more" ? high : -low;
  switch (verdict) {
    case "seen":
      return predicts === "same" ? means.level(largest) : means.seen;
    case "opposite":
      return predicts === "same" ? means.differs : means.opposite;
    case "not-seen":
      return means.notSeen(formatBound(Math.max(0, expected)));
    default:
      return why === "untrained" ? means.untrained : means.wide(largest);
  }
}

/** "30 findings: 14 seen, 3 the opposite, 5 not seen, 8 cannot be told" */
export function countSentence(answers: readonly FindingAnswer[]): string {
  const words = findingWords();
  const parts = findingVerdicts.flatMap((verdict) => {
    const count = answers.filter((answer) => answer.verdict === verdict).length;
    return count > 0 ? [words.part(count, words.verdicts[verdict])] : [];
  });
  return words.count(answers.length, parts.join(", "));
}
