import { texts } from "../../texts/texts";
import { NumberField } from "../controls/number-field";
import { TextField } from "../controls/text-field";
import { fieldText } from "../field-texts";
import { SettingsGroup } from "./settings-group";

/** What all arms share. */
export function TrainingTab() {
  const words = texts().settings;
  return (
    <>
      <SettingsGroup title={words.allArms}>
        <TextField path={["seeds"]} text={fieldText("seeds")} read={readSeeds} write={writeSeeds} numeric />
        <NumberField path={["batchSize"]} text={fieldText("batchSize")} />
      </SettingsGroup>
      <SettingsGroup title={words.evaluation} lead={words.evaluationLead}>
        <NumberField path={["evaluation", "everySteps"]} text={fieldText("everySteps")} />
        <NumberField path={["evaluation", "knnNeighbours"]} text={fieldText("knnNeighbours")} />
        <NumberField path={["evaluation", "knnTemperature"]} text={fieldText("knnTemperature")} />
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
