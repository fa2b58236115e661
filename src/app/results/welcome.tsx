import { useApp, useEngine } from "../app-context";
import { PixelImage } from "../controls/pixel-image";

const SHOWN = 10;

/** Before the first start: what will happen, on which images. */
export function Welcome() {
  const { start } = useEngine();
  const unusable = useApp((state) => state.engine.status === "failed");
  return (
    <div className="welcome">
      <ol className="welcome-steps">
        <li>
          <strong>Teachers and students learn here, in this tab.</strong> Without labels, on views of the
          images below. Nothing is uploaded.
        </li>
        <li>
          <strong>Curves grow side by side.</strong> Held-out accuracy by nearest neighbours and by a linear
          probe, over steps, time or compute.
        </li>
        <li>
          <strong>Differences are taken in pairs.</strong> Arms share seeds; with too few of them the page
          says so.
        </li>
      </ol>
      <Samples />
      <div className="row">
        <button
          type="button"
          className="button button-primary"
          disabled={unusable}
          onClick={() => void start()}
        >
          Train this comparison
        </button>
        <span className="small muted">or begin with a preset above, or drop images of your own</span>
      </div>
    </div>
  );
}

function Samples() {
  const gallery = useApp((state) => state.dataset.gallery);
  const names = useApp((state) => state.dataset.loaded?.summary.classNames);
  const samples = gallery.filter(({ label }, at) => gallery.findIndex((one) => one.label === label) === at);
  return (
    <ul className="welcome-samples" aria-label="Sample images">
      {Array.from({ length: SHOWN }, (_, at) => {
        const sample = samples[at];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: places, filled or not.
          <li key={at}>
            {sample ? (
              <PixelImage rgba={sample.rgba} size={sample.size} />
            ) : (
              <span className="pixel-image" aria-hidden="true" />
            )}
            <span>{sample ? names?.[sample.label] : " "}</span>
          </li>
        );
      })}
    </ul>
  );
}
