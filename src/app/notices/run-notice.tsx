import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { Notice } from "./notice";

/** Why the training stopped early, and which single runs failed. */
export function RunNotice() {
  const status = useApp((state) => state.run.status);
  const failure = useApp((state) => state.run.failure);
  const runs = useApp((state) => state.run.runs);
  const experiment = useApp((state) => state.run.experiment);
  const { start } = useEngine();
  const { explain } = texts().failures;
  const failed = runs.filter((run) => run.failure);
  return (
    <>
      {status === "failed" && failure && (
        <Notice tone="danger" {...explain(failure)}>
          <div className="row">
            <button type="button" className="button" onClick={() => void start()}>
              {texts().page.tryAgain}
            </button>
          </div>
        </Notice>
      )}
      {failed.map(({ planned, failure: why }) => {
        const arm = experiment?.arms[planned.arm]?.name ?? texts().notices.anArm;
        if (!why) return null;
        return (
          <Notice
            key={planned.runId}
            tone="danger"
            {...explain(why)}
            title={texts().notices.ofRun(arm, planned.seed, explain(why).title)}
          />
        );
      })}
    </>
  );
}
