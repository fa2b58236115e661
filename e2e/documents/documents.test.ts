import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { MethodData } from "../../src/protocol/methods/method";
import { methods } from "../../src/protocol/methods/methods";
import { english } from "../../src/texts/english/english";

/** Checks links, citations, dependencies and spelling of the documents. */

const inside = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
const documents = [...readdirSync("."), ...["docs", "src", "e2e"].flatMap(inside)].filter((name) =>
  name.endsWith(".md"),
);
const read = (path: string) => readFileSync(path, "utf8");

test("every link between documents leads to a file", () => {
  const broken = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, target = ""]) => join(dirname(document), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${document} → ${target}`),
  );
  expect(documents.length).toBeGreaterThan(30);
  expect(broken).toEqual([]);
});

test("docs/dependencies.md gives a reason for every dependency", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<
    "dependencies" | "devDependencies",
    Record<string, string>
  >;
  const reasons = read("docs/dependencies.md");
  const names = Object.keys({ ...dependencies, ...devDependencies });
  expect(names.filter((name) => !reasons.includes(name))).toEqual([]);
});

test("index.html shows the same heading and lead as the loaded page", () => {
  const { head, lead } = { head: "<h1>Retort</h1>", lead: `<p>${english.page.lead}</p>` };
  expect(read("index.html")).toContain(head);
  expect(read("index.html")).toContain(lead);
});

const specification = read("docs/methods.md");

test("docs/methods.md refers to the paper of every method", () => {
  const [, references = ""] = specification.replace(/\s+/g, " ").split("## References");
  const papers = Object.values<MethodData>(methods).flatMap(({ paper }) => paper ?? []);
  const missing = papers.filter(
    ({ title, arxiv }) => !references.includes(title) || !references.includes(arxiv ?? title),
  );
  expect(papers.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

/** Matches `§1.2`, or several: `§1.2, §1.3 and §2`. */
const citation = /docs\/methods\.md((?:(?:,| and)? §[\d.]*\d)*)/g;
const headings = new Set([...specification.matchAll(/^#{2,3} ([\d.]+) /gm)].map(([, number = ""]) => number));

/** Every citation of the specification in code, with the numbers of the cited sections. */
const citations = ["src", "e2e"].flatMap((folder) =>
  inside(folder)
    .filter((name) => /\.(?:tsx?|py)$/.test(name) && !name.endsWith("documents.test.ts"))
    .flatMap((file) =>
      [...read(file).matchAll(citation)].map(([, sections = ""]) => ({
        file,
        sections: [...sections.matchAll(/[\d.]*\d/g)].map(([number]) => number),
      })),
    ),
);

test("every section of docs/methods.md that a comment cites exists", () => {
  const missing = citations.filter(({ sections }) => sections.some((section) => !headings.has(section)));
  expect(citations.length).toBeGreaterThan(40);
  expect(missing).toEqual([]);
});

test("a comment that cites docs/methods.md names the section", () => {
  expect(citations.filter(({ sections }) => sections.length === 0)).toEqual([]);
});

/** The rows of these two quote the titles of tests. */
const quoting = ["docs/captured.md", "docs/systems.md"];
const british =
  /colour|\bgrey|centre|behaviour|neighbour|catalogue|licence|learnt|labell|modell|cancell(?:ed|ing)|towards|(?:optim|normal|initial|standard|minim|maxim|recogn|organ|memor|visual|summar|regular|serial|solar)is(?:e|ing|ation|er)/i;

test("documents use American spelling", () => {
  const found = documents
    .filter((document) => !quoting.includes(document))
    .flatMap((document) => {
      // Names in code and links stay as they are.
      const words = read(document).replace(/\[[^\]]*\]\([^)]*\)|```[\s\S]*?```|`[^`]*`|^ {4}.*$/gm, "");
      return [...words.matchAll(new RegExp(british, "gi"))].map(([word]) => `${document}: ${word}`);
    });
  expect(found).toEqual([]);
});
