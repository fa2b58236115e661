import type { DatasetProblem } from "../../protocol/dataset";
import { useActions, useApp } from "../app-context";
import { Notice } from "../notices/notice";

/** Why the last selection did not become a dataset. The one before, if any, is still there. */
export function DatasetFailure() {
  const failure = useApp((state) => state.dataset.failure);
  const kept = useApp((state) => state.dataset.loaded?.summary.name);
  const { dismissDatasetFailure } = useActions();
  if (!failure) return null;
  return (
    <Notice tone="danger" title={failure.title} cause={failure.cause} action={failure.action}>
      {failure.kind === "dataset" && <Shortages problem={failure.problem} />}
      {kept && <p>Until then “{kept}” stays loaded.</p>}
      <div className="row">
        <button type="button" className="button button-small" onClick={dismissDatasetFailure}>
          Dismiss
        </button>
      </div>
    </Notice>
  );
}

function Shortages({ problem }: { problem: DatasetProblem }) {
  if (problem.kind !== "too-few-images") return null;
  return (
    <ul className="bullets small">
      {problem.shortages.map(({ className, part, found, needed }) => (
        <li key={`${className} ${part}`}>
          {className}: {found} of at least {needed} images for {part}
        </li>
      ))}
    </ul>
  );
}
