import { useState } from "react";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { Notice } from "./notice";

/** What this browser and machine can be expected to do, where that is less than usual. */
export function EngineNotice() {
  const engine = useApp((state) => state.engine);
  const { boot } = useEngine();
  const [dismissed, setDismissed] = useState(false);
  const onDismiss = () => setDismissed(true);
  if (engine.status === "starting") return null;
  if (engine.status === "failed") {
    return (
      <Notice tone="danger" {...texts().failures.explain(engine.failure)}>
        <p>{texts().notices.stillReadable}</p>
        <div className="row">
          <button type="button" className="button" onClick={() => void boot()}>
            {texts().page.tryAgain}
          </button>
        </div>
      </Notice>
    );
  }
  if (dismissed) return null;
  const { backend, software } = engine.device;
  const limit = backend === "webgpu" ? (software ? "software" : undefined) : backend;
  return limit ? <Notice tone="caution" onDismiss={onDismiss} {...texts().notices[limit]} /> : null;
}
