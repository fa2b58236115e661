/** Texts that several methods share. */

export const teacherBatchNorm = (help: string) => ({
  label: "Batch Norm des Teachers",
  help,
  optionLabels: { train: "Statistik des Batches", eval: "Laufende Statistik" },
});
export const temperature = (help: string) => ({ label: "Temperatur", help });
export const targets = {
  label: "Zielansichten",
  help: "Welche der 7 Embeddings der Student voraussagt: sein eigenes, das seiner Momentum-Kopie, das des Teachers oder das von dessen Momentum-Kopie, in der gleichen Ansicht oder der anderen.",
};
export const heads = {
  label: "Prädiktionsköpfe",
  help: "Der Text des Papers hat zwei Köpfe, einen für die Ziele des Students und einen für die des Teachers; sein Code und seine Aufwandstabelle haben einen pro Zielansicht.",
  optionLabels: { perTarget: "Einer pro Zielansicht", two: "Zwei" },
};
export const standardized = {
  label: "Logits standardisieren",
  help: "Die Logits beider Netze werden vor der Softmax auf Mittel 0 gebracht und durch ihre eigene Streuung geteilt: Der Student muss ihre Ordnung und ihre Abstände treffen, nicht ihre Größe. Bei zwei Klassen bleibt nichts zu lernen.",
};
export const patches = {
  label: "Kleine Patches",
  help: "So viele kleine Ausschnitte jedes Bildes neben den ganzen: 5 bis 40 % seiner Fläche, mit etwa halber Kantenlänge.",
};
export const peer = {
  label: "Netz des anderen Mitglieds",
  help: "So groß wie der Teacher oder wie der Student. Es wird nicht vorher trainiert und lernt in denselben Schritten.",
  optionLabels: { teacher: "Das des Teachers", student: "Das des Students" },
};
export const prototypes = (help: string) => ({ label: "Prototypen", help });
export const frozenEpochs = (help: string) => ({ label: "Prototypen stehen still", unit: "Epochen", help });
export const clip = {
  label: "Jeden Gradienten kürzen",
  help: "Längster Gradient jedes Parameters; 0 kürzt nichts. Kürzt der Optimierer selbst, gilt dessen Einstellung.",
};
export const queue = {
  label: "Queue",
  unit: "Embeddings",
  help: "Wie viele Embeddings früherer Batches als Kandidaten dienen. Ein Vielfaches der Batchgröße und höchstens die Hälfte der Trainingsbilder, sonst begegnet man demselben Bild zweimal.",
};
export const momentum = {
  label: "Momentum",
  help: "Anteil, den das Momentum-Netz in jedem Schritt von sich behält: 0,999 auf ImageNet, 0,99 auf kleinen Bildern. Bei 0 veralten die Embeddings der Queue sofort.",
};
export const normGroups = {
  label: "Batch-Norm-Gruppen",
  help: "In so vielen Teilen wird der Batch normalisiert, im veröffentlichten Code zu je 32 Bildern, und die Teile der Keys werden gemischt, damit die Statistik nicht verrät, welcher Key zu einer Query gehört. 1 schaltet das ab.",
};
export const teacherMethod = {
  label: "Teacher trainiert mit",
  help: "Wie der eingefrorene Teacher gelernt hat, in einer eigenen Stufe. Die Paper nehmen MoCo-v2-Teacher.",
  optionLabels: { moco: "MoCo-v2", byol: "BYOL" },
};
