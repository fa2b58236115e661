import "../styles/inspect.css";
import "../styles/look.css";
import { useMemo, useState } from "react";
import type { GallerySample } from "../../protocol/dataset";
import { armNames } from "../../series/arm-names";
import { sameImages } from "../../store/dataset-state";
import type { RunRecord } from "../../store/run-state";
import { fixedDigits, integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { PixelImage } from "../controls/pixel-image";
import { PlainSlider } from "../controls/plain-slider";
import { Segmented } from "../controls/segmented";
import { Panel } from "../panel";
import { useRunInTurns } from "../run-in-turns";
import { AnsweredViews, type AnswerKind, answerKinds } from "./answered-views";
import { SimilarityTable } from "./similarity-table";
import { useLook } from "./use-look";

/** One image, its views, and the networks' current answers, updated during training. */
export function LookPanel() {
  const run = useRunInTurns();
  const names = armNames(run);
  const [chosen, setChosen] = useState<string>();
  // Looking takes time from training, so it is only done on request.
  const [isOpen, setOpen] = useState(false);
  const record = run.runs.find(({ planned }) => planned.runId === chosen) ?? run.runs[0];
  const gallery = useApp((state) => state.dataset.gallery);
  const loaded = useApp((state) => state.dataset.loaded?.settings);
  const isOfOthers = run.experiment && loaded && !sameImages(run.experiment.dataset, loaded);
  const images = useMemo(() => firstOfEachClass(gallery), [gallery]);
  const words = texts().look;
  const nameOf = ({ planned }: RunRecord) =>
    texts().results.ofSeed(names[planned.arm] ?? texts().run.arm, planned.seed);
  if (!record || images.length === 0) return null;
  if (isOfOthers) {
    return (
      <Panel title={words.title} lead={words.lead}>
        <p className="empty">{words.otherImages}</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={words.title}
      lead={words.lead}
      className="look-panel"
      actions={
        <>
          <button
            type="button"
            className="button button-small"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? words.close : words.open}
          </button>
          {isOpen && (
            <label className="row small">
              {words.run}{" "}
              <select
                className="input"
                value={record.planned.runId}
                onChange={(event) => setChosen(event.target.value)}
              >
                {run.runs.map((one) => (
                  <option key={one.planned.runId} value={one.planned.runId}>
                    {nameOf(one)}
                  </option>
                ))}
              </select>
            </label>
          )}
        </>
      }
    >
      {isOpen && <Looking key={record.planned.runId} runId={record.planned.runId} images={images} />}
    </Panel>
  );
}

/** More images than this would fill the screen. */
const MOST_IMAGES = 20;

function firstOfEachClass(gallery: readonly GallerySample[]): readonly GallerySample[] {
  const isFirst = ({ label }: GallerySample, at: number) =>
    gallery.findIndex((one) => one.label === label) === at;
  return gallery.filter(isFirst).slice(0, MOST_IMAGES);
}

function Looking({ runId, images }: { runId: string; images: readonly GallerySample[] }) {
  const classNames = useApp((state) => state.dataset.loaded?.summary.classNames);
  const [chosen, setChosen] = useState(images[0]?.index ?? 0);
  const [roll, setRoll] = useState(0);
  const [kind, setKind] = useState<AnswerKind>("classes");
  const [temperatures, setTemperatures] = useState({ classes: 1, neighbors: 0.07 });
  const index = images.some((image) => image.index === chosen) ? chosen : (images[0]?.index ?? 0);
  const { look, isGone } = useLook(runId, index, roll);
  const words = texts().look;
  const nameOf = (label: number) => classNames?.[label] ?? `${label + 1}`;
  return (
    <div className="look">
      <fieldset className="image-list look-images">
        <legend className="visually-hidden">{words.images}</legend>
        {images.map((image) => (
          <button
            key={image.index}
            type="button"
            aria-pressed={image.index === index}
            aria-label={words.image(nameOf(image.label))}
            title={nameOf(image.label)}
            onClick={() => setChosen(image.index)}
          >
            <PixelImage rgba={image.rgba} size={image.size} />
          </button>
        ))}
      </fieldset>
      <div className="look-controls">
        <button type="button" className="button button-small" onClick={() => setRoll(roll + 1)}>
          {words.roll}
        </button>
        <Segmented
          label={words.kind}
          value={kind}
          options={answerKinds.map((value) => ({ value, ...words.kinds[value] }))}
          onChange={setKind}
        />
        <Temperature
          key={kind}
          kind={kind}
          value={temperatures[kind]}
          onChange={(value) => setTemperatures({ ...temperatures, [kind]: value })}
        />
        <span className="small muted look-moment">
          {look
            ? words.at(texts().ledger.stages[look.stage], integer(look.step))
            : isGone
              ? words.gone
              : words.waiting}
        </span>
      </div>
      {look && (
        <>
          <AnsweredViews kind={kind} look={look} temperature={temperatures[kind]} nameOf={nameOf} />
          {look.similarities && <SimilarityTable similarities={look.similarities} />}
        </>
      )}
    </div>
  );
}

/** Logits differ by whole numbers, cosines by hundredths. */
const temperatureRanges = {
  classes: { min: 0.5, max: 10, step: 0.5, digits: 1 },
  neighbors: { min: 0.01, max: 0.5, step: 0.01, digits: 2 },
} as const;

function Temperature({
  kind,
  value,
  onChange,
}: {
  kind: AnswerKind;
  value: number;
  onChange: (value: number) => void;
}) {
  const words = texts().look;
  const { digits, ...range } = temperatureRanges[kind];
  return (
    <span className="look-temperature small" title={words.temperatureHelp[kind]}>
      <span>{words.temperature}</span>
      <PlainSlider
        label={words.temperature}
        value={value}
        shown={fixedDigits(value, digits)}
        onChange={onChange}
        {...range}
      />
    </span>
  );
}
