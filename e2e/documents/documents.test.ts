import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { methods } from "../../src/protocol/methods";
import { english } from "../../src/texts/english/english";

/** Documents are believed, so what of them can be checked is. */

const folders = [".", "docs", "docs/decisions", "src", "src/engine/dataset", "src/engine/views"];
const documents = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);
const read = (path: string) => readFileSync(path, "utf8");

test("every link between documents leads to a file", () => {
  const broken = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, target = ""]) => join(dirname(document), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${document} → ${target}`),
  );
  expect(documents.length).toBeGreaterThan(10);
  expect(broken).toEqual([]);
});

test("every dependency has its reason", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<
    "dependencies" | "devDependencies",
    Record<string, string>
  >;
  const reasons = read("docs/dependencies.md");
  const names = Object.keys({ ...dependencies, ...devDependencies });
  expect(names.filter((name) => !reasons.includes(name))).toEqual([]);
});

test("what index.html shows before the page is loaded is what the page goes on to show", () => {
  const { head, lead } = { head: "<h1>Retort</h1>", lead: `<p>${english.page.lead}</p>` };
  expect(read("index.html")).toContain(head);
  expect(read("index.html")).toContain(lead);
});

test("the README cites the paper of every method", () => {
  const readme = read("README.md");
  const papers = Object.values(methods).flatMap((method) => ("paper" in method ? [method.paper] : []));
  const missing = papers.filter(({ title, arxiv }) => !readme.includes(arxiv ?? title));
  expect(missing).toEqual([]);
});
