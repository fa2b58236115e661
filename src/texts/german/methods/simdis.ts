export const simdisCaveats = [
  "Der Text des Papers nennt zwei Prädiktoren, sein Code und seine Aufwandstabelle einen pro Zielansicht. Vorgabe: einer pro Zielansicht.",
  "Die Aufwandstabelle des Papers zählt einzelne Vorwärtsdurchgänge. Zählt man, was das Training tut, kostet offline etwa 1,17-mal so viel wie online, nicht 1,69-mal, wenn Teacher und Student gleich lang trainieren; ein länger trainierter Teacher kostet mehr. Die Aufwandstabelle zeigt es für diese Arme.",
  "Welche Zielansichten zu den mittleren Zeilen der Ablationstabelle gehören, ist hier nicht bekannt; sicher sind nur {3} und alle sieben.",
  "Der veröffentlichte Code überschreibt die Grundlernrate; die 0,05 der Ablation stammen aus dem Paper.",
];

export const simdisWords = {
  V: "𝒱: die gewählten Zielansichten",
  t: "tᵢ: Zielansicht i mit Länge 1; v′ vertauscht die Ansichten",
  heads: "qᵢ: ein Prädiktor pro Ziel",
  twoHeads: "q: ein Prädiktor für Ziele des Students, einer für die des Teachers",
};
