import { texts } from "../../texts/texts";
import { evaluationForm, sharedForm } from "./forms";
import { SettingFields } from "./setting-field";
import { SettingsGroup } from "./settings-group";

/** Settings shared by all arms. */
export function TrainingTab() {
  const words = texts().settings;
  return (
    <>
      <SettingsGroup title={words.allArms}>
        <SettingFields paths={sharedForm} />
      </SettingsGroup>
      <SettingsGroup title={words.evaluation} lead={words.evaluationLead}>
        <SettingFields paths={evaluationForm} />
      </SettingsGroup>
    </>
  );
}
