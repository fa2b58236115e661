import { problems } from "./problems";
import { type Rules, translated } from "./rules";

/** Problems with a file of saved trainings. */
const ofFiles: Rules = [
  [/^The file is empty\.$/, "Die Datei ist leer."],
  [/^This is not a file of saved trainings\.$/, "Das ist keine Datei mit gespeicherten Trainings."],
  [
    /^The file has version (.+); this page reads version (\d+)\.$/,
    "Die Datei hat die Version $1; diese Seite liest Version $2.",
  ],
  [/^It contains more than (\d+) trainings\.$/, "Sie enthält mehr als $1 Trainings."],
  [
    /^It unpacks to more data than trainings can have\.$/,
    "Sie entpackt sich zu mehr, als Trainings brauchen.",
  ],
  [
    /^The file is not a gzip file, or it is truncated or damaged\.$/,
    "Die Datei ist keine Gzip-Datei oder abgeschnitten oder beschädigt.",
  ],
  [/^The file contains data that is not text\.$/, "Die Datei enthält etwas, das kein Text ist."],
  [/^Line (\d+) is truncated or damaged\.$/, "Zeile $1 ist abgeschnitten oder beschädigt."],
  [/^Line (\d+) is not a training\.$/, "Zeile $1 ist kein Training."],
  [
    /^Line (\d+), batches: not one list of rows for each run\.$/,
    "Zeile $1, batches: nicht eine Liste von Zeilen für jeden Lauf.",
  ],
  [
    /^Line (\d+), (batches\.\d+): no rows of one of its runs\.$/,
    "Zeile $1, $2: keine Zeilen eines seiner Läufe.",
  ],
  [
    /^Line (\d+), runs: (\S+) is not a run of the experiment\.$/,
    "Zeile $1, runs: $2 ist kein Lauf des Experiments.",
  ],
];

const wrongSetting = /^Line (\d+), (\S+): given (.+), allowed (.+)\.$/s;

/** Browser messages are quoted unchanged. */
export function historyCause(cause: string): string {
  const setting = wrongSetting.exec(cause);
  if (setting) {
    const [, line, field, given = "", allowed = ""] = setting;
    return `Zeile ${line}, ${field}: angegeben ${problems.given(given)}, erlaubt ${problems.allowed(allowed)}.`;
  }
  return translated(cause, ofFiles) ?? `Die Meldung lautet: „${cause}“`;
}
