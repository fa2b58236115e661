import { networkNames, schemeMethods } from "../../protocol/experiment";
import { methods } from "../../protocol/methods";
import { optimiserKnobs, scheduleKnobs } from "../../protocol/optimiser-knobs";
import { useActions, useApp } from "../app-context";
import { armColor } from "../arm-colors";
import { NumberField } from "../controls/number-field";
import { refusalText } from "../controls/refusal";
import { SelectField } from "../controls/select-field";
import { TextField } from "../controls/text-field";
import { fieldTexts } from "../field-texts";
import { KnobField, KnobFields } from "../schemes/knob-fields";
import { MethodCard } from "../schemes/method-card";
import { SettingsGroup } from "./settings-group";

const methodOptions = schemeMethods.map((value) => ({ value, label: methods[value].name }));
const networkOptions = networkNames.map((value) => ({ value, label: value }));
const widthOptions = [1, 2, 3, 4, 5, 6, 7, 8].map((eighths) => ({
  value: eighths / 8,
  label: `× ${eighths / 8}`,
}));

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
      <legend className="visually-hidden">Arm to change</legend>
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
  if (!scheme) return null;
  return (
    <SettingsGroup title="Scheme">
      <TextField path={["arms", index, "name"]} text={fieldTexts.armName} />
      <SelectField
        path={["arms", index, "scheme", "method"]}
        text={fieldTexts.method}
        options={methodOptions}
        onChoose={(method) => refusalText(changeMethod(index, method))}
      />
      <MethodCard scheme={scheme} />
      <KnobFields arm={index} scheme={scheme} />
    </SettingsGroup>
  );
}

/** Whether the arm has a teacher, and one that is trained before the student. */
function useTeacher(index: number): "none" | "before" | "alongside" {
  return useApp(({ experiment }) => {
    const method = experiment.arms[index]?.scheme.method ?? "byol";
    const [first] = methods[method].stages;
    if (first === "teacher") return "before";
    return first === "joint" ? "alongside" : "none";
  });
}

function NetworksGroup({ index }: { index: number }) {
  const teacher = useTeacher(index);
  const at = ["arms", index] as const;
  return (
    <SettingsGroup title="Networks">
      <SelectField
        path={[...at, "student", "network"]}
        text={fieldTexts.studentNetwork}
        options={networkOptions}
      />
      <SelectField path={[...at, "student", "width"]} text={fieldTexts.studentWidth} options={widthOptions} />
      {teacher !== "none" && (
        <>
          <SelectField
            path={[...at, "teacher", "network"]}
            text={fieldTexts.teacherNetwork}
            options={networkOptions}
          />
          <SelectField
            path={[...at, "teacher", "width"]}
            text={fieldTexts.teacherWidth}
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
  const number = (value: number) => value.toLocaleString("en");
  return (
    <p className="small muted planned">
      {planned
        ? `Parameters with heads: student ${number(planned.student)}${planned.teacher ? `, teacher ${number(planned.teacher)}` : ""}`
        : "Parameters are counted when the engine is ready."}
    </p>
  );
}

function OptimiserGroup({ index }: { index: number }) {
  const teacher = useTeacher(index);
  const kind = useApp((state) => state.experiment.arms[index]?.optimiser.kind);
  const clip = useApp((state) => state.experiment.arms[index]?.optimiser.clip);
  const several = useApp((state) => state.experiment.arms.length > 1);
  const { copyToAllArms } = useActions();
  const at = ["arms", index] as const;
  const optimiser = [...at, "optimiser"] as const;
  return (
    <SettingsGroup title="Optimiser and schedule">
      <NumberField path={[...at, "steps"]} text={fieldTexts.steps} />
      {teacher === "before" && <NumberField path={[...at, "teacherSteps"]} text={fieldTexts.teacherSteps} />}
      <KnobField path={[...optimiser, "kind"]} knob={optimiserKnobs.kind} />
      {kind === "lars" && <KnobField path={[...optimiser, "larsRule"]} knob={optimiserKnobs.larsRule} />}
      {kind === "sgd" && <KnobField path={[...optimiser, "nesterov"]} knob={optimiserKnobs.nesterov} />}
      <NumberField path={[...optimiser, "learningRate"]} text={fieldTexts.learningRate} />
      {teacher !== "none" && (
        <NumberField path={[...optimiser, "teacherLearningRate"]} text={fieldTexts.teacherLearningRate} />
      )}
      <NumberField path={[...optimiser, "momentum"]} text={fieldTexts.momentum} />
      <NumberField path={[...optimiser, "weightDecay"]} text={fieldTexts.weightDecay} />
      {kind !== "lars" && <KnobField path={[...optimiser, "decayed"]} knob={optimiserKnobs.decayed} />}
      <KnobField path={[...optimiser, "clip"]} knob={optimiserKnobs.clip} />
      {clip !== "none" && <KnobField path={[...optimiser, "clipNorm"]} knob={optimiserKnobs.clipNorm} />}
      <KnobField path={[...at, "schedule"]} knob={scheduleKnobs.schedule} />
      <NumberField path={[...at, "warmup"]} text={fieldTexts.warmup} />
      <NumberField path={[...at, "tau0"]} text={fieldTexts.tau0} />
      {several && (
        <button
          type="button"
          className="button button-small"
          title="The same networks, steps and optimiser everywhere, so that only the schemes differ"
          onClick={() => copyToAllArms(index)}
        >
          Use these networks and rates for all arms
        </button>
      )}
    </SettingsGroup>
  );
}
