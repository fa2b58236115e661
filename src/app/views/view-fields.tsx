import { Tabs } from "radix-ui";
import type { Experiment } from "../../protocol/experiment";
import type { FieldPath } from "../../protocol/field-path";
import { texts } from "../../texts/texts";
import { viewForm } from "../settings/forms";
import { SettingFields } from "../settings/setting-field";

const sides = ["first", "second"] as const;

/** The settings of both views, one at a time. @param path of both: the experiment's, or an arm's */
export function ViewFields({ path, views }: { path: FieldPath; views: Experiment["views"] }) {
  const words = texts().views;
  return (
    <Tabs.Root defaultValue="first">
      <Tabs.List className="tabs-list" aria-label={words.viewToChange}>
        {sides.map((side) => (
          <Tabs.Trigger key={side} value={side}>
            {words.sides[side]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {sides.map((side) => (
        <Tabs.Content key={side} value={side}>
          <SettingFields paths={viewForm(path, side, views[side])} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
