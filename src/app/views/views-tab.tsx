import { useApp } from "../app-context";
import { RecipePresets } from "./recipe-presets";
import { ViewFields } from "./view-fields";
import { ViewsPreview } from "./views-preview";

/** The recipes of an image's two views, with some rendered images. */
export function ViewsTab() {
  const views = useApp((state) => state.experiment.views);
  return (
    <>
      <ViewsPreview />
      <RecipePresets />
      <ViewFields path={["views"]} views={views} />
    </>
  );
}
