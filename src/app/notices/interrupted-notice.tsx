import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { Notice } from "./notice";

const shownTime = (savedAt: number) =>
  new Date(savedAt).toLocaleString(texts().locale, { dateStyle: "medium", timeStyle: "short" });

/** A training that the last visit left unfinished, or that is not saved, as a whole or its teacher's answers. */
export function InterruptedNotice() {
  const interrupted = useApp((state) => state.interrupted);
  const status = useApp((state) => state.run.status);
  const unsaved = useApp(({ run }) => run.unsaved ?? run.unkept);
  const { continueInterrupted, forgetInterrupted } = useEngine();
  if (unsaved && (status === "training" || status === "paused")) {
    return <Notice tone="caution" {...texts().failures.explain(unsaved)} />;
  }
  if (!interrupted || (status !== "idle" && status !== "failed")) return null;
  const { arms, seeds } = interrupted.experiment;
  const words = texts().notices.interrupted;
  const names = arms.map(({ name }) => name).join(", ");
  return (
    <Notice
      tone="info"
      title={words.title}
      cause={words.cause(names, seeds.length, shownTime(interrupted.savedAt))}
      action={words.action}
    >
      <div className="row">
        <button type="button" className="button button-primary" onClick={() => void continueInterrupted()}>
          {words.continue}
        </button>
        <button type="button" className="button" onClick={() => void forgetInterrupted()}>
          {words.forget}
        </button>
      </div>
    </Notice>
  );
}
