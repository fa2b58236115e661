import * as tf from "@tensorflow/tfjs-core";
import type { Scheme, ViewRecipe } from "../../../protocol/experiment";
import { functionMatchingLoss, mixup } from "../../methods/funmatch";
import type { RenderRecipe } from "../../views/parameters";
import { renderViews } from "../../views/render-views";
import { fixedCrops, windowShare } from "../teacher-windows";
import type { Imitation, Shown } from "./imitation";
import type { TaskContext } from "./task";

type FunctionMatching = Extract<Scheme, { readonly method: "funmatch" }>;

/** Crop and flip of a recipe without its colours: the article distorts no further. */
const cropAndFlip = (recipe: ViewRecipe): ViewRecipe => ({
  ...recipe,
  jitterProbability: 0,
  grayscaleProbability: 0,
  blurProbability: 0,
  solarizeProbability: 0,
});

/** Crops of one size and shape. */
const squareCrop = (recipe: ViewRecipe): RenderRecipe => ({
  ...recipe,
  crop: "square",
  scale: { min: windowShare ** 2, max: windowShare ** 2 },
});

/** @param teacherSide pixels per side of what the teacher sees */
export function functionMatchingImitation(scheme: FunctionMatching, teacherSide: number): Imitation {
  return {
    terms: [],
    show: (context) => show(scheme, teacherSide, context),
    loss: (student, teachers) => ({
      total: functionMatchingLoss(student, teachers, scheme.temperature),
      terms: [],
    }),
  };
}

/** What each network is shown, as the table of METHODS §1.10 has it. */
function show({ input, mixup: mixing }: FunctionMatching, teacherSide: number, context: TaskContext): Shown {
  const { images, views, inputs } = context;
  const render = (recipes: readonly RenderRecipe[], side: number) =>
    renderViews(images, recipes, inputs.batch, inputs.clock, side);
  const crop = cropAndFlip(views.first);
  const { size } = images.set;
  const bothSee = (recipe: RenderRecipe): Shown => {
    const student = render([recipe], size);
    return { student, teacher: [teacherSide === size ? student : render([recipe], teacherSide)] };
  };
  switch (input) {
    case "fixedResize":
    case "fixedCentre":
    case "fixedMultiCrop": {
      const still: ViewRecipe = { ...crop, flipProbability: 0 };
      const looks = fixedCrops(input, size).map((place) => render([{ ...still, crop: place }], teacherSide));
      return { student: render([crop], size), teacher: looks };
    }
    case "independent": {
      const [batch] = inputs.batch.shape;
      const second = tf.slice(render([crop, crop], teacherSide), [batch, 0, 0, 0], [batch, -1, -1, -1]);
      return { student: render([crop], size), teacher: [second] };
    }
    case "consistentRandom":
      return bothSee(squareCrop(crop));
    case "consistentInception":
      return bothSee(crop);
    case "functionMatching": {
      const { student, teacher } = bothSee(crop);
      const mixed = mixup(student, inputs.scalar("mixup"));
      if (mixing === "shared" && teacherSide === size) return { student: mixed, teacher: [mixed] };
      const weight = inputs.scalar(mixing === "shared" ? "mixup" : "ownMixup");
      return { student: mixed, teacher: teacher.map((seen) => mixup(seen, weight)) };
    }
    default:
      return input satisfies never;
  }
}
