import type { DatasetProblem } from "../../protocol/dataset";
import type { Failure } from "../../protocol/failures";
import type { LinkProblem } from "../../protocol/links/codec";
import type { Texts } from "../english/english";
import type { Explanation } from "../english/failures";
import { downloads, hubModels } from "./rules/downloads";
import { problems } from "./rules/problems";
import { counted, integer } from "./words";

const megabytes = (bytes: number) => `${integer(Math.round(bytes / 1024 ** 2))} MiB`;

const layoutHint =
  "Die Bilder jeder Klasse in einen Ordner mit dem Namen der Klasse legen, etwa katzen/ und hunde/, und den Ordner darüber hierher ziehen.";

function ofDataset(problem: DatasetProblem): Explanation {
  switch (problem.kind) {
    case "no-images":
      return {
        title: "Keine Bilder gefunden",
        cause: "Keine Datei der Auswahl ließ sich als Bild verwenden.",
        action: problem.isForeign
          ? "In PNG, JPEG oder WebP umwandeln; die meisten Telefone und Kameras lassen sich auch auf JPEG stellen."
          : layoutHint,
      };
    case "no-classes":
      return {
        title: "Keine Klassenordner gefunden",
        cause: "Die Bilder liegen in keinem Klassenordner, ihre Klassen sind also unbekannt.",
        action: layoutHint,
      };
    case "single-class":
      return {
        title: "Nur eine Klasse gefunden",
        cause: `Mindestens zwei Klassen sind nötig; gefunden wurde nur „${problem.className}“.`,
        action: "Den Ordner über den Klassenordnern hierher ziehen oder mehrere Klassenordner zugleich.",
      };
    case "too-many-classes":
      return {
        title: "Zu viele Klassen",
        cause: `${integer(problem.found)} Klassenordner wurden gefunden; höchstens ${integer(problem.limit)} gehen.`,
        action:
          "Weniger Ordner nehmen. Liegen einzelne Bilder in je eigenen Ordnern, sie nach Klassen zusammenlegen.",
      };
    case "detection-labels":
      return {
        title: "Labels für Detektion, nicht für Klassen",
        cause: `Dateien wie „${problem.example}“ sagen, wo etwas auf einem Bild ist, nicht, zu welcher Klasse das Bild gehört.`,
        action:
          "Die Dinge ausschneiden und je Klasse in einen Ordner legen, oder den Datensatz für Klassifikation exportieren.",
      };
    case "too-many-files":
      return {
        title: "Zu viele Dateien",
        cause: `Die Auswahl enthält ${integer(problem.found)} Dateien; höchstens ${integer(problem.limit)} werden gelesen.`,
        action: "Nur einen Teil des Datensatzes nehmen.",
      };
    case "too-many-bytes":
      return {
        title: "Zu viele Daten für diese Seite",
        cause: `In der gewählten Größe brauchen die Bilder ${megabytes(problem.found)}; die Grenze, oder was diesem Browser blieb, ist ${megabytes(problem.limit)}.`,
        action: "Eine kleinere Bildgröße wählen oder nur einen Teil des Datensatzes nehmen.",
      };
    case "too-few-images": {
      const names = problem.shortages.slice(0, 5).map(({ className }) => `„${className}“`);
      const more = problem.shortages.length - names.length;
      return {
        title: "Einige Klassen haben zu wenige Bilder",
        cause: `Jede Klasse braucht Bilder in jedem Teil; es fehlen welche in ${names.join(", ")}${more > 0 ? ` und ${counted(more, "weiteren Klasse", "weiteren Klassen")}` : ""}.`,
        action: "Diesen Klassen Bilder hinzufügen oder sie weglassen.",
      };
    }
    case "no-training-images":
      return {
        title: "Keine Trainingsbilder gefunden",
        cause: "Es gibt Ordner zum Validieren oder Testen, aber keinen Ordner train/ mit Klassenordnern.",
        action: "Den Ordner nehmen, der auch train/ enthält.",
      };
    case "archive-unreadable":
      return {
        title: "Das Zip-Archiv lässt sich nicht lesen",
        cause: "Es ist beschädigt, unvollständig oder verschlüsselt.",
        action: "Es neu laden oder packen, oder es entpacken und den Ordner hierher ziehen.",
      };
    case "archive-too-large":
      return {
        title: "Das Zip-Archiv ist zu groß",
        cause: `Es entpackt sich zu ${megabytes(problem.found)}; höchstens ${megabytes(problem.limit)} werden gelesen.`,
        action: "Einen Teil des Datensatzes packen.",
      };
    default:
      return problem satisfies never;
  }
}

const unkept = {
  full: "Der Browser gibt dieser Seite keinen Speicher mehr.",
  budget: "Sie würden mehr als 1 GB einnehmen.",
  none: "Der Browser lässt diese Seite keine Dateien behalten.",
} as const;

const networks: Readonly<Record<string, string>> = { student: "Students", teacher: "Teachers" };

/** Messages of browsers and libraries are quoted unchanged. */
const quoted = (cause: string) => `Die Meldung lautet: „${cause}“`;

const notHere: Texts["failures"]["notHere"] = {
  title: "Die Bilder sind noch nicht geladen",
  ofAuthor: (name) =>
    `Dieses Experiment trainiert auf „${name}“, eigenen Bildern seines Urhebers, die ein Link nicht enthält.`,
  drop: "Denselben Ordner oder dieselbe Zip-Datei unten ablegen oder zu den eingebauten Shapes wechseln.",
  ofHub: (id) =>
    `Dieses Experiment trainiert auf „${id}“ vom Hugging-Face-Hub. Geholt wird nur auf Verlangen.`,
  fetch: "Unten neben dem Namen „Holen“ drücken oder zu den eingebauten Shapes wechseln.",
};

function explain(failure: Failure): Explanation {
  switch (failure.kind) {
    case "no-backend":
      return {
        title: "Dieser Browser kann hier nicht rechnen",
        cause: quoted(failure.cause),
        action: "Die Seite in einem aktuellen Chrome öffnen, auf einem Rechner mit Hardwarebeschleunigung.",
      };
    case "device-lost":
      return {
        title: "Der Zugriff auf die GPU ging verloren",
        cause: quoted(failure.cause),
        action:
          "„Noch einmal versuchen“ trainiert von Neuem. Wiederholt es sich, andere Seiten schließen, die die GPU benutzen.",
      };
    case "out-of-memory":
      return {
        title: "Der Speicher der GPU reicht nicht",
        cause: quoted(failure.cause),
        action: "Kleinere Batches, schmalere Netze, kleinere Bilder oder weniger Arme und Seeds wählen.",
      };
    case "dataset":
      return ofDataset(failure.problem);
    case "dataset-missing":
      return failure.hub === undefined
        ? { title: notHere.title, cause: notHere.ofAuthor(failure.name ?? "?"), action: notHere.drop }
        : { title: notHere.title, cause: notHere.ofHub(failure.hub), action: notHere.fetch };
    case "dataset-unfit":
      return {
        title: "Das Experiment passt nicht zu diesen Bildern",
        cause: `Die Einstellung ${failure.field} verlangt mehr Bilder, als es gibt.`,
        action: "Einen kleineren Wert wählen oder mehr Bilder nehmen.",
      };
    case "experiment-invalid":
      return {
        title: "Das Experiment ist ungültig",
        cause: `${failure.field || "Das Experiment"} ist ${problems.given(failure.given)}; erlaubt ist ${problems.allowed(failure.allowed)}.`,
        action: "Diese Einstellung ändern.",
      };
    case "download":
      return { title: "Die Bilder ließen sich nicht holen", ...downloads[failure.problem] };
    case "diverged":
      return {
        title: "Das Training ist divergiert",
        cause: `Der Loss des ${networks[failure.network] ?? failure.network} ist nach Schritt ${integer(failure.step)} keine Zahl mehr.`,
        action: "Die Lernrate senken oder länger aufwärmen. Die anderen Läufe gehen weiter.",
      };
    case "still-running":
      return {
        title: "Ein Training läuft",
        cause: "Dafür wird das Gerät gebraucht, das gerade trainiert.",
        action: "Warten, bis das Training geendet hat.",
      };
    case "not-running":
      return {
        title: "Gerade läuft kein Training",
        cause: "Es wird kein Experiment trainiert.",
        action: "Zuerst „Starten“ drücken.",
      };
    case "weights":
      return {
        title: "Diese Gewichte lassen sich hier nicht verwenden",
        cause: quoted(failure.cause),
        action:
          "Eine safetensors-Datei desselben Netzes und derselben Breite wählen, wie sie diese Seite exportiert, oder das Netz der Datei anpassen.",
      };
    case "model":
      return {
        title: "Dieses Modell kann hier nicht unterrichten",
        cause: quoted(failure.cause),
        action:
          "Eine ONNX-Datei wählen oder alle Dateien eines TensorFlow.js-Modells, das ein Bild nimmt und Merkmale oder Klassen gibt.",
      };
    case "model-missing":
      return {
        title: "Das Modell, das unterrichtet, ist nicht hier",
        cause: `Das Experiment lernt von „${failure.name}“, das in diesem Browser nicht aufbewahrt ist.`,
        action:
          failure.hub === undefined
            ? "Seine Datei in den Einstellungen des Arms wählen."
            : `In den Einstellungen des Arms „${failure.hub} von huggingface.co holen“ drücken, oder seine Datei wählen.`,
      };
    case "hub-model": {
      const { cause, action } = hubModels[failure.problem];
      return { title: "Das Modell wurde nicht geholt", cause: cause(failure.about), action };
    }
    case "nothing-to-continue":
      return {
        title: "Das Training lässt sich nicht fortsetzen",
        cause: quoted(failure.cause),
        action: "„Starten“ trainiert von vorn.",
      };
    case "storage":
      return {
        title: "Das Training wird nicht gesichert",
        cause: quoted(failure.cause),
        action:
          "Es geht weiter, nur sollte dieser Tab offen bleiben. Plattenplatz oder Speicher dieser Seite freigeben, damit wieder gesichert wird.",
      };
    case "answers":
      return {
        title: "Die Antworten des Teachers werden nicht behalten",
        cause: unkept[failure.why],
        action:
          "Das Training geht mit denselben Ergebnissen weiter: Der Teacher wird stattdessen erneut gefragt.",
      };
    case "cancelled":
      return {
        title: "Abgebrochen",
        cause: "Es wurde angehalten, bevor es fertig war.",
        action: "Es lässt sich jederzeit neu beginnen.",
      };
    case "worker-died":
      return {
        title: "Die Engine hat aufgehört",
        cause: quoted(failure.cause),
        action: "Eine neue ist gestartet: „Noch einmal versuchen“ trainiert mit ihr.",
      };
    case "internal":
      return {
        title: "In der Engine ist etwas kaputtgegangen",
        cause: quoted(failure.cause),
        action: "Neu starten. Wiederholt es sich, bitte mit dem Link des Experiments melden.",
      };
    default:
      return failure satisfies never;
  }
}

export const failures: Texts["failures"] = {
  explain,
  page: {
    engineNotLoaded: "Die Engine für das Training ließ sich nicht laden.",
    title: "Auf dieser Seite ist etwas schiefgegangen",
    action: "Die Seite neu laden; der Link in der Adresszeile behält das Experiment.",
  },
  notHere,
  unknownPreset: {
    title: "Dieser Link nennt eine Vorlage, die es nicht gibt",
    cause: (id, ids) => `Eine Vorlage „${id}“ gibt es nicht. Vorlagen: ${ids}.`,
    action: "Eine der Vorlagen unten wählen. Die Seite zeigt jetzt das Standardexperiment.",
  },
};

function causeOf(problem: LinkProblem): string {
  switch (problem.kind) {
    case "too-long":
      return "Er ist länger, als ein Experiment sein kann.";
    case "unknown-part":
      return `Er hat einen Teil „${problem.part}“, der hier unbekannt ist.`;
    case "unknown-version":
      return `Er hat die Version „${problem.version}“, die diese Seite nicht liest.`;
    case "truncated":
      return "Sein Ende fehlt.";
    case "damaged":
      return "Einige seiner Zeichen wurden verändert.";
    case "wrong-fields":
      return "Einige seiner Einstellungen sind hier nicht möglich:";
    default:
      return problem satisfies never;
  }
}

export const links: Texts["links"] = {
  titles: {
    "too-long": "Dieser Link ist zu lang",
    "unknown-part": "Dieser Link hat einen unbekannten Teil",
    "unknown-version": "Dieser Link hat eine unbekannte Version",
    truncated: "Dieser Link ist unvollständig",
    damaged: "Dieser Link ist beschädigt",
    "wrong-fields": "Dieser Link hat Einstellungen, die nicht möglich sind",
  },
  actions: {
    "too-long": "Um einen neuen Link bitten. Die Seite zeigt jetzt das Standardexperiment.",
    "unknown-part":
      "Vielleicht stammt er von einer neueren Version: die Seite neu laden oder um einen neuen Link bitten.",
    "unknown-version":
      "Die Seite neu laden, um ihre neueste Version zu bekommen, oder um einen neuen Link bitten.",
    truncated: "Den ganzen Link noch einmal kopieren. Die Seite zeigt jetzt das Standardexperiment.",
    damaged: "Um einen neuen Link bitten. Die Seite zeigt jetzt das Standardexperiment.",
    "wrong-fields": "Mit den Vorgaben für diese Einstellungen öffnen oder beim jetzigen Experiment bleiben.",
  },
  cause: causeOf,
  unreadableCurves: {
    title: "Die Kurven dieses Links lassen sich nicht lesen",
    causes: {
      version: "Seine Kurven haben eine andere Version.",
      damaged: "Seine Kurven sind abgeschnitten oder beschädigt.",
      foreign: "Seine Kurven stammen nicht von dieser Seite.",
    },
    action: "Seine Einstellungen ohne die Kurven öffnen oder um einen neuen Link bitten.",
  },
  wrongFile: {
    title: "Diese Datei hat Einstellungen, die nicht möglich sind",
    cause: (wrong) =>
      `Sie ist gültiges JSON, aber ${wrong === 1 ? "eine Einstellung ist" : `${wrong} Einstellungen sind`} falsch.`,
  },
  notJson: {
    title: "Diese Datei ist kein Experiment",
    cause: "Sie enthält kein JSON.",
    action: "Eine experiment.json wählen, die diese Seite exportiert hat.",
  },
};
