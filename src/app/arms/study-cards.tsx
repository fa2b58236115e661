import "../styles/studies.css";
import type { PaperFigures, Study } from "../../protocol/studies/studies";
import { studies } from "../../protocol/studies/studies";
import { presetsOfStudy } from "../../store/presets";
import { useActions } from "../app-context";

/** Experiments that replay the papers' studies, with the papers' own figures, which are never mixed with measured ones. */
export function StudyCards() {
  return (
    <details className="studies">
      <summary>Studies of the papers ({studies.length})</summary>
      <ul>
        {studies.map((study) => (
          <li key={study.id}>
            <StudyCard study={study} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function StudyCard({ study }: { study: Study }) {
  const { choosePreset: open } = useActions();
  const [quick, full] = presetsOfStudy(study);
  return (
    <details className="study">
      <summary>{study.name}</summary>
      <p>{study.asks}</p>
      <dl>
        <dt>Expected</dt>
        <dd>{study.expects}</dd>
        <dt>Refuted by</dt>
        <dd>{study.refutedBy}</dd>
        <dt>Source</dt>
        <dd>{study.source}</dd>
      </dl>
      {study.figures && <FiguresOfPaper figures={study.figures} />}
      <p className="study-actions">
        <button type="button" className="button button-small" onClick={() => open(quick)}>
          Open, quick
        </button>
        <button type="button" className="button button-small" onClick={() => open(full)}>
          Open, full size
        </button>
      </p>
    </details>
  );
}

function FiguresOfPaper({ figures: { setting, columns, rows, caveats } }: { figures: PaperFigures }) {
  return (
    <>
      <table>
        <caption>The paper's figures: {setting}</caption>
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
