import type { DatasetProblem, Refusal } from "../../protocol/dataset";
import type { Failure } from "../../protocol/failures";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { Notice } from "../notices/notice";
import { unsaid } from "./found-sentences";
import { LeftOut, ReadingNotices } from "./found-summary";

/** Why the last selection did not become a dataset. The previous dataset, if any, stays loaded. */
export function DatasetFailure() {
  const failure = useApp((state) => state.dataset.failure);
  const kept = useApp((state) => state.dataset.loaded?.summary.name);
  const { dismissDatasetFailure } = useActions();
  if (!failure) return null;
  return (
    <Notice tone="danger" {...texts().failures.explain(failure)}>
      {failure.kind === "dataset" && <Shortages problem={failure.problem} />}
      {failure.kind === "dataset" && failure.refusal && <OtherReadings refusal={failure.refusal} />}
      {kept && <p>{texts().data.untilThen(kept)}</p>}
      <div className="row">
        <AddToEarlier failure={failure} />
        <button type="button" className="button button-small" onClick={dismissDatasetFailure}>
          {texts().page.dismiss}
        </button>
      </div>
    </Notice>
  );
}

/** Why files are no images, and in which other way they could be read. */
function OtherReadings({ refusal }: { refusal: Refusal }) {
  const { readFilesAs } = useActions();
  const words = texts().reading;
  const { namesOffer, foldersOffer, notices } = refusal;
  const preview = namesOffer?.classes.map(({ className, count, example }) =>
    words.namesPreview(className, integer(count), example),
  );
  return (
    <div className="found-summary small">
      {preview && (
        <p>
          {words.namesOffer(shortened(preview))}{" "}
          <button
            type="button"
            className="button button-small"
            onClick={() => void readFilesAs({ add: "names" })}
          >
            {words.offer("names")}
          </button>
        </p>
      )}
      <ReadingNotices notices={notices} />
      {foldersOffer && notices.every(({ offer }) => offer !== "folders") && (
        <p>
          {words.foldersOffer(shortened(foldersOffer))}{" "}
          <button
            type="button"
            className="button button-small"
            onClick={() => void readFilesAs({ add: "folders" })}
          >
            {words.offer("folders")}
          </button>
        </p>
      )}
      <LeftOut losses={unsaid(refusal, notices)} />
    </div>
  );
}

const SHOWN = 6;
const shortened = (names: readonly string[]) =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join(", ")} …` : names.join(", ");

/** A class that was dropped alone may belong to what was dropped before. */
function AddToEarlier({ failure }: { failure: Failure }) {
  const earlier = useApp((state) => state.dataset.earlier);
  const { addRefused } = useActions();
  const isAlone = failure.kind === "dataset" && failure.problem.kind === "single-class";
  if (!earlier || !isAlone) return null;
  return (
    <button type="button" className="button button-small" onClick={() => void addRefused()}>
      {texts().reading.addTo(earlier.name)}
    </button>
  );
}

function Shortages({ problem }: { problem: DatasetProblem }) {
  if (problem.kind !== "too-few-images") return null;
  return (
    <ul className="bullets small">
      {problem.shortages.map(({ className, part, found, needed }) => (
        <li key={`${className} ${part}`}>{texts().data.shortage(className, found, needed, part)}</li>
      ))}
    </ul>
  );
}
