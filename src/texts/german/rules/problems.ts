import { schemeMethods } from "../../../protocol/schemes";
import type { Texts } from "../../english/english";
import { methods as inEnglish } from "../../english/methods";
import { methods } from "../methods/methods";
import { type Rules, translatedOrSame } from "./rules";

/** What a method refuses is among its own words, under the same name in both languages. */
const ofMethods = new Map<unknown, unknown>(
  schemeMethods.flatMap((method) => {
    const german: Readonly<Record<string, unknown>> = methods[method].words;
    return Object.entries(inEnglish[method].words).map(([name, text]) => [text, german[name]] as const);
  }),
);

/** The schema's English messages and their translations; numbers and names are kept. */
const allowances: Rules = [
  [/^a number from (\S+) to (\S+)$/, "eine Zahl von $1 bis $2"],
  [/^a whole number from (\S+) to (\S+)$/, "eine ganze Zahl von $1 bis $2"],
  [/^one of (.+)$/, "eines von $1"],
  [/^a text of 1 to 60 characters$/, "ein Text von 1 bis 60 Zeichen"],
  [/^a text of at most (\d+) characters$/, "ein Text von höchstens $1 Zeichen"],
  [/^true or false$/, "true oder false"],
  [/^not above max$/, "nicht über max"],
  [/^an object$/, "ein Objekt"],
  [/^an object with (.+)$/, "ein Objekt mit $1"],
  [/^no setting with this name; the settings are (.+)$/, "keine Einstellung dieses Namens; es gibt $1"],
  [/^plain data$/, "einfache Daten"],
  [
    /^1 to (\d+) different numbers of target views, from 1 to 7$/,
    "1 bis $1 verschiedene Nummern von Zielansichten, von 1 bis 7",
  ],
  [
    /^1 to (\d+) different whole numbers from (\d+) to (\d+)$/,
    "1 bis $1 verschiedene ganze Zahlen von $2 bis $3",
  ],
  [/^a multiple of (\S+) from (\S+) to (\S+)$/, "ein Vielfaches von $1, von $2 bis $3"],
  [/^a list of 1 to (\d+) arms$/, "eine Liste von 1 bis $1 Armen"],
  [/^64 hexadecimal digits$/, "64 hexadezimale Ziffern"],
  [/^a dataset of the Hugging Face hub: owner\/name$/, "ein Datensatz des Hugging-Face-Hubs: owner/name"],
  [/^(.+) or (\w+), joined by \+$/, "$1 oder $2, mit + verbunden"],
  [
    /^a dataset whose source is shapes, textures or files$/,
    "ein Datensatz, dessen source shapes, textures oder files ist",
  ],
  [/^a scheme whose method is one of (.+)$/, "ein Verfahren, dessen method eines von $1 ist"],
  [/^at most as many images as the training set has$/, "höchstens so viele Bilder, wie zum Training da sind"],
  [/^a multiple of the batch size, (\d+)$/, "ein Vielfaches der Batchgröße $1"],
  [/^a divisor of the queue, (\d+)$/, "ein Teiler der Queue-Länge $1"],
  [
    /^small enough that the queue of (\d+) holds a step's embeddings$/,
    "so klein, dass die Queue mit $1 Plätzen die Embeddings eines Schritts fasst",
  ],
  [/^at least the (\d+) embeddings of one step$/, "mindestens die $1 Embeddings eines Schritts"],
  [
    /^at most half of the (\d+) training images: a queue must not hold an image twice$/,
    "höchstens die Hälfte der $1 Trainingsbilder: Eine Queue darf kein Bild zweimal enthalten",
  ],
  [
    /^at least twice as many as the queue of (\d+) holds$/,
    "mindestens doppelt so viele, wie die Queue mit $1 Plätzen fasst",
  ],
  [
    /^a divisor of the batch size, (\d+), that leaves two images or more a group$/,
    "ein Teiler der Batchgröße $1, der jeder Gruppe mindestens zwei Bilder lässt",
  ],
  [
    /^a multiple of the (\d+) batch norm groups, with two images or more each$/,
    "ein Vielfaches der $1 Batch-Norm-Gruppen, mit je mindestens zwei Bildern",
  ],
  [/^a file of weights, after one has been loaded$/, "eine Datei mit Gewichten, sobald eine geladen ist"],
  [
    /^a file of the Hugging Face hub: owner\/name:file$/,
    "eine Datei des Hugging-Face-Hubs: owner/name:datei",
  ],
  [/^a name of 1 to 200 characters$/, "ein Name von 1 bis 200 Zeichen"],
  [/^1 to 3 numbers from (\S+) to (\S+)$/, "1 bis 3 Zahlen von $1 bis $2"],
  [/^none, here$/, "hier keines"],
  [
    /^one with a teacher that is trained before and then frozen, with a model as teacher$/,
    "mit einem Modell als Teacher eines, dessen Teacher vorher trainiert und dann eingefroren ist",
  ],
  [/^off with a model as teacher$/, "aus mit einem Modell als Teacher"],
  [/^none with a model as teacher$/, "none mit einem Modell als Teacher"],
  [/^1 with a model as teacher$/, "1 mit einem Modell als Teacher"],
  [
    /^1 with a model as teacher, which has a size of its own$/,
    "1 mit einem Modell als Teacher, das seine eigene Größe hat",
  ],
  [
    /^at least 1, unless the teacher comes from a file of weights$/,
    "mindestens 1, wenn der Teacher nicht aus einer Datei mit Gewichten kommt",
  ],
  [
    /^0 for a scheme whose student has no classifier of its own$/,
    "0 bei einem Verfahren, dessen Student keinen eigenen Klassifikator hat",
  ],
  [/^a scheme whose student has a classifier, .+$/, "mit der Fix-Strategie ein Verfahren mit Klassifikator"],
  [/^the same for all with LARS, .+$/, "mit LARS für alle dieselbe: Es findet die Rate jeder Schicht selbst"],
  [/^any but LARS, where .+$/, "jeder außer LARS, wenn Schichten eigene Raten haben"],
  [
    /^any but LARS, .+$/,
    "jeder außer LARS: Es skaliert Schritte nach der Größe von Gewichten, von denen nur das Vorzeichen zählt",
  ],
  [/^a network with real weights, with LARS$/, "mit LARS ein Netz mit reellen Gewichten"],
];

const findings: Rules = [
  [/^nothing$/, "nichts"],
  [/^a list of (\d+)$/, "eine Liste mit $1 Einträgen"],
  [/^an object$/, "ein Objekt"],
  [/^a function$/, "eine Funktion"],
  [/^an object that cannot be read$/, "ein Objekt, das sich nicht lesen lässt"],
];

export const problems: Texts["problems"] = {
  allowed: (allowed) => {
    const own = ofMethods.get(allowed);
    return typeof own === "string" ? own : translatedOrSame(allowed, allowances);
  },
  given: (given) => translatedOrSame(given, findings),
};
