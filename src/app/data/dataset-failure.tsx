import type { DatasetProblem } from "../../protocol/dataset";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { Notice } from "../notices/notice";

/** Why the last selection did not become a dataset. The previous dataset, if any, stays loaded. */
export function DatasetFailure() {
  const failure = useApp((state) => state.dataset.failure);
  const kept = useApp((state) => state.dataset.loaded?.summary.name);
  const { dismissDatasetFailure } = useActions();
  if (!failure) return null;
  return (
    <Notice tone="danger" {...texts().failures.explain(failure)}>
      {failure.kind === "dataset" && <Shortages problem={failure.problem} />}
      {kept && <p>{texts().data.untilThen(kept)}</p>}
      <div className="row">
        <button type="button" className="button button-small" onClick={dismissDatasetFailure}>
          {texts().page.dismiss}
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
        <li key={`${className} ${part}`}>{texts().data.shortage(className, found, needed, part)}</li>
      ))}
    </ul>
  );
}
