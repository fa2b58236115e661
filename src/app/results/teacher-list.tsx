import { formatPercent, formatSigned } from "../../charts/format";
import { mostTeacherLines, type TeacherLine, teacherLines } from "../../series/tables/teacher-lines";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { useRunInTurns } from "../run-in-turns";

/** Lines in sight: more are scrolled, so that charts below stay in sight. */
const IN_SIGHT = 2;

/**
 * How far each teacher is, next to its untrained self: in sight before its students follow it, those that have not learned
 * first. Arms share a line while their teachers agree, so the number of lines varies; the space does not.
 */
export function TeacherList() {
  const run = useRunInTurns();
  const most = mostTeacherLines(run);
  if (most === 0) return null;
  const lines = teacherLines(run).toSorted((one, other) => Number(hasFailed(other)) - Number(hasFailed(one)));
  return (
    <ul
      className="small teacher-lines"
      aria-label={texts().teachers.title}
      style={{ "--lines": Math.min(most, IN_SIGHT) }}
      tabIndex={most > IN_SIGHT ? 0 : undefined}
    >
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: arms may have the same name, and the order of teachers is that of arms.
        <li key={at} data-failed={hasFailed(line)}>
          {sentence(line, run.status)}
        </li>
      ))}
    </ul>
  );
}

/** Its stage is over, its students begin, and it knows no more than before its first step. */
const hasFailed = ({ isBefore, steps, measured }: TeacherLine): boolean =>
  isBefore && measured !== undefined && measured.step >= steps && !measured.hasLearned;

function sentence(line: TeacherLine, status: RunState["status"]): string {
  const { arms, seed, isBefore, steps, measured } = line;
  const words = texts().teachers;
  const who = words.who(arms.join(", "), seed);
  if (!measured) return words.waiting(who);
  const { measure, untrained, latest, step, hasLearned } = measured;
  const now = words.now(words.measures[measure], formatPercent(latest), formatPercent(untrained));
  const isTrained = isBefore && step >= steps;
  if (hasFailed(line)) return words.failed(who, now, steps, status !== "training" && status !== "paused");
  const gain = hasLearned ? words.gained(formatSigned(100 * (latest - untrained))) : words.notYet;
  return isTrained ? words.trained(who, now, gain) : words.training(who, step, steps, now, gain);
}
