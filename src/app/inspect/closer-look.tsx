import { useMemo } from "react";
import type { Inspection } from "../../protocol/messages";
import { texts } from "../../texts/texts";
import { PixelImage } from "../controls/pixel-image";
import { useImages } from "../controls/use-images";
import type { InspectedRun } from "./encoders";

const NEIGHBORS = 3;

/** One held-out image: each encoder's prediction and its nearest training images. */
export function CloserLook({
  run,
  place,
  classNames,
}: {
  run: InspectedRun;
  place: number;
  classNames: readonly string[];
}) {
  const index = run.images[place] ?? -1;
  const [image] = useImages(
    run.part,
    useMemo(() => [index], [index]),
  );
  const label = run.labels[place] ?? -1;
  const words = texts().inspect;
  const encoders = [
    { name: words.encoders.student, inspection: run.student },
    { name: words.encoders.teacher, inspection: run.teacher },
    { name: words.encoders.untrained, inspection: run.untrained },
  ];
  return (
    <section className="closer-look" aria-label={words.closerLook}>
      <div>
        {image ? (
          <PixelImage rgba={image.rgba} size={image.size} label={words.heldOut(classNames[label] ?? "")} />
        ) : (
          <span className="pixel-image" aria-hidden="true" />
        )}
        <p>
          <strong>{classNames[label]}</strong>
        </p>
      </div>
      <ul>
        {encoders.map(({ name, inspection }) =>
          inspection ? <Answer key={name} {...{ name, inspection, place, label, classNames }} /> : null,
        )}
      </ul>
    </section>
  );
}

function Answer({
  name,
  inspection,
  place,
  label,
  classNames,
}: {
  name: string;
  inspection: Inspection;
  place: number;
  label: number;
  classNames: readonly string[];
}) {
  const answer = inspection.predictions[place] ?? -1;
  const indices = useMemo(
    () => inspection.neighbors.slice(NEIGHBORS * place, NEIGHBORS * (place + 1)),
    [inspection, place],
  );
  const samples = useImages("train", indices);
  const words = texts().inspect;
  return (
    <li>
      <span>
        <span className="muted">{name}:</span> {classNames[answer]}{" "}
        <span aria-hidden="true">{answer === label ? "✓" : "✗"}</span>
        <span className="visually-hidden">{answer === label ? words.right : words.wrong}</span>
      </span>
      <span className="neighbors">
        {indices.map((index, at) => {
          const sample = samples.find((one) => one.index === index);
          return sample ? (
            <PixelImage
              key={index}
              rgba={sample.rgba}
              size={sample.size}
              label={words.neighbor(at + 1, classNames[sample.label] ?? "")}
            />
          ) : (
            <span key={index} className="pixel-image" aria-hidden="true" />
          );
        })}
      </span>
    </li>
  );
}
