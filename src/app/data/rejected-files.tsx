import type { RejectedFile } from "../../protocol/dataset";

const SHOWN = 200;

/** Every file that did not become an image, with the reason. */
export function RejectedFiles({ rejected, ignored }: { rejected: readonly RejectedFile[]; ignored: number }) {
  if (rejected.length === 0 && ignored === 0) return null;
  const others = `${ignored} hidden or system ${ignored === 1 ? "file was" : "files were"} left out.`;
  if (rejected.length === 0) return <p className="small muted">{others}</p>;
  return (
    <details className="disclosure rejected" open={rejected.length <= 5}>
      <summary>
        {rejected.length.toLocaleString("en")} {rejected.length === 1 ? "file was" : "files were"} rejected
      </summary>
      <ul className="small" aria-label="Rejected files">
        {rejected.slice(0, SHOWN).map(({ path, detail }) => (
          <li key={path}>
            <code>{path}</code>
            <span>{detail}</span>
          </li>
        ))}
        {rejected.length > SHOWN && <li>and {rejected.length - SHOWN} more</li>}
      </ul>
      {ignored > 0 && <p className="small muted">{others}</p>}
    </details>
  );
}
