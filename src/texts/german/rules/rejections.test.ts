import { expect, test } from "vitest";
import { historyCause } from "./history-causes";
import { rejection } from "./rejections";

const figures = (text: string) => text.match(/\d+|«[^»]*»/g) ?? [];

test("the German reason keeps the figures and names of the English one", () => {
  const details = [
    ["too-large", "8000 × 9000 pixels; at most 67108864 are read."],
    ["too-large", "The file has 90 MiB; at most 64 MiB are read."],
    ["suspicious-packing", "It unpacks to 1000 times its packed size, as no photograph does."],
    ["label-mismatch", "It holds 12 images, but «labels.npy» has 11 labels."],
    ["unlabelled", "«labels.csv» names it, but gives it no label."],
    ["damaged", "It begins like a PNG image, but cannot be decoded."],
  ] as const;
  for (const [reason, detail] of details) {
    const german = rejection(reason, detail);
    expect(german).not.toMatch(/\b(the|it|is|are|of|has)\b/i);
    expect(figures(german)).toEqual(figures(detail));
  }
});

test("reasons without their own translation are described by their kind", () => {
  expect(rejection("damaged", "The tar archive is damaged after its first 3 files.")).toBe(
    "Die Datei ist beschädigt oder endet zu früh.",
  );
});

test("problems with a history file are translated, with line, field and allowed value", () => {
  expect(historyCause("Line 3 is truncated or damaged.")).toBe("Zeile 3 ist abgeschnitten oder beschädigt.");
  expect(historyCause("Line 2, experiment.batchSize: given -3, allowed a whole number from 2 to 1024.")).toBe(
    "Zeile 2, experiment.batchSize: angegeben -3, erlaubt eine ganze Zahl von 2 bis 1024.",
  );
  expect(historyCause("QuotaExceeded")).toBe("Die Meldung lautet: „QuotaExceeded“");
});
