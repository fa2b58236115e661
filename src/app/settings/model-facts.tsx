import "../styles/models.css";
import { maxDetail } from "../../protocol/dataset";
import type { Scheme } from "../../protocol/experiment";
import type { ImageStrip } from "../../protocol/image-strip";
import { pixelScaleOf } from "../../protocol/pixel-scales";
import type { CheckedModel, DescribedModel, StatedModel, TeacherModel } from "../../protocol/teacher-model";
import { learnsFromModel, placesOfClasses } from "../../protocol/teacher-model";
import { integer, significantDigits } from "../../texts/numbers";
import { teacherModelTexts } from "../../texts/teacher-model";
import { useApp } from "../app-context";
import { imageAt } from "../controls/image-strip";
import { PixelImage } from "../controls/pixel-image";

/** Kinds of operations, and classes, that are named. */
const named = 4;

/** What is known of a model that teaches. */
export function ModelFacts({
  model,
  scheme,
  described,
  checked,
}: {
  model: TeacherModel;
  scheme: Scheme;
  described: DescribedModel | undefined;
  checked: CheckedModel | undefined;
}) {
  const classes = useApp(({ dataset }) => dataset.loaded?.summary.classNames);
  const kept = useApp(({ experiment: { dataset } }) =>
    dataset.source === "files" ? Math.max(dataset.resolution, dataset.detail) : undefined,
  );
  const words = teacherModelTexts();
  const isDescribed = described?.hash === model.hash;
  const found = checked?.model.hash === model.hash ? checked : undefined;
  const kinds = described?.operators ?? [];
  const list = kinds.slice(0, named).map(({ name, count }) => `${name} × ${integer(count)}`);
  const percent = (share: number) => integer(100 * share);
  const isHeaded =
    learnsFromModel(scheme) === "logits" &&
    (classes ? !placesOfClasses(model, classes) : model.use !== "logits");
  const stated = described?.stated ? statedText(described.stated) : "";
  const labels = described?.stated?.labels ? [] : (model.labels ?? []);
  return (
    <>
      {found?.seen && <Seen strip={found.seen} />}
      <ul className="small model-facts">
        {isDescribed && described ? (
          <>
            <li>
              {words.kind(
                described.format,
                `${significantDigits(described.bytes / 1e6, 3)} MB`,
                model.parameters,
                // Runtimes hold them with 32 bits, also where the file has fewer.
                `${significantDigits((4 * model.parameters) / 1e6, 2)} MB`,
              )}
            </li>
            <li>{words.images(described.side, described.channels)}</li>
            {stated !== "" && <li>{words.hub.stated(stated)}</li>}
            <li>{words.operators(list.join(", "), Math.max(0, kinds.length - named))}</li>
          </>
        ) : (
          <li>{words.missing(model.name)}</li>
        )}
        {labels.length > 0 && (
          <li>{words.labels(labels.slice(0, named).join(", "), Math.max(0, labels.length - named))}</li>
        )}
        <li>{words.cost(model.macs, found?.msPerImage, model.dimension)}</li>
        {found && (
          <li>
            {found.knn
              ? words.knn(percent(found.knn.ofModel), percent(found.knn.ofPixels), found.knn.images)
              : words.noImages}
          </li>
        )}
        {kept !== undefined && kept < Math.min(model.side, maxDetail) && (
          <li>{words.enlarged(kept, Math.min(model.side, maxDetail))}</li>
        )}
        {isHeaded && <li>{words.head}</li>}
      </ul>
    </>
  );
}

/** Some images as the model is given them. */
function Seen({ strip }: { strip: ImageStrip }) {
  return (
    <figure className="model-seen">
      <div className="row">
        {Array.from({ length: strip.count }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an image of a strip is identified by its index.
          <PixelImage key={at} rgba={imageAt(strip, at)} size={strip.size} />
        ))}
      </div>
      <figcaption className="small muted">{teacherModelTexts().seen(strip.size)}</figcaption>
    </figure>
  );
}

/** What a repository says of its model, in a few words. */
function statedText({ side, pixels, labels }: StatedModel): string {
  const words = teacherModelTexts();
  const scale = pixels && pixelScaleOf(pixels);
  const numbersOf = ({ mean, deviation }: NonNullable<typeof pixels>) => {
    const [center, spread] = [mean, deviation].map((list) => list.map((one) => significantDigits(one, 3)));
    return words.hub.statedNumbers(center?.join(", ") ?? "", spread?.join(", ") ?? "");
  };
  return [
    side !== undefined && words.hub.statedSide(side),
    pixels && words.hub.statedPixels(scale ? words.pixelsOptions[scale] : numbersOf(pixels)),
    labels && words.hub.statedLabels(labels.length, labels.slice(0, 3).join(", ")),
  ]
    .filter((part) => typeof part === "string")
    .join("; ");
}
