import type { RejectedFile } from "../../protocol/dataset";
import { texts } from "../../texts/texts";

const SHOWN = 200;

/** Every file that did not become an image, with the reason. */
export function RejectedFiles({ rejected, ignored }: { rejected: readonly RejectedFile[]; ignored: number }) {
  if (rejected.length === 0 && ignored === 0) return null;
  const words = texts().data;
  const others = words.ignored(ignored);
  if (rejected.length === 0) return <p className="small muted">{others}</p>;
  return (
    <details className="disclosure rejected" open={rejected.length <= 5}>
      <summary>{words.rejected(rejected.length)}</summary>
      <ul className="small" aria-label={words.rejectedList}>
        {rejected.slice(0, SHOWN).map(({ path, reason, detail }) => (
          <li key={path}>
            <code>{path}</code>
            <span>{words.rejection(reason, detail)}</span>
          </li>
        ))}
        {rejected.length > SHOWN && <li>{words.andMore(rejected.length - SHOWN)}</li>}
      </ul>
      {ignored > 0 && <p className="small muted">{others}</p>}
    </details>
  );
}
