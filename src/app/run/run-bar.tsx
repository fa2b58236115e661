import { formatDuration, significant } from "../../charts/format";
import { ProgressBar } from "../../charts/ProgressBar";
import { runEvents } from "../../series/chart-events";
import { phaseOf } from "../../store/app-store";
import { latestValue } from "../../store/measurements/series";
import { overallProgress, paceOf, remainingMs } from "../../store/progress";
import { fixedDigits, integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { Spoken } from "../controls/spoken";
import { useRunInTurns } from "../run-in-turns";
import { DeviceLine } from "./device-line";
import { RunControls } from "./run-controls";
import { announcement, shownShare, statusSentence } from "./status-sentence";

/** The controls, one sentence on the current status, and the remaining time. */
export function RunBar() {
  const sentence = useApp(statusSentence);
  const spoken = useApp(announcement);
  const status = useApp((state) => state.run.status);
  return (
    <section className="run-bar" aria-label={texts().run.region} data-status={status}>
      <RunControls />
      <div className="run-now">
        <p className="run-sentence" title={sentence}>
          {sentence}
        </p>
        <DeviceLine />
      </div>
      <Figures />
      <SettingsToggle />
      <Spoken text={spoken} />
      <SpokenEvents />
      <OverallProgress />
    </section>
  );
}

/** The settings step aside when training starts, and can be opened at any time. */
function SettingsToggle() {
  const open = useApp((state) => state.view.settingsOpen[phaseOf(state)]);
  const { toggleSettings } = useActions();
  return (
    <button
      type="button"
      className="button button-toggle settings-toggle only-with-controls"
      aria-expanded={open}
      aria-controls="settings"
      onClick={toggleSettings}
    >
      {texts().settings.title}
    </button>
  );
}

/** Failures are drawn on the curves; this announces them to screen readers. */
function SpokenEvents() {
  const events = runEvents(useRunInTurns(), "step");
  const words = texts().curves;
  return <Spoken text={events.map(({ label, x }) => words.happenedAt(label, integer(x))).join(" ")} />;
}

function OverallProgress() {
  const shown = useApp(shownShare);
  return <ProgressBar label={texts().run.progress} {...(shown !== undefined && { value: shown })} />;
}

const megabytes = (bytes: number) => `${fixedDigits(bytes / 2 ** 20, bytes < 2 ** 24 ? 1 : 0)} MiB`;

function Figures() {
  const progress = useApp((state) => state.run.runs);
  const batchSize = useApp((state) => state.run.experiment?.batchSize ?? 0);
  const pace = paceOf(useApp((state) => state.pace));
  const status = useApp((state) => state.run.status);
  const bytes = useApp((state) =>
    Math.max(0, ...state.run.runs.map(({ series }) => latestValue(series, "gpuBytes") ?? 0)),
  );
  const left = status === "training" ? remainingMs(overallProgress(progress), pace) : undefined;
  const words = texts().run;
  const figures = [
    [words.timeLeft, left === undefined ? "–" : formatDuration(left)],
    [words.stepsPerSecond, pace ? significant(pace.stepsPerSecond, 3) : "–"],
    [words.imagesPerSecond, pace ? significant(Math.round(pace.stepsPerSecond * batchSize), 12) : "–"],
    [words.gpuMemory, bytes > 0 ? megabytes(bytes) : "–"],
  ];
  return (
    <dl className="run-figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
