import { useId } from "react";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { ViewFields } from "../views/view-fields";
import { SettingsGroup } from "./settings-group";

/** An arm's own views in place of the experiment's, which are their initial values. */
export function OwnViewsGroup({ index }: { index: number }) {
  const id = useId();
  const own = useApp((state) => state.experiment.arms[index]?.views);
  const shared = useApp((state) => state.experiment.views);
  const { set } = useActions();
  const path = ["arms", index, "views"];
  const words = texts().settings.ownViews;
  return (
    <SettingsGroup title={words.title} lead={words.lead}>
      <div className="row">
        <input
          id={id}
          type="checkbox"
          checked={own !== undefined}
          onChange={({ target }) => set(path, target.checked ? shared : undefined)}
        />
        <label htmlFor={id}>{words.toggle}</label>
      </div>
      {own && <ViewFields path={path} views={own} />}
    </SettingsGroup>
  );
}
