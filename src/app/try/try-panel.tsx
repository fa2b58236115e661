import "../styles/inspect.css";
import "../styles/try.css";
import { type DragEvent, useState } from "react";
import { armNames } from "../../series/arm-names";
import { sameImages } from "../../store/dataset-state";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { PixelImage } from "../controls/pixel-image";
import { useImages } from "../controls/use-images";
import { useCamera } from "../data/gathering/camera";
import { Panel } from "../panel";
import { useRunInTurns } from "../run-in-turns";
import { Answers } from "./answers";
import { useTryout } from "./use-tryout";

/** One image of the visitor's, or a test image, and what the networks of a run say to it. */
export function TryPanel() {
  const run = useRunInTurns();
  const names = armNames(run);
  const [chosen, setChosen] = useState<string>();
  const loaded = useApp((state) => state.dataset.loaded?.settings);
  const isOfOthers = run.experiment && loaded && !sameImages(run.experiment.dataset, loaded);
  const words = texts().tryout;
  const record = run.runs.find(({ planned }) => planned.runId === chosen) ?? run.runs[0];
  if (!record) return null;
  const { runId } = record.planned;
  return (
    <Panel
      title={words.title}
      lead={words.lead}
      className="try-panel"
      actions={
        run.runs.length > 1 && (
          <label className="row small">
            {words.run}{" "}
            <select className="input" value={runId} onChange={(event) => setChosen(event.target.value)}>
              {run.runs.map(({ planned }) => (
                <option key={planned.runId} value={planned.runId}>
                  {texts().results.ofSeed(names[planned.arm] ?? texts().run.arm, planned.seed)}
                </option>
              ))}
            </select>
          </label>
        )
      }
    >
      {isOfOthers ? <p className="empty">{words.otherImages}</p> : <Trying key={runId} runId={runId} />}
    </Panel>
  );
}

function Trying({ runId }: { runId: string }) {
  const classNames = useApp((state) => state.dataset.loaded?.summary.classNames);
  const { ask, asked, tried, isAsking, refusal, isGone } = useTryout(runId);
  const words = texts().tryout;
  const nameOf = (label: number) => classNames?.[label] ?? `${label + 1}`;
  if (isGone && !tried) return <p className="empty">{words.gone}</p>;
  return (
    <div className="try">
      {isGone ? <p className="small muted">{words.gone}</p> : <Ways ask={ask} nameOf={nameOf} />}
      <p className="small muted try-status" role="status">
        {isAsking ? words.waiting : refusal}
      </p>
      {tried && <Answers tried={tried} nameOf={nameOf} />}
      {tried && asked && !isGone && (
        <button
          type="button"
          className="button button-small"
          disabled={isAsking}
          onClick={() => void ask(asked)}
        >
          {words.again}
        </button>
      )}
    </div>
  );
}

interface Asking {
  readonly ask: ReturnType<typeof useTryout>["ask"];
}

/** The ways to an image: dropped, chosen, photographed, or one of the test images. */
function Ways({ ask, nameOf }: Asking & { readonly nameOf: (label: number) => string }) {
  return (
    <div className="try-ways">
      <Own ask={ask} />
      <HeldOut ask={ask} nameOf={nameOf} />
    </div>
  );
}

function Own({ ask }: Asking) {
  const words = texts().tryout;
  const camera = useCamera();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    // The page would take it as a dataset.
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void ask(file);
  };
  const shoot = async () => {
    const picture = await camera.take();
    if (picture) void ask(picture);
  };
  return (
    <section
      className="try-drop"
      data-over={isOver}
      aria-label={words.drop}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{words.drop}</p>
      <div className="row">
        <label className="button button-small try-file">
          {words.choose}
          <input
            type="file"
            accept="image/*"
            className="visually-hidden"
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) void ask(file);
              // The same file may be chosen again.
              target.value = "";
            }}
          />
        </label>
        <button
          type="button"
          className="button button-small"
          onClick={() => (camera.isOn ? camera.stop() : void camera.start())}
        >
          {camera.isOn ? words.cameraOff : words.camera}
        </button>
        {camera.isOn && (
          <button type="button" className="button button-small button-primary" onClick={() => void shoot()}>
            {words.shoot}
          </button>
        )}
      </div>
      {camera.problem && (
        <p className="small" role="status">
          {texts().gathering.camera[camera.problem]}
        </p>
      )}
      <video
        ref={camera.video}
        className="try-video"
        hidden={!camera.isOn}
        autoPlay
        playsInline
        muted
        aria-label={words.picture}
      />
      <p className="small muted">{words.stays}</p>
    </section>
  );
}

const SHOWN = 12;

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

function HeldOut({ ask, nameOf }: Asking & { readonly nameOf: (label: number) => string }) {
  const words = texts().tryout;
  const count = useApp((state) => sumOf(state.dataset.loaded?.summary.counts.test ?? []));
  const shown = Math.min(SHOWN, count);
  const images = useImages(
    "test",
    Array.from({ length: shown }, (_, at) => Math.floor((at * count) / shown)),
  );
  return (
    <fieldset className="image-list try-test">
      <legend className="small">{words.heldOut}</legend>
      {images.map(({ index, label, rgba, size }) => (
        <button
          key={index}
          type="button"
          aria-label={words.image(nameOf(label))}
          title={nameOf(label)}
          onClick={() => void ask({ index })}
        >
          <PixelImage rgba={rgba} size={size} />
        </button>
      ))}
    </fieldset>
  );
}
