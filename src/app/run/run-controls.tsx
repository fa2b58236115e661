import { useApp, useEngine } from "../app-context";

/** What can be done now; buttons keep their places while the status changes. */
export function RunControls() {
  const status = useApp((state) => state.run.status);
  const unusable = useApp((state) => state.engine.status === "failed");
  const engine = useEngine();
  const paused = status === "paused";
  const busy = status === "starting" || status === "training" || paused;
  const ended = status === "finished" || status === "stopped" || status === "failed";
  return (
    <fieldset className="run-controls">
      <legend className="visually-hidden">Training controls</legend>
      {!busy && (
        <button
          type="button"
          className="button button-primary"
          disabled={unusable}
          onClick={() => void engine.start()}
        >
          {ended ? "Restart" : "Start"}
        </button>
      )}
      {busy && !paused && (
        <button
          type="button"
          className="button button-primary"
          disabled={status === "starting"}
          onClick={() => void engine.pause()}
        >
          Pause
        </button>
      )}
      {paused && (
        <button type="button" className="button button-primary" onClick={() => void engine.resume()}>
          Resume
        </button>
      )}
      <button
        type="button"
        className="button"
        disabled={!paused}
        title="One step of every run"
        onClick={() => void engine.step()}
      >
        Step
      </button>
      <button type="button" className="button" disabled={!busy} onClick={() => void engine.stop()}>
        Stop
      </button>
      {busy && (
        <button
          type="button"
          className="button"
          disabled={status === "starting"}
          title="From the beginning, with the settings as they are now"
          onClick={() => void engine.restart()}
        >
          Restart
        </button>
      )}
    </fieldset>
  );
}
