import type { Arm } from "../../protocol/experiment";
import { texts } from "../../texts/texts";
import { studentText, targetsText, teacherText } from "./arm-texts";

/** An arm's scheme and its networks. */
export function ArmFacts({ arm }: { arm: Arm }) {
  const targets = targetsText(arm);
  const words = texts().arms;
  return (
    <dl className="arm-facts">
      <div>
        <dt>{words.scheme}</dt>
        <dd>
          {texts().methods[arm.scheme.method].name}
          {targets && <span className="muted"> · {words.targets(targets)}</span>}
        </dd>
      </div>
      <div>
        <dt>{words.teacher}</dt>
        <dd>{teacherText(arm)}</dd>
      </div>
      <div>
        <dt>{words.student}</dt>
        <dd>{studentText(arm)}</dd>
      </div>
    </dl>
  );
}
