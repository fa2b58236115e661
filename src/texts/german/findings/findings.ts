import type { FindingWords } from "../../../protocol/findings/words";
import { questions } from "../records";
import { labeled } from "./labeled";
import { unlabeled } from "./unlabeled";

function overNewSeeds(question: string): string {
  return `Über zwanzig neue Seeds: ${question}`;
}

const once = { ...unlabeled, ...labeled };

const askedAgain = [
  "off-byol",
  "off-byol-short",
  "off-on-short",
  "other-view",
  "byol-without-lars",
  "kd-few-labels",
  "consistent-center",
  "consistent-windows",
  "temperature-2",
  "temperature-5",
  "temperature-10",
  "domain-noise",
  "js-kl",
  "deeper-teacher-unready",
  "surest-images",
] as const;

const again = Object.fromEntries(
  askedAgain.map((id) => {
    const { question, reported } = once[id] as FindingWords["findings"][string];
    return [`${id}-again`, { question: overNewSeeds(question), reported }];
  }),
);

const records = {
  "simdis-lengths":
    "Hängt die Reihenfolge von fertigem und nebenher lernendem Teacher von der Trainingslänge ab?",
  "simdis-targets": "Welche der sieben Zielansichten helfen einem Studenten mit fertigem Teacher?",
  "simdis-targets-online": "Welche der sieben Zielansichten helfen einem Studenten, dessen Teacher mitlernt?",
  "simdis-more-targets":
    "Helfen beide Ziele der Kopie des Teachers mehr als seine beiden eigenen, und helfen fünf überhaupt?",
  "without-lars": "Brauchen kleine Studenten LARS?",
  "families-compared": "Liegen Verfahren mit Teacher vor denen ohne?",
  "half-wrong-labels": "Was hilft, wenn die Hälfte der Labels falsch ist?",
  "mutual-adam": "Stürzen Netze, die sich gegenseitig unterrichten, unter Adam mit konstanter Rate ab?",
  "few-labels": "Helfen bei wenigen Labels ein Teacher, ein größerer Teacher oder Peers?",
  "funmatch-views": "Welche Eingaben sollten Teacher und Student sehen?",
  "fixed-inputs": "Was sollte ein Teacher sehen, der den Ausschnitten seines Studenten nicht folgt?",
  temperatures: "Welche der vier Temperaturen des Papers ist die beste?",
  patience: "Braucht Function Matching Geduld?",
  starts: "Liegt ein vortrainierter Student vorn, und wie lange?",
  "other-images": "Von welchen Bildern und bei welchen Temperaturen lernt ein Student eine Funktion?",
  "teachers-and-students":
    "Ändern mehrere Teacher, eine größere Eingabe des Teachers, Shampoo oder ein Transformer etwas am Function Matching?",
  "ssld-steps": "Welche Stufen von SSLDs Leiter helfen?",
  "teacher-norm":
    "Sollte der Batch einen eingefrorenen Teacher normalisieren, und braucht sein Student weniger Weight Decay?",
  "teacher-sizes": "Ist ein tieferer Teacher besser?",
  "without-labels": "Was bringen Bilder ohne Labels?",
  "after-training": "Was bringen Feinabstimmung, Fix, AutoAugment und eine niedrigere Rate nach dem Laden?",
  transfer: "Überträgt sich ein destillierter Encoder besser, und helfen langsame frühe Schichten?",
  detection: "Findet ein destillierter Encoder mehr Objekte, und helfen ihm langsame frühe Schichten?",
  binary: "Wie sollte ein binärer Student ohne Labels lernen?",
  "binary-steps": "Sollten Gewichte von Anfang an binär sein, und mit welchem Optimierer?",
  "probe-rates": "Welche Rate braucht ein linearer Klassifikator auf Merkmalen von Adam und von SGD?",
};

const recordsAgain = Object.fromEntries(
  Object.entries({
    default: questions["default"],
    "simdis-lengths": records["simdis-lengths"],
    "simdis-targets": records["simdis-targets"],
    "without-lars": records["without-lars"],
    "few-labels": records["few-labels"],
    "fixed-inputs": records["fixed-inputs"],
    temperatures: records.temperatures,
    "other-images": records["other-images"],
    "ssld-steps": records["ssld-steps"],
    "teacher-sizes": records["teacher-sizes"],
    "without-labels": records["without-labels"],
  }).map(([id, question]) => [`${id}-again`, overNewSeeds(question ?? "")]),
);

export const findings: FindingWords = {
  title: "Befunde",
  verdicts: {
    seen: "gesehen",
    opposite: "das Gegenteil",
    "not-seen": "nicht gesehen",
    unclear: "nicht zu entscheiden",
  },
  count: (all, parts) => `${all} ${all === 1 ? "Befund" : "Befunde"}: ${parts}`,
  part: (count, verdict) => `${count} ${verdict}`,
  beyond: (difference, other) => `(${difference}) − (${other})`,
  rates: (arm, rate, against) =>
    `${arm}: bei einer Rate von ${rate.toLocaleString("de")} − bei ${against.toLocaleString("de")}, Validierungsbilder`,
  measured: (difference, points, seeds, interval, together) =>
    `${difference}: ${points} über ${seeds} Seeds, 95-%-Intervall ${interval}${together > 1 ? `, korrigiert für ${together} Befunde` : ""}.`,
  means: {
    seen: "Der Unterschied hat das erwartete Vorzeichen.",
    level: (bound) => `Wie erwartet kein Unterschied über ${bound}.`,
    opposite: "Der Unterschied hat das andere Vorzeichen.",
    differs: "Es gibt einen Unterschied, wo keiner zu erwarten war.",
    notSeen: (bound) => `Kein Unterschied über ${bound} mit dem erwarteten Vorzeichen.`,
    untrained: "Keines der Netze hat bis dahin gelernt, daher besagt das nichts.",
    wide: (bound) =>
      `Der Unterschied kann null sein oder bis zu ${bound} betragen: Nötig sind mehr Seeds oder größere Läufe.`,
  },
  reported: (what) => `In der Quelle: ${what}`,
  open: "Öffnen",
  openNamed: (question) => `Den aufgezeichneten Vergleich öffnen: ${question}`,
  records: { ...records, ...recordsAgain },
  findings: { ...once, ...again },
};
