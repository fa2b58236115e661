import { formatDuration, formatMacs } from "../../charts/format";
import { Swatch } from "../../charts/Swatch";
import { armColor, armDash } from "../../series/arm-colors";
import { armNames } from "../../series/arm-names";
import { deviceWords } from "../../series/device-words";
import { lastOf } from "../../store/measurements/column";
import { overallProgress } from "../../store/progress";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { ArmFacts } from "../arms/arm-facts";
import { useRunInTurns } from "../run-in-turns";

/** What was compared, and what it has cost so far: beside the results, which mean nothing without it. */
export function Compared() {
  const run = useRunInTurns();
  const here = useApp(({ engine }) => (engine.status === "ready" ? engine.device.name : undefined));
  const { experiment } = run;
  if (!experiment) return null;
  const { arms, seeds, dataset, batchSize } = experiment;
  const names = armNames(run);
  const { macs, steps } = overallProgress(run.runs);
  const wall = run.runs.reduce((sum, { series }) => sum + (lastOf(series.wall) ?? 0), 0);
  const device = run.reopened ? run.reopened.device : here;
  const words = texts().compared;
  const source = texts().data.sources[dataset.source];
  const facts = [
    [words.images, dataset.source === "files" && dataset.name ? dataset.name : source],
    [words.seeds, seeds.join(", ")],
    [words.batch, integer(batchSize)],
    [words.steps, integer(steps)],
    [words.compute, formatMacs(macs)],
    [words.time, wall > 0 ? formatDuration(wall) : "–"],
    [words.device, device ? deviceWords(device) : "–"],
  ] as const;
  return (
    <section className="compared small" aria-label={words.title}>
      <h3>{words.title}</h3>
      <ul className="stack">
        {arms.map((arm, at) => {
          const slot = run.armSlots[at] ?? at;
          return (
            <li key={slot}>
              <p className="compared-arm">
                <Swatch color={armColor(slot)} dash={armDash(slot)} /> <strong>{names[at]}</strong>
              </p>
              <ArmFacts arm={arm} />
            </li>
          );
        })}
      </ul>
      <h3>{words.cost}</h3>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
