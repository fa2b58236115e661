import { withPrefix } from "../../charts/format";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";

/** How much of what the browser grants is taken, by images, checkpoints and trainings together. */
export function StorageMeter() {
  const storage = useApp((state) => state.history.storage);
  if (!storage || storage.quota === 0) return null;
  const { usage, quota } = storage;
  return (
    <p className="storage-meter small muted">
      <meter
        aria-label={texts().history.storage}
        min={0}
        max={quota}
        high={0.8 * quota}
        optimum={0}
        value={usage}
      />{" "}
      {texts().history.storageSentence(withPrefix(usage, "B"), withPrefix(quota, "B"))}
    </p>
  );
}
