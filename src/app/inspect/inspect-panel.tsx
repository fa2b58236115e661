import "../styles/inspect.css";
import { Tabs } from "radix-ui";
import { type ReactNode, useMemo, useState } from "react";
import type { RunRecord } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { Segmented } from "../controls/segmented";
import { Panel } from "../panel";
import { armNames } from "../results/arm-names";
import { useRunInTurns } from "../run-in-turns";
import { CloserLook } from "./closer-look";
import { type Cell, ConfusionTable } from "./confusion-table";
import { changes, confusion, type InspectedRun, inspectedRun, referencesOf } from "./encoders";
import { ImageList } from "./image-list";
import { Maps } from "./maps";

/** More cells than this nobody reads. */
const MOST_CLASSES = 20;

/** Held-out images one by one: what the student sees in them, beside its teacher and itself untrained. */
export function InspectPanel() {
  const run = useRunInTurns();
  const names = armNames(run);
  const finished = run.runs.filter((record) => inspectedRun(record));
  const [chosen, setChosen] = useState<string>();
  const record = finished.find(({ planned }) => planned.runId === chosen) ?? finished[0];
  const nameOf = ({ planned }: RunRecord) =>
    texts().run.runName(names[planned.arm] ?? texts().run.arm, planned.seed);
  if (!record) return null;
  const words = texts().inspect;
  return (
    <Panel
      title={words.title}
      lead={words.lead}
      className="inspect-panel"
      actions={
        <label className="row small">
          {words.run}{" "}
          <select
            className="input"
            value={record.planned.runId}
            onChange={(event) => setChosen(event.target.value)}
          >
            {finished.map((one) => (
              <option key={one.planned.runId} value={one.planned.runId}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <Inspection key={record.planned.runId} record={record} />
    </Panel>
  );
}

function Inspection({ record }: { record: RunRecord }) {
  const run = useMemo(() => inspectedRun(record), [record]);
  const classNames = useApp((state) => state.dataset.loaded?.summary.classNames);
  if (!run) return null;
  const classes = Math.max(...run.labels, ...run.student.predictions) + 1;
  const names =
    classNames && classNames.length >= classes
      ? classNames
      : Array.from({ length: classes }, (_, label) => texts().inspect.classNumber(label + 1));
  return <Views run={run} classNames={names} />;
}

function Views({ run, classNames }: { run: InspectedRun; classNames: readonly string[] }) {
  const references = useMemo(() => referencesOf(run), [run]);
  const [chosen, setChosen] = useState(references[0]?.id ?? "truth");
  const [selected, setSelected] = useState<number>();
  const [cell, setCell] = useState<Cell>();
  const reference = references.find(({ id }) => id === chosen) ?? references[0];
  if (!reference) return null;
  const words = texts().inspect;
  const student = run.student.predictions;
  const nameOf = (place: number) =>
    words.takenFor(classNames[run.labels[place] ?? -1] ?? "", classNames[student[place] ?? -1] ?? "");
  const list = (label: string, places: readonly number[]) => (
    <ImageList
      label={label}
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
          {classNames.length > MOST_CLASSES ? (
            <p className="empty">{words.tooManyClasses(classNames.length)}</p>
          ) : (
            <ConfusionTable {...{ reference, student, classNames, chosen: cell }} onChoose={setCell} />
          )}
          {cell && list(words.ofCell, inCell)}
        </Tabs.Content>
        <Tabs.Content value="map">
          <Maps {...{ run, classNames, selected, onSelect: setSelected }} />
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
