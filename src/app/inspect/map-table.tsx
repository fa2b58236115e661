import { useState } from "react";
import { TableScroll } from "../../charts/tables/TableScroll";
import type { Inspection } from "../../protocol/messages";
import { fixedDigits, integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";

interface MapTableProps {
  readonly name: string;
  /** x and y of each image in turn. */
  readonly map: readonly number[];
  readonly inspection: Inspection;
  readonly classNames: readonly string[];
  readonly selected: number | undefined;
  readonly onSelect: (place: number) => void;
}

/** The map as a table, which gives keyboard users access to its images. Filled only while open: it is long. */
export function MapTable(props: MapTableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="chart-data" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts().charts.dataTable}</summary>
      {isOpen && <Rows {...props} />}
    </details>
  );
}

function Rows({ name, map, inspection, classNames, selected, onSelect }: MapTableProps) {
  const { images, labels, predictions } = inspection;
  const words = texts().inspect.mapTable;
  return (
    <TableScroll label={name} className="table-scroll map-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.image}</th>
            <th scope="col">{words.label}</th>
            <th scope="col">{words.answer}</th>
            <th scope="col">x</th>
            <th scope="col">y</th>
          </tr>
        </thead>
        <tbody>
          {images.map((image, place) => (
            <tr key={image}>
              <th scope="row">
                <button
                  type="button"
                  aria-label={words.imageNumber(integer(image + 1))}
                  aria-pressed={place === selected}
                  onClick={() => onSelect(place)}
                >
                  {integer(image + 1)}
                </button>
              </th>
              <td>{classNames[labels[place] ?? -1]}</td>
              <td>{classNames[predictions[place] ?? -1]}</td>
              <td>{fixedDigits(map[2 * place] ?? Number.NaN, 2)}</td>
              <td>{fixedDigits(map[2 * place + 1] ?? Number.NaN, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
