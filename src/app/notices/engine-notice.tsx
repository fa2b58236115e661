import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { Notice } from "./notice";

/** Why training is not possible here, and what to do. */
export function EngineNotice() {
  const engine = useApp((state) => state.engine);
  const { boot } = useEngine();
  if (engine.status !== "failed") return null;
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
