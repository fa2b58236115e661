import "../styles/studies.css";
import { Suspense, useState } from "react";
import type { Study } from "../../protocol/studies/studies";
import { studies } from "../../protocol/studies/studies";
import { inWords } from "../../store/experiment/presets";
import { presetsOfStudy } from "../../store/experiment/study-presets";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";
import { lazy } from "../lazy";

const FiguresOfPaper = lazy(() =>
  import("./paper-figures").then(({ FiguresOfPaper: Loaded }) => ({ default: Loaded })),
);

const StudyFindings = lazy(() =>
  import("../findings/study-findings").then(({ StudyFindings: Loaded }) => ({ default: Loaded })),
);

/**
 * Experiments that replay the papers' studies, with the papers' own figures, which are never mixed with measured ones.
 */
export function StudyCards() {
  const [open, setOpen] = useState(false);
  return (
    <details className="studies" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{texts().arms.studies}</summary>
      {open && (
        <ul>
          {studies.map((study) => (
            <li key={study.id}>
              <StudyCard study={study} />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

function StudyCard({ study }: { study: Study }) {
  const { choosePreset: open } = useActions();
  const words = texts().arms.study;
  const own = texts().studies[study.id] ?? study;
  const [isOpen, setOpen] = useState(false);
  const [quick, full] = presetsOfStudy(study);
  return (
    <details className="study" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{own.name}</summary>
      <p>{own.asks}</p>
      <dl>
        <dt>{words.expected}</dt>
        <dd>{own.expects}</dd>
        <dt>{words.refutedBy}</dt>
        <dd>{own.refutedBy}</dd>
        <dt>{words.source}</dt>
        <dd>{study.source}</dd>
      </dl>
      {isOpen && study.figures && (
        <Suspense>
          <FiguresOfPaper figures={{ ...study.figures, ...own }} study={study.id} />
        </Suspense>
      )}
      {isOpen && (
        <Suspense>
          <StudyFindings study={study.id} />
        </Suspense>
      )}
      <p className="study-actions">
        <button type="button" className="button button-small" onClick={() => open(inWords(quick))}>
          {words.openQuick}
        </button>
        <button type="button" className="button button-small" onClick={() => open(inWords(full))}>
          {words.openFull}
        </button>
      </p>
    </details>
  );
}
