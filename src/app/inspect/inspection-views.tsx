import { Tabs } from "radix-ui";
import { type ReactNode, useMemo, useState } from "react";
import { texts } from "../../texts/texts";
import { Segmented } from "../controls/segmented";
import { CloserLook } from "./closer-look";
import { type Cell, ConfusionTable } from "./confusion-table";
import { changes, confusion, type InspectedRun, referencesOf } from "./encoders";
import { ImageList } from "./image-list";
import { Maps } from "./maps";

/** Lists, matrix and maps of one run, and below them the selected image. */
export function InspectionViews({ run, classNames }: { run: InspectedRun; classNames: readonly string[] }) {
  const references = useMemo(() => referencesOf(run), [run]);
  const [chosen, setChosen] = useState(references[0]?.id ?? "truth");
  const [selected, setSelected] = useState<number>();
  const [isKept, setKept] = useState(false);
  const [cell, setCell] = useState<Cell>();
  const reference = references.find(({ id }) => id === chosen) ?? references[0];
  if (!reference) return null;
  const words = texts().inspect;
  // A pointer moving toward the content below must not select images that it crosses.
  const onPoint = (place: number) => !isKept && setSelected(place);
  const onSelect = (place: number) => {
    setKept(place !== selected || !isKept);
    setSelected(place);
  };
  const student = run.student.predictions;
  const nameOf = (place: number) =>
    words.takenFor(classNames[run.labels[place] ?? -1] ?? "", classNames[student[place] ?? -1] ?? "");
  const list = (label: string, places: readonly number[]) => (
    <ImageList
      label={label}
      part={run.part}
      images={run.images}
      places={places}
      names={nameOf}
      selected={selected}
      onSelect={setSelected}
    />
  );
  const inCell = cell
    ? (confusion(reference.predictions, student, classNames.length)[cell.reference]?.[cell.student] ?? [])
    : [];
  return (
    <div className="inspection">
      <Tabs.Root defaultValue="changes">
        <Tabs.List className="tabs-list" aria-label={words.title}>
          <Tabs.Trigger value="changes">{words.tabs.changes}</Tabs.Trigger>
          <Tabs.Trigger value="confusion">{words.tabs.confusion}</Tabs.Trigger>
          <Tabs.Trigger value="map">{words.tabs.map}</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="changes" className="stack">
          <ReferenceChoice {...{ references, chosen: reference.id, onChoose: setChosen }} />
          {reference.id === "truth" ? (
            list(words.errors, changes(run.labels, run.labels, student).broken)
          ) : (
            <Changes {...{ run, reference, list }} />
          )}
        </Tabs.Content>
        <Tabs.Content value="confusion" className="stack">
          <ReferenceChoice {...{ references, chosen: reference.id, onChoose: setChosen }} />
          <ConfusionTable {...{ reference, student, classNames, chosen: cell }} onChoose={setCell} />
          {cell && list(words.ofCell, inCell)}
        </Tabs.Content>
        <Tabs.Content value="map">
          <Maps {...{ run, classNames, selected, onPoint, onSelect }} />
        </Tabs.Content>
      </Tabs.Root>
      {selected !== undefined && <CloserLook run={run} place={selected} classNames={classNames} />}
    </div>
  );
}

type References = ReturnType<typeof referencesOf>;
type ReferenceId = References[number]["id"];

function ReferenceChoice({
  references,
  chosen,
  onChoose,
}: {
  references: References;
  chosen: ReferenceId;
  onChoose: (id: ReferenceId) => void;
}) {
  const words = texts().inspect;
  return (
    <div className="row small">
      <span>{words.against}</span>
      <Segmented
        label={words.against}
        value={chosen}
        options={references.map(({ id }) => ({ value: id, label: words.references[id] }))}
        onChange={onChoose}
      />
    </div>
  );
}

function Changes({
  run,
  reference,
  list,
}: {
  run: InspectedRun;
  reference: References[number];
  list: (label: string, places: readonly number[]) => ReactNode;
}) {
  const { fixed, broken } = changes(run.labels, reference.predictions, run.student.predictions);
  const words = texts().inspect;
  const { better, worse } = reference.id === "teacher" ? words.againstTeacher : words.againstUntrained;
  return (
    <>
      <h3>
        {better} <span className="muted">({fixed.length})</span>
      </h3>
      {list(better, fixed)}
      <h3>
        {worse} <span className="muted">({broken.length})</span>
      </h3>
      {list(worse, broken)}
      <p className="small muted">{words.ofImages(run.labels.length)}</p>
    </>
  );
}
