import { useEffect, useMemo, useRef, useState } from "react";
import { DifferencesChart } from "../../charts/differences/DifferencesChart";
import type { Guide, GuideStep, Prediction } from "../../protocol/guides/guide";
import { parseExperiment } from "../../protocol/problems";
import { armCalled, guideAnswers, type StepAnswer } from "../../series/guide-answers";
import { changedSettings } from "../../store/experiment/changed-settings";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine } from "../app-context";
import { useRunInTurns } from "../run-in-turns";
import { recordOf } from "./guide-records";
import { armsOf, labelOfArm } from "./guide-texts";

interface ResultsProps {
  readonly guide: Guide;
  readonly step: GuideStep;
  readonly prediction: Prediction;
  readonly close: () => void;
}

/** What was recorded, what was trained here, and the way to train it. */
export function Results({ guide, step, prediction, close }: ResultsProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={box} className="guide-results" tabIndex={-1}>
      <Recorded {...{ guide, step, prediction }} />
      <p className="muted">{step.because}</p>
      <OwnResult {...{ guide, step, prediction }} />
      <TrainButton {...{ guide, step, close }} />
    </div>
  );
}

type Reading =
  | { readonly kind: "reading" | "missing" }
  | { readonly kind: "read"; readonly run: RunState }
  | { readonly kind: "unreadable"; readonly why: string };

function useRecord(guide: string): Reading {
  const [reading, setReading] = useState<Reading>({ kind: "reading" });
  useEffect(() => {
    let isWanted = true;
    const show = (next: Reading) => isWanted && setReading(next);
    setReading({ kind: "reading" });
    recordOf(guide).then(
      (run) => show(run ? { kind: "read", run } : { kind: "missing" }),
      (error: unknown) => show({ kind: "unreadable", why: error instanceof Error ? error.message : "" }),
    );
    return () => {
      isWanted = false;
    };
  }, [guide]);
  return reading;
}

function Recorded({ guide, step, prediction }: Omit<ResultsProps, "close">) {
  const reading = useRecord(guide.id);
  const words = texts().guides;
  const run = reading.kind === "read" ? reading.run : undefined;
  const answer = useMemo(
    () => run && guideAnswers(run, guide.steps, armsOf(guide)).get(step.id),
    [run, guide, step],
  );
  return (
    <section>
      <h4>{words.recorded}</h4>
      <div role="status">
        {reading.kind === "reading" && <p className="muted">{words.reading}</p>}
        {reading.kind === "unreadable" && <p>{words.unreadable(reading.why)}</p>}
        {(reading.kind === "missing" || (run && !answer)) && <p>{words.notRecorded}</p>}
        {answer && <Answer {...{ answer, step, prediction }} />}
      </div>
      {answer && <Picture {...{ answer, step }} />}
      {run?.reopened && <Origin run={run} />}
    </section>
  );
}

/** Where and when it was trained: the answer is that of the record. */
function Origin({ run: { reopened } }: { run: RunState }) {
  if (!reopened) return null;
  const when = new Date(reopened.startedAt).toLocaleDateString(texts().locale, { dateStyle: "long" });
  return <p className="small muted">{texts().guides.origin(when, reopened.device ?? "")}</p>;
}

function Answer({
  answer,
  step,
  prediction,
}: { answer: StepAnswer } & Pick<ResultsProps, "step" | "prediction">) {
  const words = texts().guides;
  const own = words.predictions[prediction];
  const { right } = answer;
  return (
    <>
      <p>
        <strong data-outcome={right === undefined ? "open" : right === prediction ? "right" : "other"}>
          {right === undefined
            ? words.cannotTell(own)
            : right === prediction
              ? words.asPredicted
              : words.otherwise(own)}
        </strong>
      </p>
      <p key={step.id}>{answer.sentence}</p>
    </>
  );
}

/** Each seed's difference, their mean, and its interval. */
function Picture({ answer: { before, after }, step }: { answer: StepAnswer; step: GuideStep }) {
  const { question } = step;
  const compared = question.kind === "difference" ? question.measure : "finalClassifier";
  return <DifferencesChart rows={[before, after]} baseline={before} compared={compared} />;
}

/** Both arms of a step, as they are trained here. */
function experimentOf(guide: Guide, { from, to }: GuideStep) {
  const parsed = parseExperiment(guide.experiment);
  if (!parsed.ok) return undefined;
  const { experiment } = parsed;
  const arms = [from, to].map((name) => ({ ...armCalled(experiment, name), name: labelOfArm(guide, name) }));
  return { ...experiment, arms };
}

/** Shown once the page has trained just this step. */
function OwnResult({ guide, step, prediction }: Omit<ResultsProps, "close">) {
  const run = useRunInTurns();
  const answer = useMemo(() => {
    const wanted = experimentOf(guide, step);
    const isThis = wanted && run.experiment && changedSettings(wanted, run.experiment).length === 0;
    if (!isThis || run.status !== "finished") return undefined;
    const arms = [step.from, step.to].map((name) => ({ name, label: labelOfArm(guide, name) }));
    return guideAnswers(run, [step], arms).get(step.id);
  }, [run, guide, step]);
  if (!answer) return null;
  return (
    <section>
      <h4>{texts().guides.own}</h4>
      <Answer {...{ answer, step, prediction }} />
    </section>
  );
}

function TrainButton({ guide, step, close }: Pick<ResultsProps, "guide" | "step" | "close">) {
  const { choosePreset } = useActions();
  const { start } = useEngine();
  const unusable = useApp((state) => state.engine.status === "failed");
  const words = texts().guides;
  const train = () => {
    const experiment = experimentOf(guide, step);
    if (!experiment) return;
    choosePreset({ id: guide.id, experiment });
    close();
    void start();
  };
  return (
    <button type="button" className="button" title={words.trainHint} disabled={unusable} onClick={train}>
      {words.train}
    </button>
  );
}
