import { useEffect, useState } from "react";
import type { Inspection } from "../../protocol/messages";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { Segmented } from "../controls/segmented";
import { EmbeddingMap } from "./embedding-map";
import { classColor, type InspectedRun } from "./encoders";

/** More colors than this cannot be told apart. */
const MOST_CLASSES = 20;

const kinds = ["pca", "umap"] as const;
type Kind = (typeof kinds)[number];

/** Maps of the same images, one per encoder of a run. */
export function Maps({
  run,
  classNames,
  selected,
  onPoint,
  onSelect,
}: {
  run: InspectedRun;
  classNames: readonly string[];
  selected: number | undefined;
  onPoint: (place: number) => void;
  onSelect: (place: number) => void;
}) {
  const [kind, setKind] = useState<Kind>("pca");
  const [withImages, setWithImages] = useState(false);
  const classes = classNames.length;
  const words = texts().inspect;
  const encoders = (["student", "teacher", "untrained"] as const).flatMap((role) => {
    const inspection = run[role];
    return inspection ? [{ title: words.maps[role], inspection }] : [];
  });
  return (
    <>
      <div className="row small">
        <Segmented
          label={words.mapKind}
          value={kind}
          options={kinds.map((value) => ({ value, ...words.mapKinds[value] }))}
          onChange={setKind}
        />
        <button
          type="button"
          className="button button-small button-toggle"
          aria-pressed={withImages}
          onClick={() => setWithImages(!withImages)}
        >
          {words.showImages}
        </button>
      </div>
      <div className="maps">
        {encoders.map(({ title, inspection }) => (
          <OneMap
            key={title}
            part={run.part}
            {...{ title, inspection, kind, classNames, withImages, selected, onPoint, onSelect }}
          />
        ))}
      </div>
      {classes <= MOST_CLASSES && (
        <ul className="class-legend small" aria-label={words.classColors}>
          {classNames.map((name, label) => (
            <li key={name}>
              <span
                className="class-dot"
                style={{ background: classColor(label, classes) }}
                aria-hidden="true"
              />{" "}
              {name}
            </li>
          ))}
        </ul>
      )}
      <p className="small muted">{kind === "pca" ? words.mapHelp : words.umapHelp}</p>
    </>
  );
}

function OneMap({
  inspection,
  kind,
  ...shown
}: {
  title: string;
  part: InspectedRun["part"];
  inspection: Inspection;
  kind: Kind;
  classNames: readonly string[];
  withImages: boolean;
  selected: number | undefined;
  onPoint: (place: number) => void;
  onSelect: (place: number) => void;
}) {
  const neighbors = useNeighborMap(inspection, kind === "umap");
  const map = kind === "umap" ? neighbors.map : inspection.map;
  const words = texts().inspect;
  return (
    <div>
      {/* Until the map is ready, the components stay visible, so that nothing jumps. */}
      <EmbeddingMap
        {...shown}
        {...{ inspection }}
        kind={words.mapKinds[map ? kind : "pca"].label}
        map={map ?? inspection.map}
      />
      {kind === "umap" && !map && (
        <p className="small muted">
          {neighbors.failed ? words.noMap : words.mapping(integer(100 * neighbors.share))}
        </p>
      )}
    </div>
  );
}

const made = new WeakMap<Inspection, readonly number[]>();

/** Computed when first requested, by a library and a worker loaded then, and kept as long as the inspection. */
function useNeighborMap(inspection: Inspection, isWanted: boolean) {
  const [map, setMap] = useState(() => made.get(inspection));
  const [share, setShare] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const known = made.get(inspection);
    setMap(known);
    setFailed(false);
    if (!isWanted || known) return;
    if (!inspection.components) {
      setFailed(true);
      return;
    }
    const controller = new AbortController();
    const { components } = inspection;
    const make = async () => {
      const { neighborMap } = await import("../../client/neighbor-map");
      const found = await neighborMap(components, setShare, controller.signal);
      made.set(inspection, found);
      setMap(found);
    };
    make().catch(() => setFailed(!controller.signal.aborted));
    return () => controller.abort();
  }, [inspection, isWanted]);
  return { map, share, failed };
}
