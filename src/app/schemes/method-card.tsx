import type { Scheme } from "../../protocol/experiment";
import { methodOf } from "../../protocol/schemes";
import { texts } from "../../texts/texts";
import { Equation } from "./equation";
import { KnobMeanings } from "./knob-meanings";
import { cardOf } from "./methods/cards";
import { SchemeDiagram } from "./scheme-diagram";
import { TemperatureExplorer } from "./temperature-explorer";

/** A scheme explained: its networks, its loss, its paper, and its caveats. */
export function MethodCard({ scheme }: { scheme: Scheme }) {
  const { paper } = methodOf(scheme);
  const temperature = cardOf(scheme).softening(scheme);
  const { summary, caveats } = texts().methods[scheme.method];
  return (
    <div className="method-card">
      <p>{summary}</p>
      <SchemeDiagram scheme={scheme} />
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
