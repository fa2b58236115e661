import * as tf from "@tensorflow/tfjs-core";
import type { ViewRecipe } from "../../../protocol/experiment";
import type { SchemeOf } from "../../../protocol/schemes";
import { functionMatchingLoss, mixup } from "../../methods/funmatch";
import type { RenderRecipe } from "../../views/parameters";
import { renderViews } from "../../views/render-views";
import { fixedCrops, teacherPasses, windowShare } from "../teachers/teacher-windows";
import {
  type AskedOfModel,
  type Imitation,
  ImitationTask,
  imitationCost,
  type Shown,
} from "./parts/imitation";
import { type MethodTraining, usual } from "./parts/method-training";
import type { TaskContext } from "./parts/task";

type FunctionMatching = SchemeOf<"funmatch">;

/** Crop and flip of a recipe, without color operations, which the paper does not use. */
const cropAndFlip = (recipe: ViewRecipe): ViewRecipe => ({
  ...recipe,
  jitterProbability: 0,
  grayscaleProbability: 0,
  blurProbability: 0,
  solarizeProbability: 0,
  policy: "none",
});

/** Square crops of a fixed size. */
const squareCrop = (recipe: ViewRecipe): RenderRecipe => ({
  ...recipe,
  crop: "square",
  scale: { min: windowShare ** 2, max: windowShare ** 2 },
});

/** Function matching as an imitation. @param teacherSide pixels per side of the teacher's images */
export function matchingOf(scheme: FunctionMatching, teacherSide: number): Imitation {
  const { input, cachedTeacher } = scheme;
  return {
    terms: [],
    about: [input, scheme.mixup, teacherSide],
    ...(cachedTeacher
      ? { cachedViews: (context, batch) => fixedViews(input, teacherSide, context, batch) }
      : undefined),
    show: (context) => show(scheme, teacherSide, context),
    asked: (context) => askedOf(scheme, context),
    loss: (student, teachers) => ({
      total: functionMatchingLoss(student, teachers, scheme.temperature),
      terms: [],
    }),
  };
}

/** The views of a batch for a teacher with fixed crops; none if its crops are random. */
function fixedViews(
  input: FunctionMatching["input"],
  side: number,
  context: TaskContext,
  batch: tf.Tensor1D,
): tf.Tensor4D[] {
  const { images, inputs } = context;
  return fixedRecipes(input, context).map((recipe) =>
    renderViews(images, [recipe], batch, inputs.clock, side),
  );
}

function fixedRecipes(input: FunctionMatching["input"], { images, views }: TaskContext): RenderRecipe[] {
  const still: ViewRecipe = { ...cropAndFlip(views.first), flipProbability: 0, rotation: 0 };
  return fixedCrops(input, images.set.size).map((crop) => ({ ...still, crop }));
}

/** The views of a model, by the same table as the images of {@link show}. */
function askedOf({ input, mixup: mixing }: FunctionMatching, context: TaskContext): AskedOfModel {
  const crop = cropAndFlip(context.views.first);
  switch (input) {
    case "fixedResize":
    case "fixedCentre":
    case "fixedMultiCrop":
      return { recipes: fixedRecipes(input, context) };
    case "independent":
      return { recipes: [crop, crop], skipped: 1 };
    case "consistentRandom":
      return { recipes: [squareCrop(crop)] };
    case "consistentInception":
      return { recipes: [crop] };
    case "functionMatching":
      return { recipes: [crop], mixed: mixing === "shared" ? "mixup" : "ownMixup" };
    default:
      return input satisfies never;
  }
}

/** Renders the images of each network, by the table of docs/methods.md §1.10. */
function show({ input, mixup: mixing }: FunctionMatching, teacherSide: number, context: TaskContext): Shown {
  const { images, views, inputs } = context;
  const render = (recipes: readonly RenderRecipe[], side: number) =>
    renderViews(images, recipes, inputs.batch, inputs.clock, side);
  const crop = cropAndFlip(views.first);
  const { size } = images.set;
  const bothSee = (recipe: RenderRecipe): Shown => {
    const student = render([recipe], size);
    return { student, teacher: () => [teacherSide === size ? student : render([recipe], teacherSide)] };
  };
  switch (input) {
    case "fixedResize":
    case "fixedCentre":
    case "fixedMultiCrop":
      return {
        student: render([crop], size),
        teacher: () => fixedViews(input, teacherSide, context, inputs.batch),
      };
    case "independent": {
      const [batch] = inputs.batch.shape;
      const second = () =>
        tf.slice(render([crop, crop], teacherSide), [batch, 0, 0, 0], [batch, -1, -1, -1]) as tf.Tensor4D;
      return { student: render([crop], size), teacher: () => [second()] };
    }
    case "consistentRandom":
      return bothSee(squareCrop(crop));
    case "consistentInception":
      return bothSee(crop);
    case "functionMatching": {
      const { student, teacher } = bothSee(crop);
      const mixed = mixup(student, inputs.scalar("mixup"));
      if (mixing === "shared" && teacherSide === size) return { student: mixed, teacher: () => [mixed] };
      const weight = () => inputs.scalar(mixing === "shared" ? "mixup" : "ownMixup");
      return { student: mixed, teacher: () => teacher().map((seen) => mixup(seen, weight())) };
    }
    default:
      return input satisfies never;
  }
}

/** Pixels per side of the teacher's images. */
const teacherSide = (scale: number, size: number) => Math.round(scale * size);

export const funmatch: MethodTraining<"funmatch"> = {
  ...usual,
  create: (given) => {
    const { context, scheme } = given;
    const side = teacherSide(scheme.teacherSize, context.experiment.dataset.resolution);
    given.shared.images.prepare(side);
    return ImitationTask.create(given, scheme.teacherBatchNorm, matchingOf(scheme, side));
  },
  cost: (given) => {
    const { counted, scheme, size, student, imagesPerSeen } = given;
    const side = teacherSide(scheme.teacherSize, size);
    const live = teacherPasses(scheme.input, side);
    return imitationCost(given, {
      teachers: scheme.teachers,
      forward: scheme.teachers * given.teacherAt(side),
      looks: scheme.cachedTeacher ? live * imagesPerSeen : live,
      // A student on foreign images also runs on the labeled ones, for its probe.
      added: scheme.images === "own" ? 0 : counted.forward * student.macs,
    });
  },
  teachers: ({ teachers, teacherSize }) => ({ count: teachers, scale: teacherSize }),
  images: ({ images }) => images,
};
