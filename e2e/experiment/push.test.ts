import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ModelHub, startModelHub } from "../hub/model-hub";
import { push, pushTarget } from "./push";

let hub: ModelHub;
let folder = "";
beforeEach(async () => {
  hub = await startModelHub("hf_secret");
  folder = mkdtempSync(join(tmpdir(), "retort-push-"));
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

const files: Readonly<Record<string, Uint8Array>> = {
  "README.md": new TextEncoder().encode("# BYOL\n"),
  "BYOL, seed 1, student.safetensors": Uint8Array.from({ length: 5_000 }, (_, at) => at % 251),
  "A ü, seed 1, student/weights.bin": Uint8Array.of(1, 2, 3),
};

function fill(): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

const target = (token = "hf_secret") =>
  pushTarget("me/byol", { HF_TOKEN: token, HF_ENDPOINT: `${hub.address}/` });

test("every file arrives with its bytes, also in a repository that exists", async () => {
  fill();
  expect(await push(folder, target())).toBe(`${hub.address}/me/byol`);
  writeFileSync(join(folder, "README.md"), "# Again\n");
  await push(folder, target());
  const arrived = Object.fromEntries(hub.repositories.get("me/byol") ?? []);
  expect(Object.keys(arrived).toSorted()).toEqual(Object.keys(files).toSorted());
  for (const [path, content] of Object.entries(files)) {
    const wanted = path === "README.md" ? new TextEncoder().encode("# Again\n") : content;
    expect([...(arrived[path] ?? [])]).toEqual([...wanted]);
  }
});

test("a wrong token is refused with the hub's words, and without naming the token", async () => {
  fill();
  const refused = push(folder, target("hf_wrong"));
  await expect(refused).rejects.toThrow(/^The networks were not uploaded to me\/byol: .*Invalid credentials/);
  await expect(refused).rejects.not.toThrow(/hf_wrong/);
});

test("without networks, a token or a repository's name there is one sentence", async () => {
  writeFileSync(join(folder, "README.md"), "# Empty\n");
  await expect(push(folder, target())).rejects.toThrow(`There are no trained networks in ${folder}`);
  expect(hub.repositories.size).toBe(0);
  expect(() => pushTarget("me/byol", {})).toThrow(
    "--push needs a token of the hub that may write, in the variable HF_TOKEN.",
  );
  expect(() => pushTarget("byol", { HF_TOKEN: "x" })).toThrow("--push takes owner/name, not byol.");
});
