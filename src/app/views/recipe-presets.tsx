import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { Segmented } from "../controls/segmented";
import { recipes } from "./recipes";

/** Sets both views to a published recipe. */
export function RecipePresets() {
  const current = useApp(({ experiment }) => JSON.stringify(experiment.views));
  const { set } = useActions();
  const words = texts().views;
  const options = recipes.map(({ name, id }) => ({ value: name, label: name, title: words.recipes[id] }));
  const chosen = recipes.find(({ views }) => JSON.stringify(views) === current);
  return (
    <div className="stack-tight">
      <Segmented
        label={words.recipe}
        value={chosen?.name}
        options={options}
        onChange={(name) => set(["views"], recipes.find((recipe) => recipe.name === name)?.views)}
      />
      <p className="small muted">{chosen ? words.recipes[chosen.id] : words.ownRecipe}</p>
    </div>
  );
}
