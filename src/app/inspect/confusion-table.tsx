import { useMemo } from "react";
import { TableScroll } from "../../charts/TableScroll";
import { texts } from "../../texts/texts";
import { confusion, type Encoder } from "./encoders";

export interface Cell {
  readonly reference: number;
  readonly student: number;
}

/** How often the student answers a class where the reference answers another; each cell opens its images. */
export function ConfusionTable({
  reference,
  student,
  classNames,
  chosen,
  onChoose,
}: {
  reference: Encoder;
  student: readonly number[];
  classNames: readonly string[];
  chosen: Cell | undefined;
  onChoose: (cell: Cell) => void;
}) {
  const cells = useMemo(
    () => confusion(reference.predictions, student, classNames.length),
    [reference, student, classNames.length],
  );
  const words = texts().inspect;
  const most = Math.max(1, ...cells.flat().map(({ length }) => length));
  return (
    <TableScroll label={words.matrix}>
      <table className="confusion">
        <caption className="small muted">{words.matrixCaption(words.references[reference.id])}</caption>
        <thead>
          <tr>
            <td />
            {classNames.map((name) => (
              <th key={name} scope="col" title={name}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((row, given) => (
            <tr key={classNames[given]}>
              <th scope="row">{classNames[given]}</th>
              {row.map((places, answered) => (
                <td key={classNames[answered]}>
                  <button
                    type="button"
                    disabled={places.length === 0}
                    aria-pressed={chosen?.reference === given && chosen.student === answered}
                    aria-label={words.cell(
                      words.references[reference.id],
                      classNames[given] ?? "",
                      classNames[answered] ?? "",
                      places.length,
                    )}
                    data-same={given === answered}
                    style={{ "--share": places.length / most }}
                    onClick={() => onChoose({ reference: given, student: answered })}
                  >
                    {places.length || ""}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
