import { useEffect, useId, useRef, useState } from "react";
import type { Guide, GuideStep, Prediction } from "../../protocol/guides/guide";
import { optionsOf } from "../../protocol/guides/guide";
import { parseExperiment } from "../../protocol/problems";
import { armCalled, changeOf } from "../../series/guide-answers";
import { armSettingLabel, armValueText } from "../../series/setting-words";
import { texts } from "../../texts/texts";
import { Results } from "./guide-results";
import { labelOfArm } from "./guide-texts";
import { forgotten, type GuideProgress, predictionOf, withPrediction } from "./progress";

interface GuideStepProps {
  readonly guide: Guide;
  readonly progress: GuideProgress;
  readonly change: (changes: Partial<GuideProgress>) => void;
  /** Back to the list. */
  readonly leave: () => void;
  readonly close: () => void;
}

/** One step: what changes, the prediction, and once that is given, the result. */
export function GuideStepView({ guide, progress, change, leave, close }: GuideStepProps) {
  const { id, steps } = guide;
  const at = Math.min(progress.steps[id] ?? 0, steps.length - 1);
  const step = steps[at];
  const heading = useRef<HTMLHeadingElement>(null);
  const words = texts().guides;
  // The buttons below change with the step: the focus goes to what is new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each step.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [at]);
  if (!step) return null;
  const go = (to: number) => change({ steps: { ...progress.steps, [id]: to } });
  const prediction = predictionOf(progress, id, step);
  return (
    <section className="guide">
      <h3 ref={heading} tabIndex={-1}>
        {words.place(at + 1, steps.length)}
      </h3>
      <Change guide={guide} step={step} />
      <p>{step.asks}</p>
      <PredictionForm
        key={step.id}
        step={step}
        given={prediction}
        onShow={(chosen) => change(withPrediction(progress, id, step, chosen))}
      />
      {prediction && <Results guide={guide} step={step} prediction={prediction} close={close} />}
      <div className="row guide-ways">
        {at + 1 < steps.length && (
          <button
            type="button"
            className={prediction ? "button button-primary" : "button"}
            onClick={() => go(at + 1)}
          >
            {words.next}
          </button>
        )}
        {at > 0 && (
          <button type="button" className="button" onClick={() => go(at - 1)}>
            {words.previous}
          </button>
        )}
        <button type="button" className="button" onClick={leave}>
          {words.back}
        </button>
        {prediction && (
          <button type="button" className="button" onClick={() => change(forgotten(progress, id))}>
            {words.forget}
          </button>
        )}
      </div>
    </section>
  );
}

/** The setting and its two values, beside the arms that have them. */
function Change({ guide, step }: { guide: Guide; step: GuideStep }) {
  const parsed = parseExperiment(guide.experiment);
  if (!parsed.ok) return null;
  const arms = [armCalled(parsed.experiment, step.from), armCalled(parsed.experiment, step.to)];
  return (
    <dl className="guide-change">
      {changeOf(parsed.experiment, step).map(({ setting, recorded, here }) => {
        const inArm = setting.replace(/^arms\.0\./, "");
        return (
          <div key={setting}>
            <dt>
              {texts().guides.changes}: {armSettingLabel(inArm, arms)}
            </dt>
            <dd>
              {armValueText(inArm, recorded, arms)}{" "}
              <span className="muted">({labelOfArm(guide, step.from)})</span>
              <span aria-hidden="true"> → </span>
              <strong>{armValueText(inArm, here, arms)}</strong>{" "}
              <span className="muted">({labelOfArm(guide, step.to)})</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

interface PredictionFormProps {
  readonly step: GuideStep;
  readonly given: Prediction | undefined;
  readonly onShow: (prediction: Prediction) => void;
}

/** The result is shown only after a prediction, which then stays as it is. */
function PredictionForm({ step, given, onShow }: PredictionFormProps) {
  const [chosen, setChosen] = useState(given);
  const name = useId();
  const words = texts().guides;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onShow(chosen);
      }}
    >
      <fieldset className="guide-prediction" disabled={given !== undefined}>
        <legend>{words.predict}</legend>
        {optionsOf(step.question).map((option) => (
          <label key={option} className="row">
            <input
              type="radio"
              name={name}
              value={option}
              checked={(given ?? chosen) === option}
              onChange={() => setChosen(option)}
            />
            {words.predictions[option]}
          </label>
        ))}
      </fieldset>
      {given === undefined && (
        <button type="submit" className="button button-primary" disabled={chosen === undefined}>
          {words.show}
        </button>
      )}
    </form>
  );
}
