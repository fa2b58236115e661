import { readFileSync } from "node:fs";

/** What the browser loads before anyone has touched the page: the entry and all that it imports at once. */
function initialScripts() {
  const html = readFileSync("dist/index.html", "utf8");
  const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)];
  if (files.length === 0) throw new Error("dist/index.html names no script: build the page first.");
  return files.map(([, file]) => `dist/${file}`);
}

export default [
  { name: "JavaScript before the first interaction", path: initialScripts(), limit: "200 kB", gzip: true },
];
