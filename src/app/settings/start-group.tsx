import { methodOf, teacherOf } from "../../protocol/schemes";
import { startKnobs, transferKnobs } from "../../protocol/start-knobs";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { SelectField } from "../controls/select-field";
import { KnobField } from "../schemes/knob-fields";
import { SettingsGroup } from "./settings-group";
import { WeightsFile } from "./weights-file";

/** What the student starts from, and what follows its own stage. */
export function StartGroup({ index }: { index: number }) {
  const arm = useApp((state) => state.experiment.arms[index]);
  if (!arm) return null;
  const { from, file } = arm.start;
  const at = ["arms", index] as const;
  const start = [...at, "start"] as const;
  const isPretrained = from !== "scratch" && from !== "file";
  const words = { ...texts().startKnobs, ...texts().armKnobs };
  const { options } = startKnobs.from;
  const offered = options.filter((option) => option !== "file" || file !== undefined);
  return (
    <SettingsGroup title={texts().settings.start}>
      <SelectField
        path={[...start, "from"]}
        text={words.from}
        options={offered.map((value) => ({ value, label: words.from.optionLabels[value] }))}
      />
      <WeightsFile index={index} network="student" />
      {(teacherOf(arm.scheme).when === "before" || arm.start.teacherFile) && (
        <WeightsFile index={index} network="teacher" />
      )}
      {isPretrained && (
        <>
          <KnobField path={[...start, "images"]} knob={startKnobs.images} words={words.images} />
          <KnobField path={[...start, "steps"]} knob={startKnobs.steps} words={words.steps} />
        </>
      )}
      {from !== "scratch" && (
        <KnobField path={[...start, "rateShare"]} knob={startKnobs.rateShare} words={words.rateShare} />
      )}
      {arm.optimiser.kind !== "lars" && (
        <KnobField
          path={[...at, "optimiser", "layerRates"]}
          knob={transferKnobs.layerRates}
          words={words.layerRates}
        />
      )}
      {methodOf(arm.scheme).hasClassifier && (
        <KnobField path={[...at, "fixSteps"]} knob={transferKnobs.fixSteps} words={words.fixSteps} />
      )}
    </SettingsGroup>
  );
}
