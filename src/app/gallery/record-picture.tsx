import type { RecordEntry } from "../../protocol/records/register";
import { armColor, armDash } from "../../series/arm-colors";

const [WIDTH, HEIGHT] = [180, 100];

/** The mean curve of every arm, without axes; the figures stand beside it. */
export function RecordPicture({ entry: { picture } }: { entry: RecordEntry }) {
  const heights = picture.lines.flatMap((line) => line.filter((_, at) => at % 2 === 1));
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const x = (step: number) => (WIDTH * step) / Math.max(1, picture.steps);
  const y = (height: number) => 4 + ((HEIGHT - 8) * (high - height)) / Math.max(1, high - low);
  return (
    <svg className="record-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {picture.lines.map((line, arm) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: an arm's place.
          key={arm}
          d={`M${places(line)
            .map(([step, height]) => `${x(step).toFixed(1)} ${y(height).toFixed(1)}`)
            .join("L")}`}
          fill="none"
          stroke={armColor(arm)}
          strokeWidth={2}
          strokeLinejoin="round"
          strokeDasharray={armDash(arm)}
        />
      ))}
    </svg>
  );
}

/** Steps and heights lie one after the other. */
const places = (line: readonly number[]): [step: number, height: number][] =>
  Array.from({ length: line.length / 2 }, (_, at) => [line[2 * at] ?? 0, line[2 * at + 1] ?? 0]);
