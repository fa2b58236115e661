import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";

/** The controls; buttons keep their places when the status changes. */
export function RunControls() {
  const status = useApp((state) => state.run.status);
  const unusable = useApp((state) => state.engine.status === "failed");
  const engine = useEngine();
  const words = texts().run;
  const paused = status === "paused";
  const busy = status === "starting" || status === "training" || paused;
  const ended = status === "finished" || status === "stopped" || status === "failed";
  return (
    <fieldset className="run-controls">
      <legend className="visually-hidden">{words.controls}</legend>
      {!busy && (
        <button
          type="button"
          className="button button-primary"
          disabled={unusable}
          onClick={() => void engine.start()}
        >
          {ended ? words.restart : words.start}
        </button>
      )}
      {busy && !paused && (
        <button
          type="button"
          className="button button-primary"
          disabled={status === "starting"}
          onClick={() => void engine.pause()}
        >
          {words.pause}
        </button>
      )}
      {paused && (
        <button type="button" className="button button-primary" onClick={() => void engine.resume()}>
          {words.resume}
        </button>
      )}
      <button
        type="button"
        className="button only-with-controls"
        disabled={!paused}
        title={words.stepHint}
        onClick={() => void engine.step()}
      >
        {words.step}
      </button>
      <button type="button" className="button" disabled={!busy} onClick={() => void engine.stop()}>
        {words.stop}
      </button>
      {busy && (
        <button
          type="button"
          className="button"
          disabled={status === "starting"}
          title={words.restartHint}
          onClick={() => void engine.restart()}
        >
          {words.restart}
        </button>
      )}
    </fieldset>
  );
}
