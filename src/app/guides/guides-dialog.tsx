import "../styles/guides.css";
import { Dialog } from "radix-ui";
import type { Guide } from "../../protocol/guides/guides";
import { guides } from "../../protocol/guides/guides";
import { texts } from "../../texts/texts";
import { GuideStepView } from "./guide-step";
import { inWords } from "./guide-texts";
import { type GuideProgress, predictionOf, useProgress } from "./progress";

/** The list of guided experiments, or the one that is open. */
export function GuidesDialog({ close }: { close: () => void }) {
  const [progress, change] = useProgress();
  const guide = guides.find(({ id }) => id === progress.guide);
  const spoken = guide && inWords(guide);
  const words = texts().guides;
  const leave = () => {
    const { guide: _, ...rest } = progress;
    change({ ...rest, guide: "" });
  };
  return (
    <>
      <header className="guides-head">
        <Dialog.Title>{spoken?.title ?? words.title}</Dialog.Title>
        <Dialog.Close className="icon-button" aria-label={texts().page.close}>
          <span aria-hidden="true">×</span>
        </Dialog.Close>
      </header>
      {spoken ? (
        <>
          <p className="muted">{spoken.about}</p>
          <GuideStepView key={spoken.id} guide={spoken} {...{ progress, change, leave, close }} />
        </>
      ) : (
        <GuideList progress={progress} open={(id) => change({ guide: id })} />
      )}
    </>
  );
}

function GuideList({ progress, open }: { progress: GuideProgress; open: (id: string) => void }) {
  const words = texts().guides;
  return (
    <>
      <p className="muted">{words.lead}</p>
      <ul className="guide-list" aria-label={words.list}>
        {guides.map(inWords).map((guide) => (
          <li key={guide.id}>
            <button type="button" className="preset-card" onClick={() => open(guide.id)}>
              <strong>{guide.title}</strong>
              <span>{guide.about}</span>
              <span className="muted">{words.done(answeredIn(progress, guide), guide.steps.length)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const answeredIn = (progress: GuideProgress, { id, steps }: Guide): number =>
  steps.filter((step) => predictionOf(progress, id, step) !== undefined).length;
