import { schemeMethods } from "../../protocol/experiment";
import { armColor } from "../../series/arm-colors";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { refusalText } from "../controls/refusal";
import { SelectField } from "../controls/select-field";
import { MethodCard } from "../schemes/method-card";
import { networksForm, optimizerForm } from "./forms";
import { OwnViewsGroup } from "./own-views-group";
import { SchemeFields, SettingField, SettingFields } from "./setting-field";
import { SettingsGroup } from "./settings-group";
import { StartGroup } from "./start-group";
import { TeacherModel } from "./teacher-model";

/** The arm being edited, as its index in the experiment. */
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
      <TeacherModel key={`model ${index}`} index={index} />
      <StartGroup key={`start ${index}`} index={index} />
      <OptimizerGroup key={`optimizer ${index}`} index={index} />
      <OwnViewsGroup key={`views ${index}`} index={index} />
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
  const arm = useApp((state) => state.experiment.arms[index]);
  const slot = useApp((state) => state.armSlots[index] ?? 0);
  const { changeMethod } = useActions();
  const methodOptions = schemeMethods.map((value) => ({ value, label: texts().methods[value].name }));
  if (!arm) return null;
  return (
    <SettingsGroup title={texts().settings.scheme}>
      <SettingField path={["arms", index, "name"]} />
      <SelectField
        path={["arms", index, "scheme", "method"]}
        text={texts().choices.method}
        options={methodOptions}
        onChoose={(method) => refusalText(changeMethod(index, method))}
      />
      <MethodCard arm={arm} slot={slot} />
      <SchemeFields arm={index} scheme={arm.scheme} />
    </SettingsGroup>
  );
}

function NetworksGroup({ index }: { index: number }) {
  return (
    <SettingsGroup title={texts().settings.networks}>
      <SettingFields paths={networksForm(index)} />
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

function OptimizerGroup({ index }: { index: number }) {
  const several = useApp((state) => state.experiment.arms.length > 1);
  const { copyToAllArms } = useActions();
  return (
    <SettingsGroup title={texts().settings.optimizer}>
      <SettingFields paths={optimizerForm(index)} />
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
