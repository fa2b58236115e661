import { teacherOf } from "../../protocol/schemes";
import { startKnobs } from "../../protocol/settings/start";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { SelectField } from "../controls/select-field";
import { startForm } from "./forms";
import { SettingFields } from "./setting-field";
import { SettingsGroup } from "./settings-group";
import { WeightsFile } from "./weights-file";

/** The student's start, and the stages after its own. */
export function StartGroup({ index }: { index: number }) {
  const arm = useApp((state) => state.experiment.arms[index]);
  if (!arm) return null;
  const { file } = arm.start;
  const words = texts().knobs.start;
  const offered = startKnobs.from.options.filter((option) => option !== "file" || file !== undefined);
  return (
    <SettingsGroup title={texts().settings.start}>
      <SelectField
        path={["arms", index, "start", "from"]}
        text={words.from}
        options={offered.map((value) => ({ value, label: words.from.optionLabels[value] }))}
      />
      <WeightsFile index={index} network="student" />
      {(teacherOf(arm.scheme).when === "before" || arm.start.teacherFile) && (
        <WeightsFile index={index} network="teacher" />
      )}
      <SettingFields paths={startForm(index)} />
    </SettingsGroup>
  );
}
