import { useState } from "react";
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
    const { title, cause, action } = engine.failure;
    return (
      <Notice tone="danger" title={title} cause={cause} action={action}>
        <p>You can still read the page, change the experiment and share it by link.</p>
        <div className="row">
          <button type="button" className="button" onClick={() => void boot()}>
            Try again
          </button>
        </div>
      </Notice>
    );
  }
  if (dismissed) return null;
  const { backend, software } = engine.device;
  if (backend === "webgl") {
    return (
      <Notice
        tone="caution"
        onDismiss={onDismiss}
        title="No WebGPU here: training with WebGL"
        cause="Everything works, but a step takes several times as long, and the GPU's memory holds less."
        action="Current Chrome or Edge with hardware acceleration has WebGPU. Begin with the preset “Quick look”."
      />
    );
  }
  if (backend === "cpu") {
    return (
      <Notice
        tone="caution"
        onDismiss={onDismiss}
        title="No GPU here: training on the processor, in plain JavaScript"
        cause="Expect seconds per step even for the smallest networks: enough to see that it works, too slow for experiments."
        action="Open the page in current Chrome or Edge with hardware acceleration, or take few steps of the preset “Quick look”."
      />
    );
  }
  if (!software) return null;
  return (
    <Notice
      tone="caution"
      onDismiss={onDismiss}
      title="WebGPU without a GPU"
      cause="The browser computes WebGPU on the processor. Results are the same, only slower: minutes for the preset “Quick look”."
      action="On a machine with a GPU, switch on hardware acceleration in the browser's settings."
    />
  );
}
