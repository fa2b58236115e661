import { Suspense } from "react";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { CopyRecordedLink } from "../header/copy-link";
import { lazy } from "../lazy";
import { Panel } from "../panel";

const ResultsTables = lazy(() =>
  import("./results-tables").then(({ ResultsTables: Loaded }) => ({ default: Loaded })),
);

const RecordedTables = lazy(() =>
  import("./recorded-tables").then(({ RecordedTables: Loaded }) => ({ default: Loaded })),
);

/** The results table and the tables below it, once there is something in them. */
export function ResultsPanel() {
  const isEmpty = useApp((state) => state.run.runs.length === 0);
  const recorded = useApp((state) => state.recorded);
  if (isEmpty && !recorded) return null;
  return (
    <Panel
      title={texts().results.title}
      lead={texts().results.lead}
      className="results-panel"
      actions={!isEmpty && <CopyRecordedLink />}
    >
      <Suspense>{isEmpty ? recorded && <RecordedTables recorded={recorded} /> : <ResultsTables />}</Suspense>
    </Panel>
  );
}
