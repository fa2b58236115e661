import { useMemo } from "react";
import type { Arm } from "../../protocol/experiment";
import { methodOf } from "../../protocol/schemes";
import { judgingMetric } from "../../series/judging-chart";
import { liveRunOf } from "../../series/live-run";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { useRunInTurns } from "../run-in-turns";
import { Equation } from "./equation";
import { KnobMeanings } from "./knob-meanings";
import { LiveFigures } from "./live-figures";
import { cardOf } from "./methods/cards";
import { SchemeDiagram } from "./scheme-diagram";
import { TemperatureExplorer } from "./temperature-explorer";

/** A scheme explained: its networks and what flows between them, its loss, its paper, and its caveats. */
export function MethodCard({ arm, slot }: { arm: Arm; slot: number }) {
  const { scheme } = arm;
  const { paper } = methodOf(scheme);
  const temperature = cardOf(scheme).softening(scheme);
  const { summary, caveats } = texts().methods[scheme.method];
  return (
    <div className="method-card">
      <p>{summary}</p>
      <LivePicture arm={arm} slot={slot} />
      <Equation scheme={scheme} />
      {temperature !== undefined && <TemperatureExplorer key={temperature} temperature={temperature} />}
      {paper && (
        <p className="small muted">
          {paper.authors} {paper.year}:{" "}
          {paper.arxiv ? (
            <a href={`https://arxiv.org/abs/${paper.arxiv}`} target="_blank" rel="noreferrer">
              {paper.title}
            </a>
          ) : (
            paper.title
          )}
        </p>
      )}
      <KnobMeanings scheme={scheme} />
      {caveats.length > 0 && (
        <details className="disclosure">
          <summary>{texts().schemes.worthKnowing(caveats.length)}</summary>
          <ul className="bullets small">
            {caveats.map((caveat) => (
              <li key={caveat}>{caveat}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** The diagram with the numbers of the run that trains this arm, which change a few times a second. */
function LivePicture({ arm, slot }: { arm: Arm; slot: number }) {
  const { scheme } = arm;
  const run = useRunInTurns();
  const live = useMemo(() => liveRunOf(run, slot, scheme), [run, slot, scheme]);
  return (
    <div className="live-picture">
      <SchemeDiagram scheme={scheme} model={arm.model?.name} live={live} />
      <LiveFigures arm={arm} live={live} />
      <ChartLink arm={arm} />
    </div>
  );
}

/** To the chart that the method is judged by; a button, because the address holds the experiment. */
function ChartLink({ arm: { scheme } }: { arm: Arm }) {
  const { seekChart } = useActions();
  const hasCharts = useApp(({ run, recorded }) => run.status !== "idle" || recorded !== undefined);
  const metric = judgingMetric(scheme);
  const words = texts().schemes.live;
  return (
    <button
      type="button"
      className="button button-small"
      disabled={!hasCharts}
      title={hasCharts ? undefined : words.showsLater}
      onClick={() => seekChart(metric)}
    >
      {words.shows(texts().metrics[metric].label)}
    </button>
  );
}
