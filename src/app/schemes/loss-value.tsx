import { significant } from "../../charts/format";
import type { LiveRun } from "../../series/live-run";

/** The newest loss of what learns at present, beside the loss in a diagram. */
export function LossValue({ x, y, live }: { x: number; y: number; live: LiveRun | undefined }) {
  const loss = live?.valueOf(live.learns.student ? "studentLoss" : "teacherLoss");
  return loss === undefined ? null : (
    <text className="diagram-value" x={x} y={y} textAnchor="middle">
      {significant(loss, 3)}
    </text>
  );
}
