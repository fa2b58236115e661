/** Checks the sources and install scripts of packages in the lock file. */

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

export interface LockFile {
  readonly lockfileVersion: number;
  /** Packages by folder; "" is the project itself. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const REGISTRY = "https://registry.npmjs.org/";

/** Packages with known install scripts, and what those do. */
const installScripts: Readonly<Record<string, string>> = {
  "@swc/core": "looks for the binary of its platform",
  "core-js": "prints a message; comes with TensorFlow.js",
  esbuild: "looks for the binary of its platform",
  lefthook: "looks for the binary of its platform",
  protobufjs: "warns of version ranges that do not fit; comes with the ONNX runtime of the tests",
  webgpu: "looks for the binary of its platform",
};

const nameOf = (folder: string) => folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);

/** Returns one sentence per problem. */
export function lockFileProblems({ packages }: LockFile): string[] {
  return Object.entries(packages).flatMap(([folder, locked]) => {
    if (folder === "") return [];
    const problems: string[] = [];
    if (!/^sha512-[\w+/]{86}==$/.test(locked.integrity ?? "")) problems.push("has no SHA-512 of its content");
    if (locked.link || (locked.resolved !== undefined && !locked.resolved.startsWith(REGISTRY))) {
      problems.push(`does not come from the registry but from ${locked.resolved ?? "a folder"}`);
    }
    if (locked.hasInstallScript && !Object.hasOwn(installScripts, nameOf(folder))) {
      problems.push("runs a script when it is installed, and is not among those that may");
    }
    return problems.map((problem) => `${folder}@${locked.version ?? "?"} ${problem}`);
  });
}
