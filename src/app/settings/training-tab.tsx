import { NumberField } from "../controls/number-field";
import { TextField } from "../controls/text-field";
import { fieldTexts } from "../field-texts";
import { SettingsGroup } from "./settings-group";

/** What all arms share. */
export function TrainingTab() {
  return (
    <>
      <SettingsGroup title="All arms">
        <TextField path={["seeds"]} text={fieldTexts.seeds} read={readSeeds} write={writeSeeds} numeric />
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
const readSeeds = (input: string) =>
  input
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);
const writeSeeds = (seeds: unknown) => (Array.isArray(seeds) ? seeds.join(", ") : "");
