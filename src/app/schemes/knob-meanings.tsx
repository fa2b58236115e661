import type { Scheme } from "../../protocol/experiment";
import { methodOf } from "../../protocol/schemes";
import type { KnobTexts } from "../../texts/english/methods";
import { texts } from "../../texts/texts";

/** The meaning of the scheme's own settings, in one list; each is also available behind its question mark. */
export function KnobMeanings({ scheme }: { scheme: Scheme }) {
  const words: Readonly<Record<string, KnobTexts>> = texts().methods[scheme.method].knobs;
  const idle = methodOf(scheme).idle(scheme);
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
