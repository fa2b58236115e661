import { isRunning } from "../../store/engine-actions";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { Notice } from "./notice";

/** The page was renewed on its server while this one was open: what trains is saved before the new one is loaded. */
export function OutdatedNotice() {
  const outdated = useApp((state) => state.outdated);
  const running = useApp(isRunning);
  const { save } = useEngine();
  if (!outdated) return null;
  const words = texts().notices.outdated;
  async function reload(): Promise<void> {
    if (running) await save();
    window.location.reload();
  }
  return (
    <Notice tone="caution" title={words.title} cause={words.cause} action={words.action}>
      <div className="row">
        <button type="button" className="button" onClick={() => void reload()}>
          {running ? words.saveAndReload : words.reload}
        </button>
      </div>
    </Notice>
  );
}
