import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultExperiment } from "../protocol/experiment";
import { anyExperiment } from "../protocol/experiment.testing";
import { experimentLink } from "./link";
import { mendedAddress } from "./mended-address";

const page = "https://example.org/retort/?lang=en";

const changes: Readonly<Record<string, (link: string) => string>> = {
  "a parenthesis behind it": (link) => `${link})`,
  "the end of a sentence": (link) => `${link}.”`,
  "a mark of Markdown": (link) => `${link}**`,
  "= as %3D": (link) => link.replace("#e=", "#e%3D"),
  "# as %23": (link) => link.replace("#", "%23"),
  "both, twice": (link) => link.replace("#e=", "%2523e%253D"),
  "HTML's &amp;": (link) => `${link}&amp;utm_source=mail`,
  "a tracking parameter": (link) => `${link}&fbclid=IwAR0_x-y`,
  "another query": (link) => `${link}?utm_medium=social&utm_source=x`,
  "a blank within": (link) => `${link.slice(0, -9)} ${link.slice(-9)}`,
  "a broken line": (link) => `${link.slice(0, -5)}%0A${link.slice(-5)}`,
  "a soft hyphen": (link) => `${link.slice(0, -7)}\u00ad${link.slice(-7)}`,
};

test.each(Object.entries(changes))("%s is undone", (_, change) => {
  fc.assert(
    fc.property(anyExperiment, (experiment) => {
      const link = experimentLink(experiment, page);
      expect(mendedAddress(change(link))).toBe(link);
    }),
    { numRuns: 20 },
  );
});

test("a link that opens, and one that is cut or has other characters, stay as they are", () => {
  const link = experimentLink({ ...defaultExperiment(), seeds: [1, 2, 3] }, page);
  const cut = `${link.slice(0, -6)})`;
  for (const address of [link, page, cut, `${link}&x=1`, `${page}#anything`]) {
    expect(mendedAddress(address)).toBe(address);
  }
});
