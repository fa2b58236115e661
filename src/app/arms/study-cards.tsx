import "../styles/studies.css";
import { useState } from "react";
import type { PaperFigures, Study } from "../../protocol/studies/studies";
import { studies } from "../../protocol/studies/studies";
import { presetsOfStudy } from "../../store/study-presets";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";

/** Experiments that replay the papers' studies, with the papers' own figures, which are never mixed with measured ones. */
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
  const [quick, full] = presetsOfStudy(study);
  return (
    <details className="study">
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
      {study.figures && <FiguresOfPaper figures={{ ...study.figures, ...own }} />}
      <p className="study-actions">
        <button type="button" className="button button-small" onClick={() => open(quick)}>
          {words.openQuick}
        </button>
        <button type="button" className="button button-small" onClick={() => open(full)}>
          {words.openFull}
        </button>
      </p>
    </details>
  );
}

function FiguresOfPaper({ figures: { setting, columns, rows, caveats } }: { figures: PaperFigures }) {
  return (
    <>
      <table>
        <caption>{texts().arms.study.figures(setting)}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join()}>
              {row.map((cell, i) => (
                <td key={columns[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {caveats.map((caveat) => (
        <p key={caveat} className="muted">
          {caveat}
        </p>
      ))}
    </>
  );
}
