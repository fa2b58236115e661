import { useApp, useEngine } from "../app-context";
import { Notice } from "./notice";

const shownTime = (savedAt: number) =>
  new Date(savedAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A training that the last visit left unfinished, or one that would be lost with this tab. */
export function InterruptedNotice() {
  const interrupted = useApp((state) => state.interrupted);
  const status = useApp((state) => state.run.status);
  const unsaved = useApp((state) => state.run.unsaved);
  const { continueInterrupted, forgetInterrupted } = useEngine();
  if (unsaved && (status === "training" || status === "paused")) {
    const { title, cause, action } = unsaved;
    return <Notice tone="caution" title={title} cause={cause} action={action} />;
  }
  if (!interrupted || status !== "idle") return null;
  const { arms, seeds } = interrupted.experiment;
  const names = arms.map(({ name }) => name).join(", ");
  return (
    <Notice
      tone="info"
      title="A training was interrupted"
      cause={`${names}, with ${seeds.length === 1 ? "one seed" : `${seeds.length} seeds`}, last saved ${shownTime(interrupted.savedAt)}.`}
      action="It can go on where it was: its curves will be the same as if nothing had happened."
    >
      <div className="row">
        <button type="button" className="button button-primary" onClick={() => void continueInterrupted()}>
          Continue training
        </button>
        <button type="button" className="button" onClick={() => void forgetInterrupted()}>
          Forget it
        </button>
      </div>
    </Notice>
  );
}
