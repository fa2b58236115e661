import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { Segmented } from "../controls/segmented";
import { type RecipePair, recipes } from "./recipes";

/** Sets both views to a published recipe. */
export function RecipePresets() {
  const current = useApp(({ experiment }) => JSON.stringify(experiment.views));
  const { set } = useActions();
  const words = texts().views;
  const names: Partial<Record<RecipePair["id"], string>> = words.recipeNames;
  const options = recipes.map(({ name, id }) => ({
    value: id,
    label: names[id] ?? name,
    title: words.recipes[id],
  }));
  const chosen = recipes.find(({ views }) => JSON.stringify(views) === current);
  return (
    <div className="stack-tight">
      <Segmented
        label={words.recipe}
        value={chosen?.id}
        options={options}
        onChange={(id) => set(["views"], recipes.find((recipe) => recipe.id === id)?.views)}
      />
      <p className="small muted">{chosen ? words.recipes[chosen.id] : words.ownRecipe}</p>
    </div>
  );
}
