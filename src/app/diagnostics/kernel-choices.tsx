import { significant } from "../../charts/format";
import type { KernelChoice } from "../../protocol/messages";
import { texts } from "../../texts/texts";

const taken = ({ family, ms }: KernelChoice["times"][number]) => `${family} ${significant(ms, 2)} ms`;

/** Which kernels were timed on this device, and what each took. */
export function KernelChoices({ choices }: { choices: readonly KernelChoice[] | undefined }) {
  if (!choices || choices.length === 0) return null;
  const { title, explanation, convolution, chosen, others } = texts().diagnostics.choices;
  return (
    <>
      <h3>{title}</h3>
      <p className="small muted">{explanation}</p>
      <table className="data-table kernel-table">
        <thead>
          <tr>
            <th scope="col">{convolution}</th>
            <th scope="col">{chosen}</th>
            <th scope="col">{others}</th>
          </tr>
        </thead>
        <tbody>
          {choices.map((choice) => (
            <tr key={`${choice.pass} ${choice.shape}`}>
              <th scope="row">
                {choice.shape} <span className="muted">{choice.pass}</span>
              </th>
              <td>{choice.times.filter(({ family }) => family === choice.chosen).map(taken)}</td>
              <td>
                {choice.times
                  .filter(({ family }) => family !== choice.chosen)
                  .map(taken)
                  .join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
