import { Tabs } from "radix-ui";
import type { SettingsTab } from "../../store/view-settings";
import { useActions, useApp } from "../app-context";
import { DatasetSettingsTab } from "../data/dataset-settings-tab";
import { ViewsTab } from "../views/views-tab";
import { ArmTab } from "./arm-tab";
import { TrainingTab } from "./training-tab";

const tabs = [
  { value: "arm", label: "Arm", Content: ArmTab },
  { value: "images", label: "Images", Content: DatasetSettingsTab },
  { value: "views", label: "Views", Content: ViewsTab },
  { value: "training", label: "Training", Content: TrainingTab },
] as const;

/** How to change it. */
export function SettingsPanel() {
  const tab = useApp((state) => state.view.settingsTab);
  const { setView } = useActions();
  return (
    <aside className="panel settings-column" aria-label="Settings">
      <Tabs.Root value={tab} onValueChange={(value) => setView({ settingsTab: value as SettingsTab })}>
        <Tabs.List className="tabs-list" aria-label="Settings">
          {tabs.map(({ value, label }) => (
            <Tabs.Trigger key={value} value={value}>
              {label}
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
    </aside>
  );
}

/** Edits never change what is training. */
function EditedMeanwhile() {
  const edited = useApp(
    ({ run, experiment }) =>
      run.experiment !== undefined && run.experiment !== experiment && run.status !== "idle",
  );
  if (!edited) return null;
  return (
    <p className="hint" role="note">
      Changed since the start. Restart trains with the settings as they are now.
    </p>
  );
}
