import { networkNames, schemeMethods } from "../../protocol/experiment";
import { teacherTiming } from "../../protocol/methods";
import { optimiserKnobs, scheduleKnobs } from "../../protocol/optimiser-knobs";
import { transferKnobs } from "../../protocol/start-knobs";
import { armColor } from "../../series/arm-colors";
import { significantDigits } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { NumberField } from "../controls/number-field";
import { refusalText } from "../controls/refusal";
import { SelectField } from "../controls/select-field";
import { TextField } from "../controls/text-field";
import { fieldText } from "../field-texts";
import { KnobField, KnobFields } from "../schemes/knob-fields";
import { MethodCard } from "../schemes/method-card";
import { SettingsGroup } from "./settings-group";
import { StartGroup } from "./start-group";

const networkOptions = networkNames.map((value) => ({ value, label: value }));
const widths = [1, 2, 3, 4, 5, 6, 7, 8].map((eighths) => eighths / 8);

/** The arm whose settings are shown, as its place in the experiment. */
function useEditedArm(): number {
  return useApp(({ view, armSlots }) => Math.max(0, armSlots.indexOf(view.editedSlot ?? armSlots[0] ?? 0)));
}

export function ArmTab() {
  const index = useEditedArm();
  return (
    <>
      <ArmChoice index={index} />
      <SchemeGroup key={`scheme ${index}`} index={index} />
      <NetworksGroup key={`networks ${index}`} index={index} />
      <StartGroup key={`start ${index}`} index={index} />
      <OptimiserGroup key={`optimiser ${index}`} index={index} />
    </>
  );
}

function ArmChoice({ index }: { index: number }) {
  const arms = useApp((state) => state.experiment.arms);
  const slots = useApp((state) => state.armSlots);
  const { setView } = useActions();
  return (
    <fieldset className="arm-choice">
      <legend className="visually-hidden">{texts().settings.armToChange}</legend>
      {arms.map(({ name }, at) => {
        const slot = slots[at] ?? 0;
        return (
          <button
            key={slot}
            type="button"
            className="arm-chip"
            aria-pressed={at === index}
            style={{ "--arm": armColor(slot) }}
            onClick={() => setView({ editedSlot: slot })}
          >
            {name}
          </button>
        );
      })}
    </fieldset>
  );
}

function SchemeGroup({ index }: { index: number }) {
  const scheme = useApp((state) => state.experiment.arms[index]?.scheme);
  const { changeMethod } = useActions();
  const methodOptions = schemeMethods.map((value) => ({ value, label: texts().methods[value].name }));
  if (!scheme) return null;
  return (
    <SettingsGroup title={texts().settings.scheme}>
      <TextField path={["arms", index, "name"]} text={fieldText("armName")} />
      <SelectField
        path={["arms", index, "scheme", "method"]}
        text={fieldText("method")}
        options={methodOptions}
        onChoose={(method) => refusalText(changeMethod(index, method))}
      />
      <MethodCard scheme={scheme} />
      <KnobFields arm={index} scheme={scheme} />
    </SettingsGroup>
  );
}

function useTeacherTiming(index: number): ReturnType<typeof teacherTiming> {
  return useApp(({ experiment }) => {
    const scheme = experiment.arms[index]?.scheme;
    return scheme ? teacherTiming(scheme) : "none";
  });
}

/** Mutual learning has no teacher, but its peers may have a teacher's network. */
function useTeacherNetwork(index: number): boolean {
  const timing = useTeacherTiming(index);
  const ofPeers = useApp(({ experiment }) => {
    const scheme = experiment.arms[index]?.scheme;
    return scheme?.method === "dml" && scheme.peers === "teacher";
  });
  return timing !== "none" || ofPeers;
}

function NetworksGroup({ index }: { index: number }) {
  const hasTeacher = useTeacherNetwork(index);
  const widthOptions = widths.map((value) => ({ value, label: `× ${significantDigits(value, 4)}` }));
  const at = ["arms", index] as const;
  return (
    <SettingsGroup title={texts().settings.networks}>
      <SelectField
        path={[...at, "student", "network"]}
        text={fieldText("studentNetwork")}
        options={networkOptions}
      />
      <SelectField
        path={[...at, "student", "width"]}
        text={fieldText("studentWidth")}
        options={widthOptions}
      />
      {hasTeacher && (
        <>
          <SelectField
            path={[...at, "teacher", "network"]}
            text={fieldText("teacherNetwork")}
            options={networkOptions}
          />
          <SelectField
            path={[...at, "teacher", "width"]}
            text={fieldText("teacherWidth")}
            options={widthOptions}
          />
        </>
      )}
      <Parameters index={index} />
    </SettingsGroup>
  );
}

function Parameters({ index }: { index: number }) {
  const planned = useApp((state) => state.plan?.find(({ arm }) => arm === index)?.parameters);
  const words = texts().settings;
  return (
    <p className="small muted planned">
      {planned ? words.parameters(planned.student, planned.teacher) : words.parametersLater}
    </p>
  );
}

function OptimiserGroup({ index }: { index: number }) {
  const teacher = useTeacherTiming(index);
  const kind = useApp((state) => state.experiment.arms[index]?.optimiser.kind);
  const clip = useApp((state) => state.experiment.arms[index]?.optimiser.clip);
  const teacherDecay = useApp((state) => state.experiment.arms[index]?.optimiser.teacherDecay);
  const several = useApp((state) => state.experiment.arms.length > 1);
  const { copyToAllArms } = useActions();
  const at = ["arms", index] as const;
  const optimiser = [...at, "optimiser"] as const;
  const knobWords = texts().armKnobs;
  return (
    <SettingsGroup title={texts().settings.optimiser}>
      <NumberField path={[...at, "steps"]} text={fieldText("steps")} />
      {teacher === "before" && (
        <NumberField path={[...at, "teacherSteps"]} text={fieldText("teacherSteps")} />
      )}
      <KnobField path={[...optimiser, "kind"]} knob={optimiserKnobs.kind} words={knobWords.kind} />
      {kind === "lars" && (
        <KnobField
          path={[...optimiser, "larsRule"]}
          knob={optimiserKnobs.larsRule}
          words={knobWords.larsRule}
        />
      )}
      {kind === "sgd" && (
        <KnobField
          path={[...optimiser, "nesterov"]}
          knob={optimiserKnobs.nesterov}
          words={knobWords.nesterov}
        />
      )}
      <NumberField path={[...optimiser, "learningRate"]} text={fieldText("learningRate")} />
      {teacher !== "none" && (
        <NumberField path={[...optimiser, "teacherLearningRate"]} text={fieldText("teacherLearningRate")} />
      )}
      <NumberField path={[...optimiser, "momentum"]} text={fieldText("momentum")} />
      <NumberField path={[...optimiser, "weightDecay"]} text={fieldText("weightDecay")} />
      {teacher !== "none" && (
        <KnobField
          path={[...optimiser, "teacherDecay"]}
          knob={transferKnobs.teacherDecay}
          words={knobWords.teacherDecay}
        />
      )}
      {teacher !== "none" && teacherDecay === "own" && (
        <KnobField
          path={[...optimiser, "teacherWeightDecay"]}
          knob={transferKnobs.teacherWeightDecay}
          words={knobWords.teacherWeightDecay}
        />
      )}
      {kind !== "lars" && (
        <KnobField path={[...optimiser, "decayed"]} knob={optimiserKnobs.decayed} words={knobWords.decayed} />
      )}
      <KnobField path={[...optimiser, "clip"]} knob={optimiserKnobs.clip} words={knobWords.clip} />
      {clip !== "none" && (
        <KnobField
          path={[...optimiser, "clipNorm"]}
          knob={optimiserKnobs.clipNorm}
          words={knobWords.clipNorm}
        />
      )}
      <KnobField path={[...at, "schedule"]} knob={scheduleKnobs.schedule} words={knobWords.schedule} />
      <NumberField path={[...at, "warmup"]} text={fieldText("warmup")} />
      <NumberField path={[...at, "tau0"]} text={fieldText("tau0")} />
      {several && (
        <button
          type="button"
          className="button button-small"
          title={texts().settings.copyToAllHint}
          onClick={() => copyToAllArms(index)}
        >
          {texts().settings.copyToAll}
        </button>
      )}
    </SettingsGroup>
  );
}
