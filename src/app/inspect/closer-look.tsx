import { useMemo } from "react";
import type { Inspection } from "../../protocol/messages";
import { PixelImage } from "../controls/pixel-image";
import type { InspectedRun } from "./encoders";
import { useImages } from "./image-list";

const NEIGHBOURS = 3;

/** One held-out image: what each encoder takes it for, and which training images it finds most alike. */
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
    "test",
    useMemo(() => [index], [index]),
  );
  const label = run.labels[place] ?? -1;
  const encoders = [
    { name: "Student", inspection: run.student },
    { name: "Teacher", inspection: run.teacher },
    { name: "Untrained", inspection: run.untrained },
  ];
  return (
    <section className="closer-look" aria-label="A closer look">
      <div>
        {image ? (
          <PixelImage
            rgba={image.rgba}
            size={image.size}
            label={`Held-out image of class ${classNames[label]}`}
          />
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
    () => inspection.neighbours.slice(NEIGHBOURS * place, NEIGHBOURS * (place + 1)),
    [inspection, place],
  );
  const samples = useImages("train", indices);
  return (
    <li>
      <span>
        <span className="muted">{name}:</span> {classNames[answer]} {answer === label ? "✓" : "✗"}
      </span>
      <span className="neighbours">
        {indices.map((index, at) => {
          const sample = samples.find((one) => one.index === index);
          return sample ? (
            <PixelImage
              key={index}
              rgba={sample.rgba}
              size={sample.size}
              label={`Neighbour ${at + 1}: ${classNames[sample.label]}`}
            />
          ) : (
            <span key={index} className="pixel-image" aria-hidden="true" />
          );
        })}
      </span>
    </li>
  );
}
