import { formatBound, formatPoints, formatPointsRange } from "../../charts/format";
import type { Recorded } from "../../protocol/records/register";
import { texts } from "../../texts/texts";

/** "SimDis-Off − BYOL: +2.1 ± 0.8 pp over 5 seeds." and whether that can be told from no difference. */
export function AnswerSentence({ plan, entry }: Recorded) {
  const { mean, deviation, n, verdict, interval, largest, together } = entry.answer;
  const words = texts().arrival;
  const { difference } = texts().charts;
  const name = (arm: number) => texts().arms.ofPreset(entry.arms[arm] ?? "");
  const arms = difference.arms(name(plan.answer.arm), name(plan.answer.against));
  const points = formatPoints({ mean, deviation: deviation ?? Number.NaN });
  const [low, high] = interval ?? [];
  const ends =
    low === undefined || high === undefined
      ? undefined
      : difference.interval(formatPointsRange([low, high]), together);
  return (
    <p className="answer" data-verdict={verdict}>
      <strong>{words.answer(arms, points, n)}.</strong>{" "}
      <span>
        {ends === undefined || verdict === "too-few"
          ? words.tooFew
          : words[verdict](ends, formatBound(largest ?? Number.NaN))}
      </span>
    </p>
  );
}
