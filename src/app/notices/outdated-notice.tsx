import { without } from "../../store/app-store";
import { isRunning } from "../../store/engine-actions";
import { texts } from "../../texts/texts";
import { useApp, useAppStore, useEngine } from "../app-context";
import { Notice } from "./notice";

/** The site was updated while this page was open: the current training is saved before reloading. */
export function OutdatedNotice() {
  const outdated = useApp((state) => state.outdated);
  const running = useApp(isRunning);
  const { save } = useEngine();
  const renewed = useApp((state) => state.renewed);
  const store = useAppStore();
  if (!outdated && !renewed) return null;
  const words = outdated ? texts().notices.outdated : texts().notices.renewed;
  async function reload(): Promise<void> {
    if (running) await save();
    window.location.reload();
  }
  return (
    <Notice
      tone={outdated ? "caution" : "info"}
      title={words.title}
      cause={words.cause}
      action={words.action}
      {...(!outdated && { onDismiss: () => store.setState((state) => without(state, "renewed"), true) })}
    >
      <div className="row">
        <button type="button" className="button" onClick={() => void reload()}>
          {running ? texts().notices.outdated.saveAndReload : texts().notices.outdated.reload}
        </button>
      </div>
    </Notice>
  );
}
