import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { PixelImage } from "../controls/pixel-image";

const SHOWN = 10;

/** Shown before an experiment from a link is started: on which images it will train. */
export function Welcome() {
  const { start } = useEngine();
  const words = texts().welcome;
  const unusable = useApp((state) => state.engine.status === "failed");
  return (
    <div className="welcome">
      <Samples />
      <div className="row">
        <button
          type="button"
          className="button button-primary"
          disabled={unusable}
          onClick={() => void start()}
        >
          {words.train}
        </button>
        <span className="small muted">{words.orElse}</span>
      </div>
    </div>
  );
}

function Samples() {
  const gallery = useApp((state) => state.dataset.gallery);
  const names = useApp((state) => state.dataset.loaded?.summary.classNames);
  // Space is reserved only where images are being loaded.
  const isComing = useApp(
    ({ engine, dataset }) =>
      engine.status === "starting" ||
      dataset.loading !== undefined ||
      (dataset.loaded && dataset.gallery.length === 0),
  );
  const samples = gallery.filter(({ label }, at) => gallery.findIndex((one) => one.label === label) === at);
  return (
    <ul className="welcome-samples" aria-label={texts().welcome.samples}>
      {Array.from({ length: SHOWN }, (_, at) => {
        const sample = samples[at];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: slots, filled or not.
          <li key={at} data-empty={!sample && !isComing}>
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
