import * as tf from "@tensorflow/tfjs-core";
import type { TestAccuracy } from "../../../protocol/messages";
import type { MetricName } from "../../../protocol/metrics/metrics";
import { ResidentTensor } from "../../backend/resident-tensor";
import type { Canvases } from "../../dataset/pixels/canvases";
import { canvasScale, mostItems, pasteCanvases } from "../../dataset/pixels/canvases";
import { averagePrecision, boxesOf, type Detection } from "../../evaluation/average-precision";
import { detectionLoss, type Objects } from "../../methods/detection";
import type { Backbone } from "../../networks/backbone";
import type { DetectionHead } from "../../networks/detection-head";
import { detectionHeadCost } from "../../networks/detection-head";
import type { UpdateRule } from "../../optimizers/optimizer";
import { renderPlain } from "../../views/render-views";
import { ResidentImages } from "../../views/resident-images";
import { createDetectionHead, createEncoder } from "../create-networks";
import { releaseOutcome, Trainee } from "../learners/trainee";
import { costIn } from "../planning/costing";
import { type MethodTraining, usual } from "./parts/method-training";
import type { EvaluatedNetwork, Task, TaskContext } from "./parts/task";

/** The largest numbers of canvases for training, for points of the curve and for the final figure. */
const limits = { train: 2_000, held: 200, test: 1_000 } as const;

/** Canvases that objects are found on. */
interface Shown {
  readonly canvases: Canvases;
  readonly images: ResidentImages;
}

/** Numbers per object: whether it exists, its class, its center (x, y) and its side. */
const columns = 5;

/** Detection as a downstream task (docs/methods.md §9.4): finding images that are pasted onto larger canvases. */
export class DetectionTask implements Task {
  readonly terms: readonly MetricName[] = ["studentLoss", "heatmapLoss", "boxLoss"];
  readonly student: EvaluatedNetwork;
  private readonly trainee: Trainee;
  private readonly trainImages: ResidentImages;
  /** [canvases, mostItems · columns] */
  private readonly objects: ResidentTensor<tf.Tensor2D>;
  private readonly held: Shown;

  constructor(
    private readonly context: TaskContext,
    held: ResidentImages,
    private readonly backbone: Backbone,
    private readonly head: DetectionHead,
    rule: UpdateRule,
    private readonly seed: number,
  ) {
    const { set, normalization } = context.images;
    const canvases = pasteCanvases(set, Math.min(limits.train, set.count), seed);
    this.trainImages = ResidentImages.upload(canvases.set, normalization);
    this.held = this.show(held, limits.held);
    this.objects = ResidentTensor.of(
      tf.tensor2d(rowsOf(canvases), [canvases.set.count, mostItems * columns]),
    );
    this.trainee = new Trainee([backbone.parameters, head.parameters], rule, context.inputs, "studentRate");
    this.student = { backbone };
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, trainImages, backbone, head, trainee } = this;
    const batch = tf.mod(context.inputs.batch, tf.scalar(trainImages.set.count, "int32")) as tf.Tensor1D;
    const images = renderPlain(trainImages, batch);
    const objects = this.objectsOf(batch);
    const done = trainee.differentiate(() => {
      const map = backbone.map(images, { kind: "train", groups: 1 });
      const { total, heatmap, box } = detectionLoss(head.maps(map), objects);
      return { total, terms: [heatmap, box], kept: {} };
    });
    trainee.apply(done);
    report([done.total, ...done.terms]);
    releaseOutcome(done);
  }

  async evaluate(): Promise<Partial<Record<MetricName, number>>> {
    return { detectionAp: await this.precisionOn(this.held) };
  }

  async ofTest(test: ResidentImages): Promise<Pick<TestAccuracy, "detectionAp">> {
    const shown = this.show(test, limits.test);
    try {
      return { detectionAp: await this.precisionOn(shown) };
    } finally {
      shown.images.dispose();
    }
  }

  dispose(): void {
    this.trainee.dispose();
    this.objects.dispose();
    this.trainImages.dispose();
    this.held.images.dispose();
  }

  /** The same canvases for every run of a seed. */
  private show({ set, normalization }: ResidentImages, most: number): Shown {
    const canvases = pasteCanvases(set, Math.min(most, set.count), this.seed);
    return { canvases, images: ResidentImages.upload(canvases.set, normalization) };
  }

  private async precisionOn({ images, canvases }: Shown): Promise<number> {
    const { count } = canvases.set;
    const chunk = this.context.inputs.batch.size;
    const found: Detection[][] = [];
    for (let from = 0; from < count; from += chunk) {
      const places = Int32Array.from({ length: chunk }, (_, i) => Math.min(from + i, count - 1));
      found.push(...(await this.detect(images, places)));
    }
    return averagePrecision(found.slice(0, count), canvases.items);
  }

  private async detect(from: ResidentImages, places: Int32Array): Promise<Detection[][]> {
    const { heat, boxes } = tf.tidy(() => {
      const images = renderPlain(from, tf.tensor1d(places, "int32"));
      return this.head.maps(this.backbone.map(images, { kind: "evaluate" }));
    });
    const [, cells, , classes] = heat.shape;
    const [hot, sizes] = (await Promise.all([heat.data(), boxes.data()])) as [Float32Array, Float32Array];
    tf.dispose([heat, boxes]);
    const part = (all: Float32Array, i: number) =>
      all.subarray((i * all.length) / places.length, ((i + 1) * all.length) / places.length);
    return Array.from(places, (_, i) => boxesOf(part(hot, i), part(sizes, i), cells, classes));
  }

  /** The objects of a batch, one entry for each index on a canvas. */
  private objectsOf(batch: tf.Tensor1D): Objects[] {
    const rows = tf.gather(this.objects.tensor, batch);
    const column = (at: number) => tf.reshape(tf.slice(rows, [0, at], [-1, 1]), [-1]) as tf.Tensor1D;
    return Array.from({ length: mostItems }, (_, item) => {
      const first = item * columns;
      const label = tf.cast(column(first + 1), "int32") as tf.Tensor1D;
      const [present, x, y, side] = [column(first), column(first + 2), column(first + 3), column(first + 4)];
      return { present, label, x, y, side };
    });
  }
}

/** Rows of {@link columns} numbers per object. Absent objects have a side, so that nothing is divided by 0. */
function rowsOf({ items }: Canvases): Float32Array {
  return Float32Array.from(
    items.flatMap((on) =>
      Array.from({ length: mostItems }, (_, i) => {
        const item = on[i];
        return item ? [1, item.label, item.x, item.y, item.side] : [0, 0, 0, 0, 1];
      }).flat(),
    ),
  );
}

/** For costs, before images are loaded: the approximate stride of the detector's map, and the number of classes. */
const mapStride = 8;
const shapeClasses = 10;

export const detection: MethodTraining<"detection"> = {
  ...usual,
  create: ({ context, shared, arm, seed, own, rule }) => {
    const encoder = own(createEncoder(context, arm, seed));
    const head = own(createDetectionHead(context, arm, seed));
    return new DetectionTask(
      shared,
      context.parts[context.experiment.evaluation.part],
      encoder,
      head,
      rule,
      seed,
    );
  },
  cost: ({ count, plan, size, student, studentStage }) => {
    const side = canvasScale * size;
    const head = detectionHeadCost({ from: plan.student.features, classes: shapeClasses }, side / mapStride);
    return {
      stages: [studentStage(count.supervised(costIn(plan.student, side).macs + head.macs))],
      paperMacs: student.macs,
      parameters: { student: student.parameters + head.parameters },
    };
  },
};
