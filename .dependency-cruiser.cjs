/** The import rules of docs/decisions and src/README.md, as a check. */
const ui = "^src/(app|charts|client|store|sharing|storage|texts)/|^src/main\\.tsx$";
const engine = (folder) => `^src/engine/${folder}/`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const outsideEngine = (name, allowed) =>
  rule(
    `engine-${name}`,
    `engine/${name} sees only ${allowed.join(", ") || "itself"} (and protocol)`,
    { path: engine(name), pathNot: "\\.test\\.ts$" },
    { path: "^src/engine/", pathNot: [...[name, ...allowed].map(engine), "/test-size\\.test-support\\.ts$"] },
  );

module.exports = {
  forbidden: [
    rule("no-cycles", "imports form a tree", {}, { circular: true }),
    rule(
      "protocol-is-pure",
      "protocol imports nothing of ours, and only valibot and fflate",
      { path: "^src/protocol/", pathNot: "\\.test\\.ts$" },
      { pathNot: ["^src/protocol/", "node_modules/(valibot|fflate)/"] },
    ),
    rule("engine-knows-no-ui", "the engine runs in a worker", { path: "^src/engine/" }, { path: ui }),
    rule(
      "ui-knows-no-engine",
      "only messages cross the worker boundary",
      { path: ui },
      { path: "^src/engine/|@tensorflow" },
    ),
    rule(
      "edges-see-protocol",
      "client, sharing and storage see only protocol",
      { path: "^src/(client|sharing|storage)/", pathNot: "\\.test\\.ts$" },
      { path: "^src/(app|charts|store)/" },
    ),
    rule(
      "charts-are-props-in-pixels-out",
      "charts see only protocol",
      { path: "^src/charts/" },
      { path: "^src/(app|client|store|sharing|storage)/" },
    ),
    rule(
      "texts-are-words",
      "texts see only protocol",
      { path: "^src/texts/" },
      { path: "^src/(app|charts|client|store|sharing|storage)/" },
    ),
    rule(
      "store-knows-no-panels",
      "store sees protocol, client, sharing, storage",
      { path: "^src/store/" },
      { path: "^src/(app|charts)/" },
    ),
    outsideEngine("math", []),
    outsideEngine("compiled", []),
    outsideEngine("kernels", ["math"]),
    outsideEngine("dataset", ["math"]),
    outsideEngine("views", ["math", "kernels", "dataset"]),
    outsideEngine("networks", ["math", "kernels"]),
    outsideEngine("methods", ["math", "kernels", "networks"]),
    outsideEngine("evaluation", ["math", "kernels", "networks", "dataset", "views"]),
    outsideEngine("training", [
      "math",
      "kernels",
      "compiled",
      "networks",
      "methods",
      "views",
      "dataset",
      "evaluation",
    ]),
    outsideEngine("interchange", ["math", "kernels", "networks"]),
    outsideEngine("durability", ["dataset", "training"]),
    rule(
      "no-orphans",
      "what nothing imports is deleted",
      {
        orphan: true,
        pathNot: [
          "\\.test\\.ts$",
          "^src/main\\.tsx$",
          "^src/app/adopted-styles\\.ts$",
          "\\.test-support\\.ts$",
          "\\.d\\.ts$",
          "config",
          "^e2e/",
        ],
      },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules/(?!valibot|fflate|@tensorflow)" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".mjs", ".json"] },
  },
};
