import type { Scheme } from "../../protocol/experiment";
import type { KnobWords } from "../../texts/english/methods";
import { texts } from "../../texts/texts";
import { idleKnobs } from "./idle-knobs";

/** All that the scheme's own settings mean, to be read at one go; each stands behind its question mark, too. */
export function KnobMeanings({ scheme }: { scheme: Scheme }) {
  const words: Readonly<Record<string, KnobWords>> = texts().knobs[scheme.method];
  const idle = idleKnobs(scheme);
  const shown = Object.entries(words).filter(([name]) => !idle.includes(name));
  if (shown.length === 0) return null;
  return (
    <details className="disclosure">
      <summary>{texts().schemes.itsSettings(shown.length)}</summary>
      <dl className="knob-meanings small">
        {shown.map(([name, { label, help }]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{help}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
