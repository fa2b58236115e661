import { useActions, useApp } from "../app-context";
import { Segmented } from "../controls/segmented";
import { recipes } from "./recipes";

const options = recipes.map(({ name, says }) => ({ value: name, label: name, title: says }));

/** Both views at once, by a published recipe. */
export function RecipePresets() {
  const current = useApp(({ experiment }) => JSON.stringify(experiment.views));
  const { set } = useActions();
  const chosen = recipes.find(({ views }) => JSON.stringify(views) === current);
  return (
    <div className="stack-tight">
      <Segmented
        label="Recipe"
        value={chosen?.name}
        options={options}
        onChange={(name) => set(["views"], recipes.find((recipe) => recipe.name === name)?.views)}
      />
      <p className="small muted">{chosen?.says ?? "Your own recipe."}</p>
    </div>
  );
}
