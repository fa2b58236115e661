import { useState } from "react";
import { useActions, useApp } from "../app-context";
import { Field } from "../controls/field";
import { NumberField } from "../controls/number-field";
import { fieldTexts } from "../field-texts";
import { SettingsGroup } from "./settings-group";

/** What all arms share. */
export function TrainingTab() {
  return (
    <>
      <SettingsGroup title="All arms">
        <SeedsField />
        <NumberField path={["batchSize"]} text={fieldTexts.batchSize} />
      </SettingsGroup>
      <SettingsGroup title="Evaluation" lead="On images that no network has learnt from.">
        <NumberField path={["evaluation", "everySteps"]} text={fieldTexts.everySteps} />
        <NumberField path={["evaluation", "knnNeighbours"]} text={fieldTexts.knnNeighbours} />
        <NumberField path={["evaluation", "knnTemperature"]} text={fieldTexts.knnTemperature} />
      </SettingsGroup>
    </>
  );
}

/** "1, 2, 3": numbers apart by commas or spaces. */
function SeedsField() {
  const seeds = useApp((state) => state.experiment.seeds);
  const { set } = useActions();
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<string>();

  function take(input: string): void {
    setDraft(input);
    const numbers = input
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
    const found = set(["seeds"], numbers);
    setProblem(found && `This cannot be used here: ${found.allowed}.`);
  }

  function leave(): void {
    setDraft(undefined);
    setProblem(undefined);
  }

  return (
    <Field text={fieldTexts.seeds} problem={problem}>
      {({ control, description }) => (
        <input
          id={control}
          className="input"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          value={draft ?? seeds.join(", ")}
          aria-describedby={description}
          aria-invalid={problem !== undefined}
          onChange={(event) => take(event.target.value)}
          onBlur={leave}
        />
      )}
    </Field>
  );
}
