import type { CpuKind } from "../../protocol/device/cpu-description";
import type { Texts } from "../english/english";
import { counted, integer } from "./words";

const learners: Texts["run"]["learners"] = {
  teacher: "Teacher",
  student: "Student",
  joint: "Teacher und Student",
  sourceTeacher: "Teacher des Vortrainings",
  pretraining: "Vortraining",
  fineTune: "Feinabstimmung",
  fix: "Klassifikator auf größeren Bildern",
};

const cpuKinds: Readonly<Record<CpuKind, string>> = {
  "without SIMD": "ohne SIMD",
  "compiled steps with SIMD": "kompilierte Schritte mit SIMD",
  "compiled steps with relaxed SIMD": "kompilierte Schritte mit Relaxed SIMD",
};

export const run: Texts["run"] = {
  region: "Training",
  controls: "Training steuern",
  start: "Starten",
  restart: "Neu starten",
  restartHint: "Von vorn, mit den jetzigen Einstellungen",
  pause: "Anhalten",
  resume: "Fortsetzen",
  step: "Schritt",
  stepHint: "Ein Schritt jedes Laufs",
  stop: "Beenden",
  progress: "Fortschritt des Trainings",
  noDevice: "Noch kein Gerät",
  threads: (count) => counted(count, "Thread", "Threads"),
  cpuKinds,
  timeLeft: "Restzeit",
  stepsPerSecond: "Schritte/s",
  imagesPerSecond: "Bilder/s",
  gpuMemory: "GPU-Speicher",

  preparingImages: "Bilder werden vorbereitet …",
  phases: {
    downloading: "Bilder werden geladen",
    listing: "Dateien werden erfasst",
    drawing: "Bilder werden gezeichnet",
    decoding: "Bilder werden dekodiert",
    hashing: "Bilder werden geprüft",
  },
  ofTotal: (phase, done, total) => `${phase}: ${integer(done)} von ${integer(total)}`,
  learners,
  arm: "Arm",
  runName: (arm, seed) => `${arm}, Seed ${seed}`,
  position: (stage, epoch, epochs, step, steps) =>
    `${learners[stage]}, Epoche ${epoch} von ${epochs}, Schritt ${step} von ${steps}`,
  shortPosition: (step, total) =>
    `Schritt ${integer(step)}${total === undefined ? "" : ` / ${integer(total)}`}`,
  ofRun: (name, does) => `${name}: ${does}`,
  gettingReady: "Wird vorbereitet …",
  paused: "Angehalten",
  compiling: "Kernel werden kompiliert",
  compilingFor: (stage, progress) =>
    `Kernel werden kompiliert (${learners[stage]}${progress ? `, ${progress[0]} von ${progress[1]}` : ""})`,
  training: "Training läuft",
  evaluating: "Genauigkeit auf zurückgehaltenen Bildern wird gemessen",
  evaluatingRun: "Genauigkeit auf zurückgehaltenen Bildern wird gemessen",
  starting: "Das Training beginnt …",
  pausedAt: (percent) => `Angehalten bei ${percent} %. Fortsetzen oder Schritt für Schritt weitergehen.`,
  finished: (runs, time, failed) =>
    `Fertig: ${counted(runs, "Lauf", "Läufe")}${time ? `, ${time} Training` : ""}${failed > 0 ? `; ${integer(failed)} fehlgeschlagen` : ""}.`,
  elsewhere: (percent) => `Trainiert in einem anderen Tab: ${percent} %.`,
  stoppedAt: (percent) => `Beendet bei ${percent} %.`,
  failed: "Das Training ist fehlgeschlagen.",
  startingEngine: "Die Engine startet und wählt das schnellste Backend …",
  ready: (arms, seeds) =>
    `Bereit. „Starten“ trainiert ${counted(arms, "Arm", "Arme")} mit je ${counted(seeds, "Seed", "Seeds")}.`,
  spokenCompiling: "Kernel werden kompiliert.",
  spokenTraining: (percent) => `Training läuft, ${percent} % geschafft.`,
};
