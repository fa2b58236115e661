import { Tabs } from "radix-ui";
import type { SettingsTab } from "../../store/view-settings";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { DatasetSettingsTab } from "../data/dataset-settings-tab";
import { ViewsTab } from "../views/views-tab";
import { ArmTab } from "./arm-tab";
import { TrainingTab } from "./training-tab";

const tabs = [
  { value: "arm", Content: ArmTab },
  { value: "images", Content: DatasetSettingsTab },
  { value: "views", Content: ViewsTab },
  { value: "training", Content: TrainingTab },
] as const;

/** All settings of the experiment, inside the page's column for them. */
export function SettingsPanel() {
  const tab = useApp((state) => state.view.settingsTab);
  const { setView } = useActions();
  const words = texts().settings;
  return (
    <Tabs.Root value={tab} onValueChange={(value) => setView({ settingsTab: value as SettingsTab })}>
      <Tabs.List className="tabs-list" aria-label={words.title}>
        {tabs.map(({ value }) => (
          <Tabs.Trigger key={value} value={value}>
            {words.tabs[value]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <EditedMeanwhile />
      {tabs.map(({ value, Content }) => (
        <Tabs.Content key={value} value={value} className="stack">
          <Content />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

/** Edits never affect the training in progress. */
function EditedMeanwhile() {
  const edited = useApp(
    ({ run, experiment }) =>
      run.experiment !== undefined && run.experiment !== experiment && run.status !== "idle",
  );
  if (!edited) return null;
  return (
    <p className="hint" role="note">
      {texts().settings.editedMeanwhile}
    </p>
  );
}
