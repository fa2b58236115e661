import type { DownloadProblem } from "../../../protocol/downloads";
import type { HubModelProblem } from "../../../protocol/hub-models";
import { modelLimits } from "../../../protocol/teacher-model";
import type { Explanation } from "../../english/failures";
import { integer } from "../words";

const megabytes = (bytes: number) => `${integer(Math.round(bytes / 1024 ** 2))} MiB`;

/** Why images were not fetched. */
export const downloads: Readonly<Record<DownloadProblem, Omit<Explanation, "title">>> = {
  unreachable: {
    cause: "Der Server antwortet nicht.",
    action: "Die Netzverbindung prüfen und es noch einmal versuchen: Was angekommen ist, bleibt erhalten.",
  },
  "not-found": {
    cause: "Einen Datensatz dieses Namens gibt es dort nicht.",
    action: "Den Namen prüfen: Er lautet owner/name, wie in der Adresse des Datensatzes auf huggingface.co.",
  },
  gated: {
    cause: "Wer diesen Datensatz anbietet, möchte vorher gefragt werden.",
    action:
      "Einen anderen Datensatz wählen oder diesen nach der Anmeldung dort herunterladen und die Dateien hierher ziehen.",
  },
  "rate-limited": {
    cause: "Zu viele Anfragen in kurzer Zeit.",
    action: "Ein paar Minuten warten und es noch einmal versuchen: Was angekommen ist, bleibt erhalten.",
  },
  "server-error": {
    cause: "Der Server hat einen Fehler gemeldet.",
    action: "Später noch einmal versuchen: Was angekommen ist, bleibt erhalten.",
  },
  truncated: {
    cause: "Die Übertragung brach immer wieder ab.",
    action: "Noch einmal versuchen: Was angekommen ist, bleibt erhalten.",
  },
  changed: {
    cause: "Der Datensatz hat sich während der Übertragung geändert.",
    action: "Noch einmal versuchen: Es beginnt von vorn.",
  },
  "no-tables": {
    cause: "Der Hub hat aus diesem Datensatz keine Tabellen gemacht.",
    action: "Seine Dateien dort herunterladen und hierher ziehen.",
  },
  "storage-full": {
    cause: "Im Speicher des Browsers ist kein Platz mehr.",
    action: "Plattenplatz oder den Speicher dieser Seite freigeben oder die Zahl der Zeilen begrenzen.",
  },
};

/** Why a model was not fetched. `about`: the repository or file of the hub. */
export const hubModels: Readonly<
  Record<HubModelProblem, { readonly cause: (about: string) => string; readonly action: string }>
> = {
  unreachable: {
    cause: () => "Der Hub antwortet nicht.",
    action: "Die Netzverbindung prüfen und es noch einmal versuchen.",
  },
  "not-found": {
    cause: (about) => `Der Hub hat ${about} nicht.`,
    action: "Den Namen prüfen: Er lautet owner/name oder owner/name:datei, wie auf huggingface.co.",
  },
  gated: {
    cause: (about) => `${about} gibt es nicht, oder der Hub gibt es nur Konten, die Zugang erhalten haben.`,
    action: "Den Namen prüfen oder die Dateien nach der Anmeldung dort herunterladen und hier wählen.",
  },
  "rate-limited": {
    cause: () => "Zu viele Anfragen in kurzer Zeit.",
    action: "Ein paar Minuten warten und es noch einmal versuchen.",
  },
  "server-error": {
    cause: (about) => `Der Hub hat bei ${about} einen Fehler gemeldet.`,
    action: "Später noch einmal versuchen.",
  },
  truncated: {
    cause: (about) => `Die Übertragung von ${about} brach immer wieder ab.`,
    action: "Noch einmal versuchen.",
  },
  changed: {
    cause: (about) => `${about} kam mit anderem SHA-256 an, als der Hub angibt.`,
    action: "Noch einmal versuchen.",
  },
  "no-model": {
    cause: (about) => `In ${about} ist kein Modell, das sich verwenden lässt.`,
    action: "Eines wählen, das nach ONNX oder TensorFlow.js exportiert ist.",
  },
  "too-large": {
    cause: (about) => `${about} ist zu groß: Die Grenze ist ${megabytes(modelLimits.bytes)}.`,
    action: "Ein kleineres wählen, etwa mit Gewichten in 16 oder 8 Bit.",
  },
  "other-model": {
    cause: (about) =>
      `${about} ist jetzt ein anderes Modell als das des Links: Sein SHA-256 ist ein anderer.`,
    action:
      "Wer den Link gemacht hat, um die Datei bitten, oder das Modell hier entfernen und das neue als eigenes wählen.",
  },
};
