import { withPrefix } from "../../charts/format";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";

/** Storage used by images, checkpoints and trainings, out of what the browser allows. */
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
